pragma ComponentBehavior: Bound

import QtQuick
import ui.panel
import ui.theme

// The demo's side panel: banknotes, mishaps, and what the stand says.
Window {
    id: window

    required property PanelViewModel panel

    title: qsTr("Demo stand")
    width: 460
    height: 1024
    minimumWidth: 420
    minimumHeight: 820
    color: Bench.ground

    Item {
        id: head

        x: Bench.margin
        y: 16
        width: window.width - 2 * x
        height: 58

        BenchText {
            text: qsTr("Demo stand")
            font.pixelSize: 28
            font.weight: Font.Bold
        }

        BenchText {
            anchors.bottom: parent.bottom
            text: qsTr("Not a part of the terminal: plays the world around it")
            color: Bench.muted
            font.pixelSize: 15
        }
    }

    Column {
        id: boards

        x: Bench.margin
        anchors.top: head.bottom
        anchors.topMargin: 16
        width: window.width - 2 * x
        spacing: 14

        BenchBoard {
            id: cash

            width: parent.width
            title: qsTr("Insert a banknote")

            Grid {
                id: notes

                width: parent.width
                columns: 4
                spacing: Bench.gap

                Repeater {
                    model: window.panel.notes

                    BenchButton {
                        required property int index
                        required property var modelData

                        objectName: "note:" + modelData.face
                        label: modelData.face
                        stripe: modelData.hue
                        enabled: window.panel.powered
                        width: (notes.width - 3 * notes.spacing) / 4
                        onTapped: window.panel.insert(index)
                    }
                }
            }

            BenchButton {
                objectName: "note:counterfeit"
                width: parent.width
                label: qsTr("Counterfeit note")
                ink: Bench.warn
                enabled: window.panel.powered
                onTapped: window.panel.insertCounterfeit()
            }
        }

        BenchBoard {
            width: parent.width
            title: qsTr("Mishaps")

            BenchSwitch {
                objectName: "switch:network"
                width: parent.width
                label: qsTr("Network")
                broken: !window.panel.network
                reading: window.panel.network ? qsTr("connected") : qsTr("cut")
                onTapped: window.panel.toggleNetwork()
            }

            BenchSwitch {
                objectName: "switch:power"
                width: parent.width
                label: qsTr("Terminal's power")
                broken: !window.panel.powered
                reading: window.panel.powered ? qsTr("on") : qsTr("cut, touch to switch on")
                onTapped: window.panel.togglePower()
            }

            BenchSwitch {
                objectName: "switch:paper"
                width: parent.width
                label: qsTr("Receipt paper")
                broken: !window.panel.paper
                reading: window.panel.paper ? qsTr("loaded") : qsTr("out")
                onTapped: window.panel.togglePaper()
            }
        }

        BenchBoard {
            width: parent.width
            title: qsTr("State")

            Item {
                width: parent.width
                height: 24

                BenchText {
                    text: qsTr("Acceptor")
                    color: Bench.muted
                }

                BenchText {
                    objectName: "status:acceptor"
                    anchors.right: parent.right
                    width: Math.min(implicitWidth, parent.width - 120)
                    text: window.panel.acceptor === "" ? "\u2013" : window.panel.acceptor
                    font.family: Bench.monoFamily
                }
            }

            Item {
                width: parent.width
                height: 24

                BenchText {
                    text: qsTr("In the cassette")
                    color: Bench.muted
                }

                BenchText {
                    objectName: "status:cassette"
                    anchors.right: parent.right
                    text: qsTr("%1 pcs, %2").arg(window.panel.cassetteNotes).arg(window.panel.cassetteSum)
                    font.family: Bench.monoFamily
                }
            }

            Rectangle {
                width: parent.width
                height: 1
                color: Bench.line
            }

            BenchText {
                text: window.panel.payments.length > 0 ? qsTr("Payments at the backend") : qsTr("No payments at the backend yet")
                color: Bench.muted
                font.pixelSize: 15
            }

            Repeater {
                model: window.panel.payments

                Item {
                    id: line

                    required property var modelData

                    width: parent.width
                    height: 24

                    BenchText {
                        id: number

                        text: line.modelData.number
                        font.family: Bench.monoFamily
                        font.pixelSize: 15
                    }

                    BenchText {
                        anchors.left: number.right
                        anchors.leftMargin: 12
                        anchors.right: sum.left
                        anchors.rightMargin: 12
                        text: line.modelData.provider + " · " + line.modelData.state
                        color: Bench.muted
                        font.pixelSize: 15
                    }

                    BenchText {
                        id: sum

                        anchors.right: parent.right
                        text: line.modelData.credited
                        color: Bench.good
                        font.family: Bench.monoFamily
                        font.pixelSize: 15
                    }
                }
            }
        }

        Rectangle {
            width: parent.width
            height: complaint.height + 24
            visible: window.panel.message !== ""
            radius: Bench.corner
            color: Bench.badGround
            border.width: 1
            border.color: Bench.bad

            BenchText {
                id: complaint

                objectName: "status:message"
                x: 16
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - 32
                text: window.panel.message
                wrapMode: Text.Wrap
                maximumLineCount: 3
                font.pixelSize: 15
            }
        }
    }

    Rectangle {
        x: Bench.margin
        anchors.top: boards.bottom
        anchors.topMargin: 14
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Bench.margin
        width: window.width - 2 * x
        visible: height > 80
        radius: 16
        color: Bench.board
        clip: true

        BenchText {
            anchors.centerIn: parent
            visible: picture.status !== Image.Ready
            text: qsTr("The last receipt will be here")
            color: Bench.muted
        }

        Image {
            id: picture

            objectName: "slip:picture"
            anchors.fill: parent
            anchors.margins: 12
            source: window.panel.slip
            fillMode: Image.PreserveAspectCrop
            verticalAlignment: Image.AlignTop
            cache: false
            asynchronous: true
            smooth: true
            mipmap: true
        }
    }
}
