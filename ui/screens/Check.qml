pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// A payment is looked up: the number that was paid, and around which day.
Page {
    id: page

    readonly property CheckSection check: page.terminal.check

    Item {
        id: left

        width: Theme.portrait ? parent.width : parent.width - Theme.px(560)
        height: parent.height

        Title {
            id: title

            width: parent.width
            height: Theme.px(64)
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Check a payment")
            fits: true
        }

        EntryField {
            id: field

            anchors.top: title.bottom
            anchors.topMargin: Theme.px(12)
            width: parent.width
            name: qsTr("Phone or account that was paid")
            plain: page.check.account
            markup: page.check.account
            placeholder: qsTr("Phone or account that was paid")
        }

        Card {
            id: days

            anchors.top: field.bottom
            anchors.topMargin: Theme.gutter
            width: parent.width
            height: Theme.px(220)

            Label {
                x: Theme.px(28)
                y: Theme.px(18)
                width: parent.width - 2 * x
                text: qsTr("When, give or take three days")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.px(24)
                spacing: Theme.px(16)

                QuietButton {
                    objectName: "earlier"
                    iconOnly: true
                    width: Theme.px(124)
                    icon: "chevron-left"
                    label: qsTr("A day earlier")
                    enabled: page.check.hasEarlier
                    onTapped: page.terminal.nextPage()
                }

                Label {
                    objectName: "check:day"
                    width: days.width - Theme.px(2 * (124 + 16 + 28))
                    height: Theme.actionHeight
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    text: page.check.day
                    font.pixelSize: Theme.letter(40)
                    font.weight: Font.Bold
                    wrapMode: Text.NoWrap
                    fontSizeMode: Text.HorizontalFit
                }

                QuietButton {
                    objectName: "later"
                    iconOnly: true
                    width: Theme.px(124)
                    icon: "chevron-right"
                    label: qsTr("A day later")
                    enabled: page.check.hasLater
                    onTapped: page.terminal.previousPage()
                }
            }
        }

        Rectangle {
            anchors.top: days.bottom
            anchors.topMargin: Theme.gutter
            width: parent.width
            height: note.height + Theme.px(40)
            radius: Theme.cornerLarge
            color: Theme.brandSoft

            Label {
                id: note

                x: Theme.px(28)
                y: Theme.px(20)
                width: parent.width - 2 * x
                text: qsTr("Type the whole number as it was paid. Only payments made on this terminal are found.")
                font.pixelSize: Theme.textSmall
            }
        }
    }

    Keypad {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(38)
        width: Theme.portrait ? parent.width : Theme.px(500)
        height: Theme.portrait ? Theme.px(620) : parent.height - Theme.px(38)
        onPressed: character => page.terminal.key(character)
        onErased: page.terminal.erase()
        onCleared: page.terminal.eraseAll()
    }

    actions: [
        ActionBar {
            width: parent.width
            canGoHome: false
            onBack: page.terminal.goBack()

            PrimaryButton {
                objectName: "forward"
                anchors.right: parent.right
                label: qsTr("Find")
                icon: "search"
                enabled: page.check.complete
                missing: page.check.missing
                onTapped: page.terminal.goForward()
            }
        }
    ]
}
