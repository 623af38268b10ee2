pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// Where the customer stands: four steps, the current one filled, done ones ticked.
Row {
    id: bar

    property int current: 1
    property bool brief: false // beside notices: only the present step in words

    spacing: Theme.px(10)
    height: Theme.px(44)
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Step %1 of 4").arg(Math.min(bar.current, 4))

    Repeater {
        model: [qsTr("Service"), qsTr("Number"), qsTr("Cash"), qsTr("Receipt")]

        Row {
            id: step

            required property int index
            required property string modelData
            readonly property bool done: step.index + 1 < bar.current
            readonly property bool now: step.index + 1 === bar.current

            height: bar.height
            spacing: Theme.px(10)

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: step.index > 0
                width: Theme.px(24)
                height: Theme.hairline
                color: Theme.line
            }

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.px(42)
                height: width
                radius: width / 2
                color: step.done ? Theme.action : step.now ? Theme.brand : Theme.paper
                border.width: step.done || step.now ? 0 : Theme.hairline
                border.color: Theme.edge

                Icon {
                    anchors.centerIn: parent
                    visible: step.done
                    name: "check"
                    tone: "white"
                    size: Theme.px(28)
                }

                Label {
                    anchors.centerIn: parent
                    visible: !step.done
                    text: step.index + 1
                    color: step.now ? Theme.card : Theme.muted
                    font.pixelSize: Theme.letter(24)
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                visible: step.now || !bar.brief
                text: step.modelData
                color: step.now ? Theme.ink : Theme.muted
                font.pixelSize: Theme.textSmall
                font.weight: step.now ? Font.Bold : Font.Normal
                wrapMode: Text.NoWrap
            }
        }
    }
}
