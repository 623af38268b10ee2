import QtQuick
import ui.theme

// A second way: white with a control border.
Pressable {
    id: button

    property string icon: ""
    property bool iconOnly: false
    property int textSize: Theme.textButton

    implicitHeight: Theme.actionHeight
    implicitWidth: content.implicitWidth + Theme.px(72)
    opacity: button.enabled ? 1 : 0.4

    Rectangle {
        anchors.fill: parent
        radius: Theme.corner
        color: button.down ? Theme.brandSoft : Theme.card
        border.width: Theme.hairline
        border.color: Theme.edge
    }

    Row {
        id: content

        anchors.centerIn: parent
        spacing: Theme.px(20)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== ""
            name: button.icon
            tone: "brand"
            size: Theme.px(40)
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.label !== "" && !button.iconOnly
            text: button.label
            font.pixelSize: button.textSize
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
