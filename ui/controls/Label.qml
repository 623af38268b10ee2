import QtQuick
import ui.theme

// A text in the house's type: tabular digits, whole words, never smaller than it was given unless `fits`.
Text {
    id: label

    property bool fits: false

    color: Theme.ink
    textFormat: Text.PlainText
    font.family: Theme.family
    font.pixelSize: Theme.textBody
    font.features: ({
            "tnum": 1
        })
    wrapMode: Text.WordWrap
    fontSizeMode: label.fits ? Text.Fit : Text.FixedSize
    minimumPixelSize: Theme.textFloor
    Accessible.role: Accessible.StaticText
    Accessible.name: label.text
    Accessible.ignored: label.text === ""
}
