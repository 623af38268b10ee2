import QtQuick
import ui.theme

// Something is going on and nobody knows for how long: a bar that travels, or rests without motion.
Rectangle {
    id: track

    implicitWidth: Theme.px(420)
    implicitHeight: Theme.px(12)
    radius: height / 2
    color: Theme.brandPressed
    clip: true
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Please wait")

    Rectangle {
        id: bar

        width: track.width * 0.34
        height: track.height
        radius: track.radius
        color: Theme.brand
        x: Theme.reduceMotion ? (track.width - width) / 2 : 0

        SequentialAnimation on x {
            running: !Theme.reduceMotion && track.visible
            loops: Animation.Infinite

            NumberAnimation {
                from: 0
                to: track.width - bar.width
                duration: 1100
                easing.type: Easing.InOutQuad
            }
            NumberAnimation {
                from: track.width - bar.width
                to: 0
                duration: 1100
                easing.type: Easing.InOutQuad
            }
        }
    }
}
