import QtQuick
import ui.theme

// The heading of a screen: short, imperative, one line where it fits.
Label {
    font.pixelSize: Theme.textTitle
    font.weight: Font.Bold
    Accessible.role: Accessible.Heading
}
