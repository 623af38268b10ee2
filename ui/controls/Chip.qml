import QtQuick
import ui.theme

// A short notice in a coloured capsule: an icon and a few words.
Rectangle {
    id: chip

    property string icon: ""
    property string tone: "amber"
    property string text: ""
    property color ground: Theme.warmPaper
    property color outline: Theme.warm
    property int maximumWidth: Theme.px(1200)

    implicitWidth: Math.min(chip.maximumWidth, picture.width + words.implicitWidth + Theme.px(52))
    implicitHeight: Math.max(Theme.px(52), words.height + Theme.px(16))
    radius: Theme.px(20)
    color: chip.ground
    border.width: Theme.hairline
    border.color: chip.outline

    Icon {
        id: picture

        x: Theme.px(18)
        anchors.verticalCenter: parent.verticalCenter
        name: chip.icon
        tone: chip.tone
        size: Theme.px(32)
    }

    Label {
        id: words

        anchors.left: picture.right
        anchors.leftMargin: Theme.px(12)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        text: chip.text
        font.pixelSize: Theme.textSmall
        font.weight: Font.DemiBold
    }
}
