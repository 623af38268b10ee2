pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// A payment is looked up: the number that was paid, and around which day.
Page {
    id: page

    readonly property CheckSection check: page.terminal.check
    property string keys: page.check.alphabet
    readonly property var order: ["digits", "ru", "latin"]
    readonly property bool letters: page.keys !== "digits"
    readonly property bool flat: page.letters && !Theme.portrait // the keys need the whole width

    Item {
        id: left

        width: Theme.portrait || page.letters ? parent.width : parent.width - Theme.px(560)
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
            width: page.flat ? parent.width - days.width - Theme.gutter : parent.width
            height: page.flat ? Theme.actionHeight : implicitHeight
            name: qsTr("Phone or account that was paid")
            plain: page.check.account
            markup: page.check.markup
            placeholder: qsTr("Phone or account that was paid")
        }

        Card {
            id: days

            anchors.top: page.flat ? field.top : field.bottom
            anchors.topMargin: page.flat ? 0 : Theme.gutter
            anchors.right: parent.right
            width: page.flat ? Theme.px(540) : parent.width
            height: page.flat ? field.height : Theme.px(220)
            border.width: page.flat ? 0 : Theme.hairline
            color: page.flat ? Theme.paper : Theme.card

            Label {
                visible: !page.flat
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
                anchors.bottomMargin: page.flat ? 0 : Theme.px(24)
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
                    width: days.width - Theme.px(2 * (124 + 16 + (page.flat ? 0 : 28)))
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
            visible: !page.flat
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

    LetterKeyboard {
        id: letterKeys

        visible: page.letters
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(38)
        width: parent.width
        height: Theme.portrait ? Theme.px(600) : parent.height - field.y - field.height - Theme.px(16 + 38)
        latin: page.keys === "latin"
        onPressed: character => page.terminal.key(character)
        onErased: page.terminal.erase()
        onCleared: page.terminal.eraseAll()
    }

    Keypad {
        visible: !page.letters
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

            QuietButton {
                objectName: "layout"
                label: page.keys === "digits" ? "АБВ" : page.keys === "ru" ? "ABC" : "123"
                onTapped: page.keys = page.order[(page.order.indexOf(page.keys) + 1) % page.order.length]
            }

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
