pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// Whose terminal this is, whom to call, what to do when something went wrong.
Page {
    id: page

    Title {
        id: title

        height: Theme.px(72)
        verticalAlignment: Text.AlignVCenter
        text: qsTr("About the terminal")
        font.pixelSize: Theme.letter(52)
    }

    Grid {
        id: calls

        anchors.top: title.bottom
        anchors.topMargin: Theme.px(12)
        width: parent.width
        columns: Theme.portrait ? 1 : 2
        spacing: Theme.gutter

        BigFact {
            width: Theme.portrait ? parent.width : Math.floor((parent.width - Theme.gutter) * 0.56)
            height: Theme.px(160)
            icon: "phone"
            name: qsTr("Questions and claims")
            value: page.terminal.hotline
        }

        BigFact {
            width: Theme.portrait ? parent.width : Math.ceil((parent.width - Theme.gutter) * 0.44)
            height: Theme.px(160)
            icon: "map-pin"
            name: qsTr("Terminal number")
            value: page.terminal.terminalId
        }
    }

    Card {
        id: owner

        anchors.top: calls.bottom
        anchors.topMargin: Theme.gutter
        width: Theme.portrait ? parent.width : Math.floor((parent.width - Theme.gutter) * 0.56)
        height: Theme.portrait ? Theme.px(480) : parent.height - y

        Column {
            x: Theme.px(32)
            y: Theme.px(26)
            width: parent.width - 2 * x
            spacing: Theme.px(Theme.large ? 5 : 12)

            Label {
                text: qsTr("Payment agent")
                font.weight: Font.Bold
            }

            Fact {
                width: parent.width
                name: qsTr("Company")
                nameWidth: Theme.px(190)
                textSize: Theme.px(Theme.large ? 31 : 30)
                value: page.terminal.about.agentName
            }

            Fact {
                width: parent.width
                name: qsTr("Tax No.")
                nameWidth: Theme.px(190)
                textSize: Theme.px(Theme.large ? 31 : 30)
                value: page.terminal.about.agentInn
            }

            Fact {
                width: parent.width
                name: qsTr("Address")
                nameWidth: Theme.px(190)
                textSize: Theme.px(Theme.large ? 31 : 30)
                value: page.terminal.about.agentAddress
            }

            Fact {
                width: parent.width
                name: qsTr("Phone")
                nameWidth: Theme.px(190)
                textSize: Theme.px(Theme.large ? 31 : 30)
                value: page.terminal.about.agentPhone
            }

            Fact {
                width: parent.width
                name: qsTr("Installed")
                nameWidth: Theme.px(190)
                textSize: Theme.px(Theme.large ? 31 : 30)
                value: page.terminal.about.address
            }

            Label {
                width: parent.width
                visible: page.terminal.demo
                text: qsTr("Demo stand: payments are not real")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
        }
    }

    Rectangle {
        anchors.top: Theme.portrait ? owner.bottom : owner.top
        anchors.topMargin: Theme.portrait ? Theme.gutter : 0
        anchors.right: parent.right
        height: Theme.portrait ? advice.height + Theme.px(56) : parent.height - y
        width: Theme.portrait ? parent.width : Math.ceil((parent.width - Theme.gutter) * 0.44)
        radius: Theme.cornerLarge
        color: Theme.brandSoft

        Column {
            id: advice

            x: Theme.px(32)
            y: Theme.px(26)
            width: parent.width - 2 * x
            spacing: Theme.px(12)

            Label {
                width: parent.width
                text: qsTr("If something went wrong")
                font.weight: Font.Bold
            }

            Label {
                width: parent.width
                text: qsTr("Call us and tell the terminal number, the payment number from the receipt and the time. Without a receipt the number paid to and the sum are enough: every note is recorded.")
                font.pixelSize: Theme.px(Theme.large ? 30 : 28)
                lineHeight: Theme.large ? 1 : 1.06
            }

            Label {
                width: parent.width
                visible: page.terminal.about.hotlines.length > 1
                text: qsTr("More phones: %1").arg(page.terminal.about.hotlines.slice(1).join(", "))
                font.pixelSize: Theme.px(28)
                font.weight: Font.DemiBold
            }
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            canGoHome: false
            onBack: page.terminal.goBack()

            QuietButton {
                objectName: "roster"
                anchors.right: parent.right
                label: qsTr("Who is paid")
                icon: "file-text"
                onTapped: page.terminal.openRoster()
            }
        }
    ]
}
