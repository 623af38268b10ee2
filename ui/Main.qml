pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// The window: the header stays, the screen of the snapshot slides in below it.
Window {
    id: window

    required property TerminalViewModel terminal
    property bool reduceMotion: false
    readonly property bool settled: stage.settled

    title: window.terminal.terminalName
    color: Theme.paper

    Binding {
        target: Theme
        property: "windowWidth"
        value: window.width
    }

    Binding {
        target: Theme
        property: "windowHeight"
        value: window.height
    }

    Binding {
        target: Theme
        property: "reduceMotion"
        value: window.reduceMotion
    }

    Stage {
        id: stage

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        terminal: window.terminal
    }

    AppHeader {
        id: header

        width: parent.width
        terminal: window.terminal
    }
}
