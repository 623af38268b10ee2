import QtQuick
import ui.theme

// A fact that is read from a metre and a half: a small name over a very large value.
Card {
    id: fact

    property string name: ""
    property string value: ""
    property string icon: ""
    property string valueName: ""

    implicitHeight: Theme.px(180)

    IconPlate {
        id: plate

        x: Theme.px(32)
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.plateLarge
        icon: fact.icon
    }

    Column {
        anchors.left: plate.right
        anchors.leftMargin: Theme.px(28)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(4)

        Label {
            width: parent.width
            text: fact.name
            color: Theme.muted
            font.pixelSize: Theme.textSmall
        }

        Label {
            objectName: fact.valueName
            width: parent.width
            text: fact.value
            font.pixelSize: Theme.letter(56)
            font.weight: Font.Bold
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
        }
    }
}
