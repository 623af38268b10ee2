import QtQuick
import ui.theme

// A soft square that carries an icon.
Rectangle {
    id: plate

    property string icon: ""
    property string tone: "brand"
    property color ground: Theme.brandSoft
    property int size: Theme.plate

    implicitWidth: plate.size
    implicitHeight: plate.size
    radius: plate.size * 0.31
    color: plate.ground

    Icon {
        anchors.centerIn: parent
        name: plate.icon
        tone: plate.tone
        size: Math.round(plate.size * 0.6)
    }
}
