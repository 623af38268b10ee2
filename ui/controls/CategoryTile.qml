import QtQuick
import ui.theme

// A category: icon above its title (`tall`), or beside it.
Tile {
    id: tile

    property string title: ""
    property string icon: ""
    property bool tall: true
    property color plateGround: Theme.brandSoft
    readonly property bool narrow: !tile.tall && tile.width < Theme.px(320)

    label: tile.title

    IconPlate {
        id: plate

        x: Theme.px(tile.tall ? 24 : tile.narrow ? 16 : 20)
        y: tile.tall ? Theme.px(22) : (tile.height - height) / 2
        size: tile.tall ? Theme.plate : Math.min(Theme.px(tile.narrow ? 68 : 84), tile.height - Theme.px(24))
        icon: tile.icon
        ground: tile.plateGround
    }

    Label {
        x: tile.tall ? Theme.px(24) : plate.x + plate.width + Theme.px(tile.narrow ? 14 : 20)
        y: tile.tall ? plate.y + plate.height + Theme.px(8) : Theme.px(8)
        width: tile.width - x - Theme.px(tile.narrow ? 10 : 16)
        height: tile.height - y - Theme.px(tile.tall ? 12 : 8)
        verticalAlignment: Text.AlignVCenter
        text: tile.title
        font.pixelSize: Theme.letter(30)
        font.weight: Font.DemiBold
        lineHeight: 0.95
        fits: true
        Accessible.ignored: true
    }
}
