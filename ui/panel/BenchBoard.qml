import QtQuick
import ui.theme

// A titled board of the panel.
Rectangle {
    id: board

    property string title: ""
    default property alias content: column.data

    implicitHeight: heading.height + column.height + 42
    radius: 16
    color: Bench.board

    BenchText {
        id: heading

        x: 16
        y: 14
        text: board.title
        color: Bench.muted
        font.pixelSize: 15
        font.weight: Font.DemiBold
        font.capitalization: Font.AllUppercase
        font.letterSpacing: 1
    }

    Column {
        id: column

        x: 16
        anchors.top: heading.bottom
        anchors.topMargin: 12
        width: board.width - 32
        spacing: Bench.gap
    }
}
