pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.viewmodels

// A page of tiles with a title and a pager; columns and tile come from the screen.
Page {
    id: page

    required property ListSection listing
    property string title: ""
    readonly property bool tall: page.shownTiles.length <= 9
    property int columns: 3
    property var shownTiles: []
    property Component tile
    readonly property int rows: Math.max(page.tall ? 3 : 4, Math.ceil(page.shownTiles.length / page.columns))
    readonly property int cellWidth: Math.floor((page.width - 2 * Theme.margin - (page.columns - 1) * Theme.gutter) / page.columns)
    readonly property int cellHeight: Math.min(Theme.px(page.tall ? 200 : 140), Math.floor((grid.height - (page.rows - 1) * Theme.gutter) / page.rows))

    step: 1

    Title {
        id: heading

        width: parent.width
        height: Theme.px(64)
        verticalAlignment: Text.AlignVCenter
        text: page.title
        fits: true
    }

    Grid {
        id: grid

        anchors.top: heading.bottom
        anchors.topMargin: Theme.px(12)
        anchors.bottom: parent.bottom
        width: parent.width
        columns: page.columns
        spacing: Theme.gutter

        Repeater {
            model: page.shownTiles
            delegate: page.tile
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            onBack: page.terminal.goBack()
            onHome: page.terminal.goHome()

            Pager {
                anchors.right: parent.right
                visible: page.listing.hasPages
                pageText: page.listing.pageText
                hasPrevious: page.listing.hasPrevious
                hasNext: page.listing.hasNext
                onPrevious: page.terminal.previousPage()
                onNext: page.terminal.nextPage()
            }
        }
    ]
}
