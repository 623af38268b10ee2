import QtQuick
import ui.theme

// The way from page to page: never a scroll, a number in between.
Row {
    id: pager

    property string pageText: ""
    property bool hasPrevious: false
    property bool hasNext: false

    signal previous
    signal next

    spacing: Theme.gutter

    QuietButton {
        objectName: "previous-page"
        iconOnly: true
        width: Theme.px(136)
        icon: "chevron-left"
        label: qsTr("Previous page")
        enabled: pager.hasPrevious
        onTapped: pager.previous()
    }

    Label {
        width: Theme.px(140)
        height: Theme.actionHeight
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        text: pager.pageText
        font.weight: Font.DemiBold
    }

    QuietButton {
        objectName: "next-page"
        iconOnly: true
        width: Theme.px(136)
        icon: "chevron-right"
        label: qsTr("Next page")
        enabled: pager.hasNext
        onTapped: pager.next()
    }
}
