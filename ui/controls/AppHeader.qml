import QtQuick
import ui.theme
import ui.viewmodels

// On every screen: whose terminal this is and which, whom to call, what time it is.
Rectangle {
    id: header

    required property TerminalViewModel terminal

    height: Theme.header
    color: Theme.card

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }

    Rectangle {
        id: mark

        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(64)
        height: width
        radius: Theme.px(18)
        color: Theme.brand

        Icon {
            anchors.centerIn: parent
            name: "banknote"
            tone: "warm"
            size: Theme.px(40)
        }
    }

    Column {
        anchors.left: mark.right
        anchors.leftMargin: Theme.px(18)
        anchors.verticalCenter: parent.verticalCenter

        Label {
            text: header.terminal.terminalName
            font.pixelSize: Theme.textBody
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
        }

        Row {
            spacing: Theme.px(14)

            Label {
                text: qsTr("No. %1").arg(header.terminal.terminalId)
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
            }

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: header.terminal.demo
                width: demoMark.implicitWidth + Theme.px(20)
                height: Theme.px(30)
                radius: Theme.px(10)
                color: Theme.warm

                Label {
                    id: demoMark

                    anchors.centerIn: parent
                    text: qsTr("Demo")
                    font.pixelSize: Theme.px(22)
                    font.weight: Font.DemiBold
                }
            }
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(24)

        IconPlate {
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.px(64)
            icon: "phone"
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                objectName: "hotline"
                text: header.terminal.hotline
                font.pixelSize: Theme.textBody
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
            }

            Label {
                text: qsTr("Help by phone")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
            }
        }

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.hairline
            height: Theme.px(64)
            color: Theme.line
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                anchors.right: parent.right
                text: header.terminal.clockText
                font.pixelSize: Theme.textBody
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
            }

            Label {
                anchors.right: parent.right
                text: header.terminal.dateText
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
            }
        }
    }
}
