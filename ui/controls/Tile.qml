import QtQuick
import ui.theme

// The ground of a tile: a card that answers to the finger. Content goes inside.
Pressable {
    id: tile

    property color ground: Theme.card
    property color groundDown: Theme.brandSoft
    property color outline: Theme.line
    default property alias content: inside.data

    Rectangle {
        id: inside

        anchors.fill: parent
        radius: Theme.cornerLarge
        color: tile.down ? tile.groundDown : tile.ground
        border.width: Theme.hairline
        border.color: tile.down ? Theme.edge : tile.outline
    }
}
