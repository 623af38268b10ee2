pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// The window: the header stays, the screen of the snapshot slides in below it. A sheet hides the screen
// below itself, and goes with it. With low controls a tall window leaves its upper part empty.
Window {
    id: window

    required property TerminalViewModel terminal
    property bool reduceMotion: false
    property bool fullscreen: false
    readonly property bool settled: stage.settled
    readonly property bool tall: window.height > window.width
    readonly property int roof: window.tall && window.terminal.manner.low ? window.height - Math.round(window.width * 0.9) : 0

    title: window.terminal.terminalName
    color: Theme.paper
    flags: window.fullscreen ? Qt.Window | Qt.FramelessWindowHint : Qt.Window

    Binding {
        target: Theme
        property: "windowWidth"
        value: window.width
    }

    Binding {
        target: Theme
        property: "windowHeight"
        value: window.height - window.roof
    }

    Binding {
        target: Theme
        property: "tall"
        value: window.tall
    }

    Binding {
        target: Theme
        property: "contrast"
        value: window.terminal.manner.contrast
    }

    Binding {
        target: Theme
        property: "large"
        value: window.terminal.manner.large
    }

    Binding {
        target: Theme
        property: "own"
        value: window.terminal.brand.colours
    }

    Binding {
        target: Theme
        property: "reduceMotion"
        value: window.reduceMotion
    }

    Connections {
        target: window.terminal

        function onScreenChanged(): void {
            languages.visible = false;
        }
    }

    Rectangle {
        width: parent.width
        height: window.roof
        visible: window.roof > 0
        color: Theme.brand
    }

    Item {
        id: frame

        y: window.roof
        width: parent.width
        height: parent.height - window.roof

        Stage {
            id: stage

            anchors.top: header.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            visible: !languages.visible && !ask.visible
            terminal: window.terminal
        }

        // Both sheets are made when they are wanted: the first frame does not wait for them.
        Loader {
            id: languages

            anchors.fill: stage
            visible: false
            active: languages.visible
            sourceComponent: LanguageSheet {
                objectName: "screen:" + window.terminal.screen
                terminal: window.terminal
                onClosed: languages.visible = false
            }
        }

        Loader {
            id: ask

            anchors.fill: stage
            active: window.terminal.manner.asking
            visible: ask.active
            sourceComponent: AskSheet {
                objectName: "screen:" + window.terminal.screen
                terminal: window.terminal
            }
            onActiveChanged: {
                if (ask.active)
                    languages.visible = false;
            }
        }

        AppHeader {
            id: header

            width: parent.width
            terminal: window.terminal
            choosing: languages.visible
            onLanguages: languages.visible = !languages.visible && !ask.visible
        }
    }
}
