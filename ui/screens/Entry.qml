pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// One field of the provider: the value on the left, its keys on the right; letters take the whole width.
Page {
    id: page

    readonly property EntrySection entry: page.terminal.entry
    readonly property bool letters: page.entry.keyboard === "ru" || page.entry.keyboard === "latin"
    readonly property bool wide: page.letters || Theme.portrait

    step: 2

    Item {
        id: left

        width: page.wide ? parent.width : parent.width - Theme.px(560)
        height: parent.height

        Title {
            id: title

            width: parent.width - (page.letters ? who.width : place.implicitWidth) - Theme.px(24)
            height: Theme.px(page.letters ? 56 : 64)
            verticalAlignment: Text.AlignVCenter
            text: page.entry.title
            fits: true
        }

        Label {
            id: place

            anchors.right: parent.right
            anchors.verticalCenter: title.verticalCenter
            text: page.entry.place
            visible: !page.letters
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.NoWrap
        }

        Row {
            id: who

            anchors.right: parent.right
            anchors.verticalCenter: title.verticalCenter
            visible: page.letters
            spacing: Theme.px(16)

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: page.entry.place
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
            }

            ProviderPlate {
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.px(52)
                initial: page.entry.provider.initial
                ground: page.entry.provider.ground
                ink: page.entry.provider.ink
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, Theme.px(460))
                text: page.entry.provider.name
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }
        }

        EntryField {
            id: field

            anchors.top: title.bottom
            anchors.topMargin: Theme.px(page.letters ? 8 : 12)
            width: parent.width
            height: Theme.px(page.letters ? 96 : 128)
            placeholder: page.entry.keyboard === "buttons" ? page.entry.missing : ""
            name: page.entry.title
            markup: page.entry.valueMarkup
            plain: page.entry.valueText
            wrong: page.entry.wrong
        }

        Row {
            id: remark

            anchors.top: field.bottom
            anchors.topMargin: Theme.px(page.letters ? 8 : 14)
            width: parent.width - (page.letters ? fee.width + Theme.px(24) : 0)
            spacing: Theme.px(12)
            visible: words.text !== ""

            Icon {
                id: alarm

                visible: page.entry.wrong || page.entry.noticed
                anchors.verticalCenter: parent.verticalCenter
                name: "circle-alert"
                tone: page.entry.wrong ? "stop" : "amber"
                size: Theme.px(34)
            }

            Label {
                id: words

                width: parent.width - (alarm.visible ? alarm.width + parent.spacing : 0)
                text: page.entry.wrong ? page.entry.missing : page.entry.hint
                color: page.entry.wrong ? Theme.stop : page.entry.noticed ? Theme.ink : Theme.muted
                font.pixelSize: Theme.textSmall
                font.weight: page.entry.wrong || page.entry.noticed ? Font.DemiBold : Font.Normal
            }
        }

        Label {
            id: fee

            anchors.right: parent.right
            anchors.top: remark.top
            visible: page.letters
            text: page.entry.terms.heading
            font.pixelSize: Theme.textSmall
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
        }

        Card {
            id: whom

            visible: !page.letters
            anchors.top: field.bottom
            anchors.topMargin: Theme.px(68)
            width: aside.visible ? Math.floor((parent.width - Theme.gutter) / 2) : parent.width
            height: Theme.px(112)

            ProviderPlate {
                id: plate

                visible: page.entry.provider.code !== ""
                x: Theme.px(aside.visible ? 18 : 28)
                anchors.verticalCenter: parent.verticalCenter
                initial: page.entry.provider.initial
                ground: page.entry.provider.ground
                ink: page.entry.provider.ink
            }

            Label {
                anchors.left: plate.visible ? plate.right : parent.left
                anchors.leftMargin: Theme.px(aside.visible ? 16 : 24)
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(aside.visible ? 12 : 24)
                height: parent.height - Theme.px(16)
                anchors.verticalCenter: parent.verticalCenter
                verticalAlignment: Text.AlignVCenter
                text: plate.visible ? page.entry.provider.name : page.entry.complete ? qsTr("Operator not known") : qsTr("The number tells the operator")
                color: plate.visible ? Theme.ink : Theme.muted
                font.pixelSize: plate.visible ? Theme.textButton : Theme.textSmall
                font.weight: plate.visible ? Font.DemiBold : Font.Normal
                fits: true
            }
        }

        Tile {
            id: aside

            readonly property bool byHand: page.entry.byHand !== ""

            objectName: aside.byHand ? "by-hand" : "change-over"
            visible: aside.byHand || page.entry.other.code !== ""
            label: aside.byHand ? qsTr("Choose the operator") : qsTr("Change to %1").arg(page.entry.other.name)
            outline: Theme.edge
            anchors.top: whom.top
            anchors.right: parent.right
            width: whom.width
            height: whom.height
            onTapped: aside.byHand ? page.terminal.openCategory(page.entry.byHand) : page.terminal.changeOver(page.entry.other.code)

            ProviderPlate {
                id: otherPlate

                visible: !aside.byHand
                x: Theme.px(18)
                anchors.verticalCenter: parent.verticalCenter
                initial: page.entry.other.initial
                ground: page.entry.other.ground
                ink: page.entry.other.ink
            }

            IconPlate {
                visible: aside.byHand
                x: otherPlate.x
                anchors.verticalCenter: parent.verticalCenter
                size: otherPlate.size
                icon: "layout-grid"
            }

            Label {
                x: otherPlate.x + otherPlate.width + Theme.px(16)
                width: parent.width - x - Theme.px(12)
                height: parent.height - Theme.px(16)
                anchors.verticalCenter: parent.verticalCenter
                verticalAlignment: Text.AlignVCenter
                text: aside.label
                font.pixelSize: Theme.letter(30)
                font.weight: Font.DemiBold
                lineHeight: 0.95
                fits: true
                Accessible.ignored: true
            }
        }

        TermsCard {
            visible: !page.letters && page.entry.terms.heading !== ""
            anchors.top: whom.bottom
            anchors.topMargin: Theme.gutter
            width: parent.width
            terms: page.entry.terms
        }
    }

    Loader {
        id: keys

        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(38)
        width: page.letters ? parent.width : Theme.portrait ? parent.width : Theme.px(500)
        height: page.letters ? Theme.portrait ? Theme.px(600) : parent.height - title.height - field.height - Theme.px(8 + 52 + 38) : Theme.portrait ? Theme.px(620) : parent.height - Theme.px(38)
        sourceComponent: page.entry.keyboard === "buttons" ? choices : page.letters ? letterKeys : digitKeys
    }

    Component {
        id: digitKeys

        Keypad {
            onPressed: character => page.terminal.key(character)
            onErased: page.terminal.erase()
            onCleared: page.terminal.eraseAll()
        }
    }

    Component {
        id: letterKeys

        LetterKeyboard {
            latin: page.entry.keyboard === "latin"
            onPressed: character => page.terminal.key(character)
            onErased: page.terminal.erase()
            onCleared: page.terminal.eraseAll()
        }
    }

    Component {
        id: choices

        OptionList {
            options: page.entry.options
            chosen: page.entry.valueText
            onChosenOption: option => page.terminal.choose(option)
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            onBack: page.terminal.goBack()
            onHome: page.terminal.goHome()

            PrimaryButton {
                objectName: "forward"
                anchors.right: parent.right
                label: page.entry.optional && page.entry.valueText === "" ? qsTr("Skip") : qsTr("Next")
                enabled: page.entry.complete
                missing: page.entry.complete ? "" : page.entry.wrong ? qsTr("Correct the field to go on") : page.entry.missing
                onTapped: page.terminal.goForward()
            }
        }
    ]
}
