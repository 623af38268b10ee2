import QtQuick
import ui.theme

// The bottom row: back and home on the left, always in the same corner; the way forward goes right.
Item {
    id: bar

    property bool canGoBack: true
    property bool canGoHome: true
    property string backLabel: qsTr("Back")
    default property alias content: rest.data

    signal back
    signal home

    height: Theme.actionHeight

    Row {
        id: ways

        spacing: Theme.gutter

        QuietButton {
            objectName: "back"
            visible: bar.canGoBack
            label: bar.backLabel
            icon: "arrow-left"
            onTapped: bar.back()
        }

        QuietButton {
            objectName: "home"
            visible: bar.canGoHome
            label: qsTr("Menu")
            icon: "house"
            onTapped: bar.home()
        }
    }

    Item {
        id: rest

        anchors.left: ways.right
        anchors.leftMargin: ways.width > 0 ? Theme.gutter : 0
        anchors.right: parent.right
        height: parent.height
    }
}
