import QtQuick
import ui.theme
import ui.viewmodels

// On every screen: whose terminal this is and which, whom to call, what time it is, the language.
Rectangle {
    id: header

    required property TerminalViewModel terminal
    property bool choosing: false
    readonly property bool branded: header.terminal.brand.logo !== ""
    readonly property bool onPlate: header.branded && Theme.contrast // a logo is made for a white ground
    readonly property bool wordy: header.branded && header.terminal.brand.logoShape > 1.5 // it says the name itself

    signal languages

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
        width: Math.round(height * (header.branded ? header.terminal.brand.logoShape : 1)) + (header.onPlate ? Theme.px(16) : 0)
        height: Theme.px(64)
        radius: Theme.px(18)
        color: header.onPlate ? Theme.ink : header.branded ? Theme.card : Theme.brand

        Image {
            anchors.centerIn: parent
            visible: header.branded
            height: header.onPlate ? Theme.px(52) : parent.height
            width: Math.round(height * header.terminal.brand.logoShape)
            sourceSize: Qt.size(width, height)
            source: header.terminal.brand.logo
            Accessible.ignored: true
        }

        Icon {
            anchors.centerIn: parent
            visible: !header.branded
            name: "banknote"
            tone: "warm"
            size: Theme.px(40)
        }
    }

    Column {
        anchors.left: mark.right
        anchors.leftMargin: Theme.px(18)
        anchors.right: facts.left
        anchors.rightMargin: Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter

        Label {
            width: parent.width
            visible: !header.wordy
            text: header.terminal.terminalName
            font.pixelSize: Theme.textBody
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
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
                height: Theme.letter(30)
                radius: Theme.px(10)
                color: Theme.warm

                Label {
                    id: demoMark

                    anchors.centerIn: parent
                    text: qsTr("Demo")
                    color: Theme.onWarm
                    font.pixelSize: Theme.letter(22)
                    font.weight: Font.DemiBold
                }
            }
        }
    }

    Row {
        id: facts

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(Theme.large ? 18 : 22)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: !Theme.portrait && !Theme.large
            name: "phone"
            tone: "brand"
            size: Theme.px(44)
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                id: hotline

                objectName: "hotline"
                text: header.terminal.hotline
                font.pixelSize: Theme.textBody
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
            }

            Label {
                width: Theme.large ? hotline.implicitWidth : implicitWidth
                text: qsTr("Help by phone")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
                fontSizeMode: Theme.large ? Text.HorizontalFit : Text.FixedSize
            }
        }

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: !Theme.portrait && !Theme.large
            width: Theme.hairline
            height: Theme.px(64)
            color: Theme.line
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                anchors.right: parent.right
                text: header.terminal.clock.time
                font.pixelSize: Theme.textBody
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
            }

            Label {
                anchors.right: parent.right
                visible: !Theme.large // people look for the hour
                text: header.terminal.clock.date
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
            }
        }

        Pressable {
            id: tongue

            objectName: "languages"
            label: qsTr("Language")
            anchors.verticalCenter: parent.verticalCenter
            width: word.implicitWidth + Theme.px(90)
            height: Theme.px(80)
            onTapped: header.languages()

            Rectangle {
                anchors.fill: parent
                radius: Theme.px(20)
                color: tongue.down || header.choosing ? Theme.brandPressed : Theme.brandSoft
            }

            Icon {
                id: sign

                x: Theme.px(18)
                anchors.verticalCenter: parent.verticalCenter
                name: "languages"
                tone: "brand"
                size: Theme.px(40)
            }

            Label {
                id: word

                anchors.left: sign.right
                anchors.leftMargin: Theme.px(12)
                anchors.verticalCenter: parent.verticalCenter
                text: header.terminal.manner.languageBrief
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }
}
