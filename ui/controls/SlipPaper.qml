pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// The slip as lines of text on white paper, as large as its room allows.
Rectangle {
    id: paper

    property string text: ""
    property int columns: 1
    readonly property var lines: paper.text.replace(/\s+$/, "").split("\n")
    readonly property int half: Math.ceil(paper.lines.length / paper.columns)
    readonly property int widest: paper.lines.reduce((most, line) => Math.max(most, line.length), 1)
    readonly property real size: Math.max(8, Math.min((paper.height - Theme.px(40)) / paper.half / 1.2, (paper.width - Theme.px(40) - (paper.columns - 1) * Theme.px(48)) / paper.columns / paper.widest / 0.605, Theme.px(30)))

    color: Theme.card
    radius: Theme.px(16)
    border.width: Theme.hairline
    border.color: Theme.line

    Row {
        anchors.centerIn: parent
        spacing: Theme.px(48)

        Repeater {
            model: paper.columns

            Text {
                required property int index

                objectName: "slip:text"
                text: paper.lines.slice(index * paper.half, (index + 1) * paper.half).join("\n")
                textFormat: Text.PlainText
                color: Theme.ink
                font.family: Theme.slipFamily
                lineHeight: 0.9
                font.pixelSize: Math.floor(paper.size)
                font.features: ({
                        "calt": 0,
                        "liga": 0
                    })
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
}
