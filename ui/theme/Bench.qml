pragma Singleton

import QtQuick

// Tokens of the demo's side panel: dark and technical, so that nobody takes it for the kiosk.
QtObject {
    readonly property color ground: "#0E1521"
    readonly property color board: "#172235"
    readonly property color raised: "#223149"
    readonly property color pressed: "#2E4263"
    readonly property color line: "#2C3C56"
    readonly property color text: "#E8EEF8"
    readonly property color muted: "#9FB0C9"
    readonly property color good: "#4FD1A5"
    readonly property color warn: "#FFB84D"
    readonly property color bad: "#FF6B61"
    readonly property color badGround: "#3A1E22"

    readonly property string family: "Golos Text"
    readonly property string monoFamily: "JetBrains Mono"

    readonly property int margin: 20
    readonly property int gap: 10
    readonly property int corner: 12
}
