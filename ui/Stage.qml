import QtQuick
import ui.theme
import ui.viewmodels

// Two places for screens: the shown one and the one that slides away. Nothing is pressed while they move.
Item {
    id: stage

    required property TerminalViewModel terminal
    readonly property bool settled: !slide.running && stage.front.status === Loader.Ready && stage.shown === stage.terminal.screen
    property string shown: ""
    property int shownOrder: 0
    property Loader front: first
    property Loader rear: second

    readonly property var files: ({
            "starting": "Starting",
            "attract": "Attract",
            "home": "Home",
            "categories": "Categories",
            "providers": "Providers",
            "search": "Search",
            "entry": "Entry",
            "enquiry": "Enquiry",
            "confirm": "Confirm",
            "no_receipt": "NoReceipt",
            "money": "Money",
            "processing": "Processing",
            "thanks": "Thanks",
            "check": "Check",
            "found": "Found",
            "about": "About",
            "roster": "Roster",
            "out_of_service": "OutOfService"
        })

    function change(): void {
        const name = stage.terminal.screen;
        if (name === stage.shown)
            return;
        slide.complete();
        const order = stage.terminal.screenOrder;
        const leaving = stage.front;
        const coming = stage.rear;
        coming.x = 0;
        coming.z = 1;
        leaving.z = 0;
        coming.setSource(Qt.resolvedUrl("screens/" + stage.files[name] + ".qml"), {
            "terminal": stage.terminal,
            "objectName": "screen:" + name
        });
        const first = stage.shown === "";
        const direction = order >= stage.shownOrder ? 1 : -1;
        stage.front = coming;
        stage.rear = leaving;
        stage.shown = name;
        stage.shownOrder = order;
        if (first || Theme.slideMs === 0) {
            stage.rest();
            return;
        }
        arrive.target = coming;
        arrive.from = direction * stage.width;
        depart.target = leaving;
        depart.to = -direction * stage.width;
        slide.start();
    }

    function rest(): void {
        stage.rear.source = "";
        stage.rear.x = 0;
        stage.terminal.forgetHidden();
    }

    enabled: !slide.running
    clip: slide.running
    Component.onCompleted: stage.change()

    Connections {
        target: stage.terminal

        function onScreenChanged(): void {
            stage.change();
        }
    }

    Loader {
        id: first

        width: stage.width
        height: stage.height
    }

    Loader {
        id: second

        width: stage.width
        height: stage.height
    }

    ParallelAnimation {
        id: slide

        onStopped: stage.rest()

        NumberAnimation {
            id: arrive

            property: "x"
            to: 0
            duration: Theme.slideMs
            easing.type: Easing.OutCubic
        }

        NumberAnimation {
            id: depart

            property: "x"
            from: 0
            duration: Theme.slideMs
            easing.type: Easing.OutCubic
        }
    }
}
