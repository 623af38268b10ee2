pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// Cash goes in: inserted, fee, to be credited; each note with its state; what is missing, what is left.
Page {
    id: page

    readonly property MoneySection money: page.terminal.money
    readonly property bool banded: page.money.bands.length > 0

    step: 3

    Title {
        id: title

        width: Theme.portrait ? parent.width : card.width
        height: Theme.px(64)
        verticalAlignment: Text.AlignVCenter
        text: page.money.headline
        fits: true
    }

    Card {
        id: card

        anchors.top: title.bottom
        anchors.topMargin: Theme.px(12)
        anchors.bottom: Theme.portrait ? undefined : accept.top
        anchors.bottomMargin: Theme.px(18)
        width: Theme.portrait ? parent.width : parent.width - Theme.px(460)
        height: Theme.portrait ? Theme.px(440) : undefined

        ProviderPlate {
            id: plate

            x: Theme.px(36)
            y: Theme.px(page.banded ? 16 : 24)
            size: page.banded ? Theme.px(66) : Theme.plate
            initial: page.money.provider.initial
            ground: page.money.provider.ground
            ink: page.money.provider.ink
        }

        Column {
            anchors.left: plate.right
            anchors.leftMargin: Theme.px(20)
            anchors.right: owed.left
            anchors.rightMargin: Theme.px(owed.visible ? 20 : 0)
            anchors.verticalCenter: plate.verticalCenter

            Label {
                width: parent.width
                text: page.money.provider.name
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }

            Label {
                objectName: "money:account"
                width: parent.width
                text: page.money.account
                font.pixelSize: Theme.textButton
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }
        }

        Column {
            id: owed

            anchors.right: parent.right
            anchors.rightMargin: Theme.px(36)
            anchors.verticalCenter: plate.verticalCenter
            width: visible ? Theme.px(230) : 0
            visible: page.money.debt !== ""

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignRight
                text: qsTr("To be paid")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }

            Label {
                objectName: "money:debt"
                width: parent.width
                horizontalAlignment: Text.AlignRight
                text: page.money.debt
                font.pixelSize: Theme.textButton
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }
        }

        Rectangle {
            id: rule

            x: Theme.px(36)
            anchors.top: plate.bottom
            anchors.topMargin: Theme.px(page.banded ? 12 : 20)
            width: parent.width - 2 * x
            height: Theme.hairline
            color: Theme.line
        }

        Column {
            x: Theme.px(36)
            width: parent.width - 2 * x
            anchors.top: rule.bottom
            anchors.bottom: goal.top
            spacing: page.banded ? Theme.px(10) : 0
            topPadding: Math.max(0, (height - lines.height - bands.height - spacing) / 2)

            Column {
                id: lines

                readonly property int lineHeight: Theme.px(page.banded ? 60 : 68)

                width: parent.width

                SumLine {
                    width: parent.width
                    height: lines.lineHeight
                    name: qsTr("Inserted")
                    sum: page.money.inserted
                    sumName: "money:inserted"
                }

                SumLine {
                    width: parent.width
                    height: lines.lineHeight
                    name: page.money.feeLabel
                    sum: page.money.fee
                    sumName: "money:fee"
                }
            }

            Row {
                id: bands

                width: parent.width
                height: page.banded ? Theme.px(78) : 0
                visible: page.banded
                spacing: Theme.px(10)

                Repeater {
                    model: page.money.bands

                    Rectangle {
                        id: band

                        required property var modelData

                        width: Math.floor((bands.width - (page.money.bands.length - 1) * bands.spacing) / page.money.bands.length)
                        height: bands.height - Theme.px(4)
                        radius: Theme.px(16)
                        color: band.modelData.current ? Theme.brandSoft : Theme.paper
                        border.width: band.modelData.current ? Theme.border : Theme.hairline
                        border.color: band.modelData.current ? Theme.brand : Theme.line

                        Column {
                            anchors.centerIn: parent
                            width: parent.width - Theme.px(20)

                            Label {
                                width: parent.width
                                horizontalAlignment: Text.AlignHCenter
                                text: band.modelData.reach
                                color: band.modelData.current ? Theme.ink : Theme.muted
                                font.pixelSize: Theme.letter(Theme.large ? 22 : 26)
                                wrapMode: Text.NoWrap
                                fontSizeMode: Text.HorizontalFit
                            }

                            Label {
                                objectName: band.modelData.current ? "money:band" : ""
                                width: parent.width
                                horizontalAlignment: Text.AlignHCenter
                                text: band.modelData.fee
                                color: band.modelData.current ? Theme.brand : Theme.muted
                                font.pixelSize: Theme.letter(Theme.large ? 22 : 26)
                                font.weight: band.modelData.current ? Font.Bold : Font.Normal
                                wrapMode: Text.NoWrap
                                fontSizeMode: Text.HorizontalFit
                            }
                        }
                    }
                }
            }
        }

        Rectangle {
            id: goal

            x: Theme.px(20)
            width: parent.width - 2 * x
            height: Theme.px(page.banded ? 108 : 128)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(page.banded ? 16 : 20)
            radius: Theme.px(22)
            color: Theme.mint

            Label {
                id: goalName

                x: Theme.px(24)
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("To be credited")
                color: Theme.actionDark
                font.pixelSize: Theme.letter(40)
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
            }

            RollingLabel {
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(24)
                anchors.verticalCenter: parent.verticalCenter
                room: goal.width - goalName.width - Theme.px(68)
                name: "money:credited"
                text: page.money.credited
                color: Theme.actionDark
                size: Theme.textMoney
            }
        }
    }

    Card {
        id: notes

        anchors.top: Theme.portrait ? card.bottom : parent.top
        anchors.topMargin: Theme.portrait ? Theme.gutter : 0
        anchors.bottom: accept.top
        anchors.bottomMargin: Theme.px(18)
        anchors.right: parent.right
        width: Theme.portrait ? parent.width : Theme.px(430)

        Label {
            id: notesTitle

            x: Theme.px(32)
            y: Theme.px(Theme.large ? 12 : 24)
            width: parent.width - 2 * x
            text: qsTr("Notes")
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
        }

        Column {
            id: list

            x: Theme.px(20)
            width: parent.width - 2 * x
            anchors.top: notesTitle.bottom
            anchors.topMargin: Theme.px(Theme.large ? 8 : 16)
            spacing: Theme.px(10)

            Repeater {
                model: page.money.notes

                NoteRow {
                    required property var modelData

                    width: list.width
                    note: modelData
                }
            }
        }

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.px(64)
            spacing: Theme.px(20)
            visible: page.money.empty

            IconPlate {
                anchors.horizontalCenter: parent.horizontalCenter
                icon: "banknote"
                size: Theme.px(124)
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Put the first note into the slot below the screen")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
        }
    }

    Rectangle {
        id: accept

        anchors.bottom: remarks.top
        anchors.bottomMargin: Theme.px(12)
        width: parent.width
        height: Theme.px(92)
        radius: Theme.corner
        color: page.money.intake === "closed" ? Theme.warmPaper : Theme.brandSoft

        Label {
            id: acceptLabel

            x: Theme.px(32)
            anchors.verticalCenter: parent.verticalCenter
            text: page.money.acceptLabel
            color: page.money.intake === "closed" ? Theme.ink : Theme.muted
            font.pixelSize: Theme.textSmall
            font.weight: page.money.intake === "closed" ? Font.DemiBold : Font.Normal
            wrapMode: Text.NoWrap
        }

        Row {
            anchors.left: acceptLabel.right
            anchors.leftMargin: Theme.px(20)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(Theme.large ? 6 : Theme.portrait ? 10 : 14) // eight faces and the longest word in one line
            visible: page.money.intake !== "closed"
            opacity: page.money.intake === "open" ? 1 : 0.5

            Repeater {
                model: page.money.denominations

                Rectangle {
                    id: chip

                    required property var modelData

                    width: worth.implicitWidth + Theme.px(Theme.large ? 22 : Theme.portrait ? 28 : 40)
                    height: Theme.px(60)
                    radius: Theme.px(16)
                    color: chip.modelData.taken ? Theme.card : "transparent"
                    border.width: chip.modelData.taken ? 0 : Theme.hairline
                    border.color: Theme.line

                    Label {
                        id: worth

                        anchors.centerIn: parent
                        text: chip.modelData.face
                        color: chip.modelData.taken ? Theme.ink : Theme.muted
                        font.pixelSize: Theme.letter(Theme.large ? 26 : 30)
                        font.weight: chip.modelData.taken ? Font.Bold : Font.Normal
                        font.strikeout: !chip.modelData.taken
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }

    Item {
        id: remarks

        anchors.bottom: parent.bottom
        anchors.bottomMargin: -Theme.px(8)
        width: parent.width
        height: Theme.px(40)

        Label {
            objectName: "money:room"
            visible: page.money.canLeave
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - Theme.px(600)
            text: page.money.room
            font.pixelSize: Theme.textSmall
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            canGoBack: page.money.canLeave
            canGoHome: false
            onBack: page.terminal.goBack()

            Column {
                visible: !page.money.canLeave
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.px(12)
                width: parent.width - pay.width - Theme.px(40)
                spacing: Theme.px(4)

                Label {
                    objectName: "money:room"
                    width: parent.width
                    text: page.money.room
                    font.pixelSize: Theme.textSmall
                    font.weight: Font.DemiBold
                    wrapMode: Theme.large && !Theme.portrait ? Text.NoWrap : Text.WordWrap
                    fontSizeMode: Theme.large && !Theme.portrait ? Text.HorizontalFit : Text.FixedSize
                }

                Label {
                    width: parent.width
                    text: qsTr("If you walk away, the money still goes to this account.")
                    color: Theme.muted
                    font.pixelSize: Theme.px(28)
                }
            }

            PrimaryButton {
                id: pay

                objectName: "pay"
                anchors.right: parent.right
                width: Theme.px(580)
                icon: "check"
                label: page.money.payLabel
                enabled: page.money.canPay
                missing: page.money.missing
                onTapped: page.terminal.pay()
            }
        }
    ]
}
