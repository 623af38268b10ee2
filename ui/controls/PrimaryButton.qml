import QtQuick
import ui.theme

// The one way forward on a screen. Switched off it says above itself what is missing.
Pressable {
    id: button

    property string icon: "arrow-right"
    property string missing: ""

    implicitHeight: Theme.actionHeight
    implicitWidth: Theme.px(500)

    Rectangle {
        anchors.fill: parent
        radius: Theme.corner
        color: !button.enabled ? Theme.actionFaded : button.down ? Theme.actionDark : Theme.action
    }

    Row {
        anchors.centerIn: parent
        spacing: Theme.px(20)

        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, button.width - Theme.px(button.icon === "" ? 40 : 96))
            fontSizeMode: Text.HorizontalFit
            text: button.label
            color: button.enabled ? Theme.card : Theme.onFaded
            font.pixelSize: Theme.textButton
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== ""
            opacity: button.enabled ? 1 : 0.85
            name: button.icon
            tone: "white"
            size: Theme.px(40)
        }
    }

    Label {
        anchors.bottom: parent.top
        anchors.bottomMargin: Theme.px(10)
        anchors.right: parent.right
        width: parent.width
        visible: button.missing !== ""
        text: button.missing
        color: Theme.ink
        font.pixelSize: Theme.textSmall
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
    }
}
