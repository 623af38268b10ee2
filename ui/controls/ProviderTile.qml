import QtQuick
import ui.theme

// A provider in a list: plate on the left, whole name on the right.
Tile {
    id: tile

    required property var provider

    objectName: "provider:" + tile.provider.code
    label: tile.provider.name

    ProviderPlate {
        id: plate

        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        size: Math.min(Theme.px(84), tile.height - Theme.px(24))
        initial: tile.provider.initial
        ground: tile.provider.ground
        ink: tile.provider.ink
    }

    Label {
        anchors.left: plate.right
        anchors.leftMargin: Theme.px(20)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(18)
        anchors.verticalCenter: parent.verticalCenter
        height: tile.height - Theme.px(16)
        verticalAlignment: Text.AlignVCenter
        text: tile.provider.name
        font.pixelSize: Theme.textBody
        font.weight: Font.DemiBold
        lineHeight: 0.95
        fits: true
        Accessible.ignored: true
    }
}
