import QtQuick
import ui.theme
import ui.controls

// The first picture after power comes: what goes on, in words.
Page {
    id: page

    Waiting {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Theme.px(10)
        width: parent.width
        icon: "shield-check"
        heading: qsTr("The terminal is starting")
        line: qsTr("Checking devices and unfinished payments")
    }
}
