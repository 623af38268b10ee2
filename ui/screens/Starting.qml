pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The first picture after power comes: what is being checked, in words.
Page {
    id: page

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Theme.px(30)
        width: Math.min(parent.width, Theme.px(900))
        spacing: Theme.px(56)

        Waiting {
            width: parent.width
            icon: "shield-check"
            heading: qsTr("The terminal is starting")
            line: qsTr("Checking devices and unfinished payments")
        }

        Grid {
            id: checks

            readonly property int cell: Math.floor((width - spacing) / 2)

            width: parent.width
            columns: 2
            spacing: Theme.px(16)

            Repeater {
                model: page.terminal.starting.checks

                Card {
                    id: check

                    required property var modelData

                    width: checks.cell
                    height: Theme.px(84)
                    color: check.modelData.done ? Theme.mint : Theme.card

                    Icon {
                        id: mark

                        x: Theme.px(24)
                        anchors.verticalCenter: parent.verticalCenter
                        name: check.modelData.done ? "check" : "hourglass"
                        tone: check.modelData.done ? "action" : "brand"
                        size: Theme.px(40)
                    }

                    Label {
                        anchors.left: mark.right
                        anchors.leftMargin: Theme.px(18)
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.px(16)
                        anchors.verticalCenter: parent.verticalCenter
                        text: check.modelData.text
                        color: check.modelData.done ? Theme.ink : Theme.muted
                        font.pixelSize: Theme.textSmall
                        font.weight: check.modelData.done ? Font.DemiBold : Font.Normal
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit
                    }
                }
            }
        }
    }
}
