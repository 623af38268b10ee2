pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// Letters, digits and the few signs that names and logins need; Russian or Latin, big or small.
Column {
    id: board

    property bool latin: false
    property bool big: !board.latin
    readonly property var cyrillicRows: ["1234567890-.", "йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю,«»"]
    readonly property var latinRows: ["1234567890-.", "qwertyuiop@_", "asdfghjkl:/+", "zxcvbnm,№()&"]
    readonly property var rows: board.latin ? board.latinRows : board.cyrillicRows
    readonly property int keyHeight: Math.floor((board.height - 4 * spacing) / 5)
    readonly property int keyWidth: Math.floor((board.width - 11 * spacing) / 12)

    signal pressed(string character)
    signal erased
    signal cleared

    spacing: Theme.px(10)

    Repeater {
        model: board.rows

        Row {
            id: line

            required property string modelData

            spacing: board.spacing

            Repeater {
                model: line.modelData.split("")

                Key {
                    required property string modelData

                    character: board.big ? modelData.toUpperCase() : modelData
                    width: board.keyWidth
                    height: board.keyHeight
                    textSize: Theme.textButton
                    onTapped: board.pressed(character)
                }
            }
        }
    }

    Row {
        spacing: board.spacing

        Key {
            objectName: "shift"
            label: qsTr("Capital letters")
            icon: "arrow-big-up"
            quiet: true
            held: board.big
            width: 1.5 * board.keyWidth
            height: board.keyHeight
            onTapped: board.big = !board.big
        }

        Key {
            objectName: "layout"
            label: qsTr("Other alphabet")
            text: board.latin ? "АБВ" : "ABC"
            quiet: true
            textSize: Theme.px(30)
            width: 1.5 * board.keyWidth + board.spacing
            height: board.keyHeight
            onTapped: board.latin = !board.latin
        }

        Key {
            character: " "
            label: qsTr("Space")
            icon: "space"
            width: 5 * board.keyWidth + 4 * board.spacing
            height: board.keyHeight
            onTapped: board.pressed(" ")
        }

        Key {
            objectName: "erase-all"
            text: qsTr("Clear")
            quiet: true
            textSize: Theme.px(30)
            width: 2 * board.keyWidth + board.spacing
            height: board.keyHeight
            onTapped: board.cleared()
        }

        Key {
            objectName: "erase"
            label: qsTr("Erase one")
            icon: "delete"
            quiet: true
            width: 2 * board.keyWidth + board.spacing
            height: board.keyHeight
            onTapped: board.erased()
        }
    }
}
