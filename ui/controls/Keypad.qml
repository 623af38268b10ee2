pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// Digits as on a telephone: 1-2-3 on top, 0 below, erase one and erase all in words.
Grid {
    id: pad

    signal pressed(string character)
    signal erased
    signal cleared

    readonly property int keyWidth: Math.floor((pad.width - 2 * spacing) / 3)
    readonly property int keyHeight: Math.floor((pad.height - 3 * spacing) / 4)

    columns: 3
    spacing: Theme.px(18)

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        Key {
            required property string modelData

            character: modelData
            width: pad.keyWidth
            height: pad.keyHeight
            onTapped: pad.pressed(modelData)
        }
    }

    Key {
        objectName: "erase-all"
        text: qsTr("Clear")
        quiet: true
        textSize: Theme.letter(30)
        width: pad.keyWidth
        height: pad.keyHeight
        onTapped: pad.cleared()
    }

    Key {
        character: "0"
        width: pad.keyWidth
        height: pad.keyHeight
        onTapped: pad.pressed("0")
    }

    Key {
        objectName: "erase"
        label: qsTr("Erase one")
        icon: "delete"
        quiet: true
        width: pad.keyWidth
        height: pad.keyHeight
        onTapped: pad.erased()
    }
}
