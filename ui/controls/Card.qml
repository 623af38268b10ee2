import QtQuick
import ui.theme

// A white card on the paper ground; depth comes from a hairline only.
Rectangle {
    color: Theme.card
    radius: Theme.cornerLarge
    border.width: Theme.hairline
    border.color: Theme.line
}
