pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// Letters, digits and the few signs that names and logins need; Russian or Latin. The first letter of a
// Russian text is a capital one, the others small, until the customer asks otherwise.
Column {
    id: board

    property bool latin: false
    property bool big: !board.latin
    readonly property var cyrillicRows: ["1234567890-.", "йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю,/№"]
    readonly property var latinRows: ["1234567890-.", "qwertyuiop@_", "asdfghjkl:/+", "zxcvbnm,#%&="]
    readonly property var rows: board.latin ? board.latinRows : board.cyrillicRows
    readonly property var signs: board.latin ? ["(", ")", "!", "?"] : ["«", "»", "(", ")"]
    readonly property int keyHeight: Math.min(Theme.px(112), Math.floor((board.height - 4 * spacing) / 5))
    readonly property real keyWidth: (board.width - 11 * spacing) / 12

    signal pressed(string character)
    signal erased
    signal cleared

    function type(character: string): void {
        if (character !== " ")
            board.big = false;
        board.pressed(character);
    }

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
                    onTapped: board.type(character)
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
            width: 1.5 * board.keyWidth + 0.5 * board.spacing
            height: board.keyHeight
            onTapped: board.big = !board.big
        }

        Repeater {
            model: board.signs.slice(0, 2)

            Key {
                required property string modelData

                character: modelData
                width: board.keyWidth
                height: board.keyHeight
                textSize: Theme.textButton
                onTapped: board.type(character)
            }
        }

        Key {
            character: " "
            label: qsTr("Space")
            icon: "space"
            width: 3.5 * board.keyWidth + 2.5 * board.spacing
            height: board.keyHeight
            onTapped: board.type(" ")
        }

        Repeater {
            model: board.signs.slice(2)

            Key {
                required property string modelData

                character: modelData
                width: board.keyWidth
                height: board.keyHeight
                textSize: Theme.textButton
                onTapped: board.type(character)
            }
        }

        Key {
            objectName: "erase-all"
            text: qsTr("Clear")
            quiet: true
            textSize: Theme.letter(30)
            width: 1.5 * board.keyWidth + 0.5 * board.spacing
            height: board.keyHeight
            onTapped: {
                board.big = !board.latin;
                board.cleared();
            }
        }

        Key {
            objectName: "erase"
            label: qsTr("Erase one")
            icon: "delete"
            quiet: true
            width: 1.5 * board.keyWidth + 0.5 * board.spacing
            height: board.keyHeight
            onTapped: board.erased()
        }
    }
}
