import QtQuick
import ui.theme

// A switch of the panel: what is broken stands out.
Rectangle {
    id: control

    required property string label
    property string reading: ""
    property bool broken: false
    readonly property bool pressTarget: true
    readonly property bool down: handler.pressed && control.enabled

    signal tapped

    implicitHeight: 56
    radius: Bench.corner
    color: control.down ? Bench.pressed : control.broken ? Bench.badGround : Bench.raised
    border.width: 1
    border.color: control.broken ? Bench.bad : Bench.line
    Accessible.role: Accessible.Button
    Accessible.name: control.label + ": " + control.reading
    Accessible.onPressAction: control.tapped()

    Rectangle {
        id: lamp

        x: 16
        anchors.verticalCenter: parent.verticalCenter
        width: 12
        height: 12
        radius: 6
        color: control.broken ? Bench.bad : Bench.good
    }

    BenchText {
        anchors.left: lamp.right
        anchors.leftMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        text: control.label
        font.weight: Font.DemiBold
    }

    BenchText {
        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        text: control.reading
        color: control.broken ? Bench.bad : Bench.muted
    }

    TapHandler {
        id: handler

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: control.tapped()
    }
}
