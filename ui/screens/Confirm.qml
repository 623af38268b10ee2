pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// The check before money: what was typed in large groups, the fee and the limits beside it. A long form
// takes the whole width and keeps the terms in a strip below.
Page {
    id: page

    readonly property ConfirmSection confirm: page.terminal.confirm
    readonly property bool few: page.confirm.few
    readonly property bool many: page.confirm.many

    readonly property bool compact: page.many || page.confirm.answered
    readonly property bool crowded: page.confirm.answered && !page.few && !page.many && Theme.large && !Theme.portrait

    step: 2

    Title {
        id: title

        width: parent.width
        height: Theme.px(64)
        fits: true
        verticalAlignment: Text.AlignVCenter
        text: qsTr("Check before you pay")
    }

    Card {
        id: card

        anchors.top: title.bottom
        anchors.topMargin: Theme.px(12)
        width: Theme.portrait || page.many ? parent.width : parent.width - Theme.px(520)
        height: Theme.portrait ? Theme.px(page.many ? 900 : 620) : parent.height - title.height - Theme.px(12)

        ProviderPlate {
            id: plate

            x: Theme.px(36)
            y: Theme.px(page.compact ? 20 : 30)
            size: page.compact ? Theme.px(64) : Theme.plateLarge
            initial: page.confirm.provider.initial
            ground: page.confirm.provider.ground
            ink: page.confirm.provider.ink
        }

        Label {
            anchors.left: plate.right
            anchors.leftMargin: Theme.px(24)
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(30)
            anchors.verticalCenter: plate.verticalCenter
            height: plate.height
            verticalAlignment: Text.AlignVCenter
            text: page.confirm.provider.name
            font.pixelSize: Theme.letter(page.many ? 36 : 40)
            font.weight: Font.DemiBold
            fits: true
        }

        Rectangle {
            id: rule

            x: Theme.px(36)
            anchors.top: plate.bottom
            anchors.topMargin: Theme.px(page.crowded ? 10 : page.compact ? 18 : 28)
            width: card.width - 2 * x
            height: Theme.hairline
            color: Theme.line
        }

        Item {
            id: room

            anchors.top: rule.bottom
            anchors.bottom: foot.top
            x: Theme.px(36)
            width: parent.width - 2 * x

            FieldSheet {
                id: sheet

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width
                fields: page.confirm.fields
                few: page.few
                many: page.many
                beside: page.crowded
            }
        }

        Column {
            id: foot

            x: Theme.px(20)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(20)
            width: parent.width - 2 * x
            spacing: Theme.px(12)

            Repeater {
                model: page.many || page.confirm.unchecked ? [] : page.terminal.banners

                Chip {
                    required property var modelData

                    width: foot.width
                    maximumWidth: foot.width
                    icon: modelData.icon
                    text: Theme.large ? modelData.brief : modelData.text
                }
            }

            Rectangle {
                width: parent.width
                visible: page.many || page.confirm.unchecked || page.terminal.banners.length === 0
                height: counsel.height + Theme.px(sheet.dense || page.crowded ? 16 : page.many ? 28 : 36)
                radius: Theme.px(22)
                color: page.many || page.confirm.unchecked ? Theme.warmPaper : Theme.brandSoft

                Icon {
                    id: shield

                    visible: !page.many && !page.confirm.unchecked
                    x: Theme.px(24)
                    anchors.verticalCenter: parent.verticalCenter
                    name: "shield-check"
                    tone: "brand"
                    size: Theme.px(48)
                }

                Icon {
                    visible: !page.many && page.confirm.unchecked
                    x: shield.x
                    anchors.verticalCenter: parent.verticalCenter
                    name: "circle-alert"
                    tone: "amber"
                    size: shield.size
                }

                Label {
                    id: counsel

                    objectName: "confirm:counsel"

                    anchors.left: page.many ? parent.left : shield.right
                    anchors.leftMargin: Theme.px(20)
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.px(20)
                    anchors.verticalCenter: parent.verticalCenter
                    text: page.many && page.confirm.unchecked ? page.confirm.counsel + ". " + page.confirm.terms.heading + ". " + page.confirm.terms.limitsBrief : sheet.dense ? page.confirm.terms.heading + ". " + page.confirm.terms.limitsBrief : page.many ? page.confirm.terms.heading + ". " + page.confirm.terms.limits + " " + page.confirm.terms.noChange : page.confirm.counsel
                    font.pixelSize: sheet.dense ? Theme.px(28) : Theme.textSmall
                }
            }
        }
    }

    TermsCard {
        id: terms

        visible: !page.many
        anchors.top: Theme.portrait ? card.bottom : card.top
        anchors.topMargin: Theme.portrait ? Theme.gutter : 0
        anchors.right: parent.right
        width: Theme.portrait ? parent.width : Theme.px(500)
        terms: page.confirm.terms
        full: !Theme.large
    }

    Card {
        id: receiver

        visible: !page.many
        anchors.top: terms.bottom
        anchors.topMargin: Theme.gutter
        anchors.bottom: Theme.portrait ? undefined : card.bottom
        anchors.right: parent.right
        width: terms.width
        height: Theme.portrait ? answer.height + 2 * answer.y : undefined

        Column {
            id: answer

            x: Theme.px(32)
            y: Theme.px(Theme.large ? 8 : 24)
            width: parent.width - 2 * x
            spacing: Theme.px(Theme.large ? 0 : 6)

            Label {
                width: parent.width
                text: qsTr("Receiver")
                color: Theme.muted
                font.pixelSize: Theme.px(28)
            }

            Label {
                width: parent.width
                visible: page.confirm.terms.receiver !== ""
                text: page.confirm.terms.receiver
                font.pixelSize: Theme.large ? Theme.px(30) : Theme.textBody
                font.weight: Font.DemiBold
            }

            Label {
                width: parent.width
                visible: page.confirm.terms.receiverPhone !== ""
                text: qsTr("Phone %1").arg(page.confirm.terms.receiverPhone)
                font.pixelSize: Theme.px(28)
            }

            Label {
                width: parent.width
                visible: page.confirm.terms.demoLegal
                text: qsTr("Demo: the receiver's details are invented")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            backLabel: qsTr("Change")
            onBack: page.terminal.goBack()
            onHome: page.terminal.goHome()

            PrimaryButton {
                objectName: "forward"
                anchors.right: parent.right
                width: Math.min(Theme.px(540), parent.width)
                label: qsTr("Right, insert cash")
                onTapped: page.terminal.goForward()
            }
        }
    ]
}
