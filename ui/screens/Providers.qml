pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The providers of a category, a page at a time.
TilesPage {
    id: page

    listing: page.terminal.providers
    title: page.listing.title
    columns: Theme.portrait ? 2 : 3
    shownTiles: page.listing.providers

    tile: ProviderTile {
        required property var modelData

        provider: modelData
        tall: page.tall
        width: page.cellWidth
        height: page.cellHeight
        onTapped: page.terminal.openProvider(modelData.code)
    }
}
