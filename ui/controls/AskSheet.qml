import QtQuick
import ui.theme
import ui.viewmodels

// Is anybody still there? One button that covers half the screen, and in words what happens without it.
Rectangle {
    id: sheet

    required property TerminalViewModel terminal
    readonly property bool coversAll: true

    color: Theme.paper

    TapHandler {}

    Item {
        id: question

        anchors.top: parent.top
        anchors.bottom: stay.top
        x: Theme.margin
        width: parent.width - 2 * x

        Rectangle {
            id: ring

            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(220)
            height: width
            radius: width / 2
            color: Theme.brandSoft
            border.width: Theme.border
            border.color: Theme.brand

            Label {
                objectName: "ask:seconds"
                anchors.centerIn: parent
                text: sheet.terminal.manner.seconds
                color: Theme.brand
                font.pixelSize: Theme.textHero
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
            }
        }

        Column {
            anchors.left: ring.right
            anchors.leftMargin: Theme.px(44)
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(16)

            Title {
                width: parent.width
                text: qsTr("Are you still there?")
                font.pixelSize: Theme.textField
            }

            Label {
                objectName: "ask:what-happens"
                width: parent.width
                text: sheet.terminal.manner.whatHappens
                font.pixelSize: Theme.textButton
            }
        }
    }

    Pressable {
        id: stay

        objectName: "stay"
        label: qsTr("I am here")
        x: Theme.margin
        width: parent.width - 2 * x
        height: Math.floor(parent.height / 2)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.actionBottom
        onTapped: sheet.terminal.stay()

        Rectangle {
            anchors.fill: parent
            radius: Theme.cornerLarge
            color: stay.down ? Theme.actionDark : Theme.action
        }

        Row {
            anchors.centerIn: parent
            spacing: Theme.px(32)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "hand"
                tone: "white"
                size: Theme.px(110)
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: stay.label
                color: Theme.card
                font.pixelSize: Theme.textMoney
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }
}
