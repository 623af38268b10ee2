import QtQuick
import ui.theme

// A text of the panel.
Text {
    color: Bench.text
    font.family: Bench.family
    font.pixelSize: 17
    textFormat: Text.PlainText
    elide: Text.ElideRight
}
