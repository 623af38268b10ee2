import QtQuick
import ui.theme

// A button of the panel; `stripe` is the hue of a banknote.
Rectangle {
    id: button

    required property string label
    property color stripe: "transparent"
    property color ink: Bench.text
    property color ground: Bench.raised
    readonly property bool pressTarget: true
    readonly property bool down: handler.pressed && button.enabled

    signal tapped

    implicitHeight: 52
    radius: Bench.corner
    opacity: button.enabled ? 1 : 0.4
    color: button.down ? Bench.pressed : button.ground
    border.width: 1
    border.color: Bench.line
    Accessible.role: Accessible.Button
    Accessible.name: button.label
    Accessible.onPressAction: button.tapped()

    Rectangle {
        x: 8
        anchors.verticalCenter: parent.verticalCenter
        width: 6
        height: parent.height - 20
        radius: 3
        color: button.stripe
    }

    BenchText {
        anchors.centerIn: parent
        text: button.label
        color: button.ink
        font.pixelSize: 19
        font.weight: Font.DemiBold
    }

    TapHandler {
        id: handler

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: button.tapped()
    }
}
