import QtQuick
import ui.theme

// The coloured plate with the provider's initial that stands for a logo.
Rectangle {
    id: plate

    property string initial: ""
    property color ground: Theme.brand
    property color ink: Theme.card
    property int size: Theme.plate

    implicitWidth: plate.size
    implicitHeight: plate.size
    radius: plate.size * 0.31
    color: plate.ground

    Label {
        anchors.centerIn: parent
        text: plate.initial
        color: plate.ink
        font.pixelSize: plate.size * 0.5
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
