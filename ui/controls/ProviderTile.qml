import QtQuick
import ui.theme

// A provider in a list: plate on the left, whole name on the right.
Tile {
    id: tile

    required property var provider
    property bool tall: false
    readonly property bool narrow: tile.width < Theme.px(320)

    objectName: "provider:" + tile.provider.code
    label: tile.provider.name

    ProviderPlate {
        id: plate

        x: Theme.px(tile.tall ? 24 : tile.narrow ? 16 : 20)
        y: tile.tall ? Theme.px(22) : (tile.height - height) / 2
        size: tile.tall ? Theme.plate : Math.min(Theme.px(tile.narrow ? 68 : 84), tile.height - Theme.px(24))
        initial: tile.provider.initial
        ground: tile.provider.ground
        ink: tile.provider.ink
    }

    Label {
        x: tile.tall ? plate.x : plate.x + plate.width + Theme.px(tile.narrow ? 14 : 20)
        y: tile.tall ? plate.y + plate.height + Theme.px(8) : Theme.px(8)
        width: tile.width - x - Theme.px(tile.narrow ? 10 : 16)
        height: tile.height - y - Theme.px(tile.tall ? 12 : 8)
        verticalAlignment: Text.AlignVCenter
        text: tile.provider.name
        font.pixelSize: Theme.letter(tile.tall || tile.narrow ? 30 : 32)
        font.weight: Font.DemiBold
        lineHeight: 0.95
        fits: true
        Accessible.ignored: true
    }
}
