import QtQuick
import ui.theme

// A calm page that asks to wait: an icon, a heading, a line, a bar.
Column {
    id: waiting

    property string icon: "clock"
    property string heading: ""
    property string line: ""

    spacing: Theme.px(22)

    IconPlate {
        anchors.horizontalCenter: parent.horizontalCenter
        size: Theme.px(168)
        icon: waiting.icon
    }

    Title {
        width: parent.width
        topPadding: Theme.px(16)
        horizontalAlignment: Text.AlignHCenter
        text: waiting.heading
        font.pixelSize: Theme.letter(60)
    }

    Label {
        width: parent.width
        bottomPadding: Theme.px(24)
        horizontalAlignment: Text.AlignHCenter
        text: waiting.line
        color: Theme.muted
        font.pixelSize: Theme.letter(34)
    }

    ProgressLine {
        anchors.horizontalCenter: parent.horizontalCenter
    }
}
