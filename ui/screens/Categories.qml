pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// All kinds of services, a page at a time.
TilesPage {
    id: page

    listing: page.terminal.categories
    title: qsTr("All services")
    columns: Theme.portrait ? 2 : 3
    shownTiles: page.listing.categories

    tile: CategoryTile {
        required property var modelData

        objectName: "category:" + modelData.code
        tall: page.tall
        title: modelData.title
        icon: modelData.icon
        width: page.cellWidth
        height: page.cellHeight
        onTapped: page.terminal.openCategory(modelData.code)
    }
}
