pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// No money is taken: why, in the customer's words, and whom to call. It ends by itself.
Page {
    id: page

    readonly property OutOfServiceSection closing: page.terminal.outOfService
    readonly property bool calm: page.closing.calm

    Rectangle {
        id: notice

        width: parent.width
        anchors.top: parent.top
        anchors.topMargin: Theme.px(16)
        anchors.bottom: facts.top
        anchors.bottomMargin: Theme.gutter
        radius: Theme.cornerLarge
        color: page.calm ? Theme.brandSoft : Theme.stopPaper

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.px(120)
            spacing: Theme.px(20)

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Theme.px(148)
                height: width
                radius: width / 2
                color: page.calm ? Theme.brand : Theme.stop

                Icon {
                    anchors.centerIn: parent
                    name: page.calm ? "clock" : "wrench"
                    tone: "white"
                    size: Theme.px(84)
                }
            }

            Label {
                width: parent.width
                topPadding: Theme.px(12)
                horizontalAlignment: Text.AlignHCenter
                text: page.calm ? qsTr("A short break") : qsTr("The terminal takes no payments now")
                color: page.calm ? Theme.brand : Theme.stop
                font.weight: Font.DemiBold
            }

            Title {
                objectName: "reason"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: page.closing.heading
                font.pixelSize: Theme.letter(60)
            }

            Label {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width, Theme.px(840))
                horizontalAlignment: Text.AlignHCenter
                text: page.closing.advice
                font.pixelSize: Theme.letter(34)
            }

            Chip {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: page.closing.inside !== ""
                maximumWidth: parent.width
                icon: "banknote"
                tone: "action"
                text: page.closing.inside
                ground: Theme.mint
                outline: Theme.action
            }

            Flow {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width, implicitWidth)
                spacing: Theme.px(12)
                visible: page.closing.others.length > 0

                Repeater {
                    model: page.closing.others

                    Chip {
                        required property string modelData

                        icon: "circle-alert"
                        tone: page.calm ? "brand" : "stop"
                        text: modelData
                        ground: Theme.card
                        outline: Theme.line
                    }
                }
            }
        }
    }

    Grid {
        id: facts

        anchors.bottom: parent.bottom
        anchors.bottomMargin: -Theme.actionHeight - Theme.gutter + Theme.px(84)
        width: parent.width
        columns: Theme.portrait ? 1 : 2
        spacing: Theme.gutter

        BigFact {
            width: Theme.portrait ? parent.width : Math.floor((parent.width - Theme.gutter) * 0.56)
            icon: "phone"
            name: qsTr("Questions and claims")
            value: page.terminal.hotline
            valueName: "service:hotline"
        }

        BigFact {
            width: Theme.portrait ? parent.width : Math.ceil((parent.width - Theme.gutter) * 0.44)
            icon: "map-pin"
            name: qsTr("Terminal number")
            value: page.terminal.terminalId
            valueName: "service:terminal"
        }
    }

    actions: [
        Label {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.px(60)
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            text: qsTr("The screen changes by itself as soon as the terminal works again.") + (page.closing.fault !== "" ? "  \u00b7  " + page.closing.fault : "")
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            fits: true
        }
    ]
}
