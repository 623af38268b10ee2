pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// A choice among a few answers; the chosen one is ticked.
Column {
    id: list

    property var options: []
    property string chosen: ""
    readonly property int rowHeight: Math.min(Theme.px(128), Math.floor((list.height - (list.options.length - 1) * spacing) / Math.max(1, list.options.length)))

    signal chosenOption(string option)

    spacing: Theme.gutter

    Repeater {
        model: list.options

        Tile {
            id: option

            required property var modelData
            readonly property bool ticked: option.modelData.value === list.chosen

            objectName: "option:" + option.modelData.value
            label: option.modelData.text
            width: list.width
            height: list.rowHeight
            ground: option.ticked ? Theme.mint : Theme.card
            outline: option.ticked ? Theme.action : Theme.line
            onTapped: list.chosenOption(option.modelData.value)

            Label {
                x: Theme.px(32)
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - Theme.px(120)
                text: option.modelData.text
                font.pixelSize: Theme.textButton
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }

            Icon {
                visible: option.ticked
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(28)
                anchors.verticalCenter: parent.verticalCenter
                name: "check"
                tone: "action"
                size: Theme.px(44)
            }
        }
    }
}
