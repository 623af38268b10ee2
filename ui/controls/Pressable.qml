pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// What a finger can press: acts on release inside itself, ignores a bounce of the touch frame, and
// carries the name under which people, screen readers and the finger of the tests find it.
Item {
    id: pressable

    required property string label
    readonly property bool pressTarget: true
    readonly property bool down: handler.pressed && pressable.enabled
    property real lastTap: 0

    signal tapped

    function tap(): void {
        const now = Date.now();
        if (now - pressable.lastTap < Theme.bounceMs)
            return;
        pressable.lastTap = now;
        pressable.tapped();
    }

    Accessible.role: Accessible.Button
    Accessible.name: pressable.label
    Accessible.onPressAction: pressable.tap()

    TapHandler {
        id: handler

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: pressable.tap()
    }
}
