import QtQuick
import ui.theme

// The whole slip over the screen, closed by one touch.
Rectangle {
    id: sheet

    property string text: ""
    readonly property bool coversAll: true

    signal closed

    color: Theme.paper

    TapHandler {}

    Title {
        id: title

        x: Theme.margin
        y: Theme.px(20)
        height: Theme.px(64)
        verticalAlignment: Text.AlignVCenter
        text: qsTr("Your receipt")
    }

    SlipPaper {
        x: Theme.margin
        anchors.top: title.bottom
        anchors.topMargin: Theme.px(12)
        anchors.bottom: close.top
        anchors.bottomMargin: Theme.gutter
        width: parent.width - 2 * x
        columns: !Theme.portrait && lines.length > 22 ? 2 : 1
        text: sheet.text
    }

    QuietButton {
        id: close

        objectName: "close-receipt"
        x: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.actionBottom
        label: qsTr("Close")
        icon: "arrow-left"
        onTapped: sheet.closed()
    }
}
