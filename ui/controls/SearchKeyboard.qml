pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// Letters of three languages and digits for a search: no capitals and no signs, so the keys are large. Long
// keys stand at the ends of short rows; the rows of Kazakh are the Russian ones and its own nine letters.
Column {
    id: board

    property string language: "ru"
    readonly property var russian: ["йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю"]
    readonly property var rows: board.language === "en" ? ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"] : board.language === "kk" ? ["1234567890", "әіңғүұқөһ"].concat(board.russian) : ["1234567890"].concat(board.russian)
    readonly property int last: board.rows.length - 1
    readonly property int keyHeight: Math.min(Theme.px(104), Math.floor((board.height - board.last * spacing) / board.rows.length))
    readonly property real keyWidth: (board.width - 11 * spacing) / 12

    signal pressed(string character)
    signal erased

    spacing: Theme.px(10)

    function span(keys: real): real {
        return keys * board.keyWidth + (keys - 1) * board.spacing;
    }

    Repeater {
        model: board.rows

        Row {
            id: line

            required property string modelData
            required property int index
            readonly property int free: 12 - line.modelData.length

            anchors.horizontalCenter: parent?.horizontalCenter
            spacing: board.spacing

            Repeater {
                model: line.modelData.split("")

                Key {
                    required property string modelData

                    character: modelData
                    width: board.keyWidth
                    height: board.keyHeight
                    textSize: Theme.letter(40)
                    onTapped: board.pressed(modelData)
                }
            }

            Key {
                objectName: visible ? "erase" : ""
                visible: line.index === 0
                label: qsTr("Erase one")
                icon: "delete"
                quiet: true
                width: board.span(2)
                height: board.keyHeight
                onTapped: board.erased()
            }

            Key {
                character: visible ? " " : ""
                visible: line.index === board.last
                label: qsTr("Space")
                icon: "space"
                width: board.span(Math.min(3, line.free))
                height: board.keyHeight
                onTapped: board.pressed(" ")
            }
        }
    }
}
