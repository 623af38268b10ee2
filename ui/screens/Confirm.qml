pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The check before money: large groups of what was typed, the fee and the limits beside it.
Page {
    id: page

    readonly property var confirm: page.terminal.confirm
    readonly property bool few: page.confirm.fields.length <= 2
    readonly property bool many: page.confirm.fields.length > 4

    step: 2

    Title {
        id: title

        height: Theme.px(64)
        verticalAlignment: Text.AlignVCenter
        text: qsTr("Check before you pay")
    }

    Card {
        id: card

        anchors.top: title.bottom
        anchors.topMargin: Theme.px(12)
        width: Theme.portrait ? parent.width : parent.width - Theme.px(480)
        height: Theme.portrait ? Theme.px(620) : parent.height - title.height - Theme.px(12)

        ProviderPlate {
            id: plate

            x: Theme.px(36)
            y: Theme.px(30)
            size: Theme.plateLarge
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
            font.pixelSize: Theme.textButton
            font.weight: Font.DemiBold
            fits: true
        }

        Rectangle {
            id: rule

            x: Theme.px(36)
            anchors.top: plate.bottom
            anchors.topMargin: Theme.px(28)
            width: card.width - 2 * x
            height: Theme.hairline
            color: Theme.line
        }

        Grid {
            id: fields

            readonly property int cell: Math.floor((card.width - Theme.px(72) - (columns - 1) * columnSpacing) / columns)

            x: Theme.px(36)
            anchors.top: rule.bottom
            anchors.topMargin: Theme.px(page.many ? 16 : 30)
            columns: page.many ? 2 : 1
            columnSpacing: Theme.px(24)
            rowSpacing: Theme.px(page.few ? 26 : page.many ? 8 : 14)

            Repeater {
                model: page.confirm.fields

                Column {
                    id: item

                    required property var modelData

                    width: fields.cell

                    Label {
                        width: parent.width
                        text: item.modelData.title
                        color: Theme.muted
                        font.pixelSize: Theme.textSmall
                        wrapMode: page.many ? Text.NoWrap : Text.WordWrap
                        fontSizeMode: Text.HorizontalFit
                    }

                    Label {
                        width: parent.width
                        objectName: "confirm:value"
                        text: item.modelData.value
                        font.pixelSize: page.many ? Theme.textSmall : page.few && item.modelData.value.length <= 18 ? Theme.px(56) : item.modelData.value.length <= 32 ? Theme.px(40) : Theme.textBody
                        font.weight: Font.Bold
                        wrapMode: Text.Wrap
                    }
                }
            }
        }
    }

    TermsCard {
        id: terms

        anchors.top: Theme.portrait ? card.bottom : card.top
        anchors.topMargin: Theme.portrait ? Theme.gutter : 0
        anchors.right: parent.right
        width: Theme.portrait ? parent.width : Theme.px(460)
        terms: page.confirm.terms
        full: true
    }

    Column {
        anchors.top: terms.bottom
        anchors.topMargin: Theme.gutter
        anchors.right: parent.right
        width: terms.width
        spacing: Theme.px(12)

        Repeater {
            model: page.terminal.banners

            Chip {
                required property var modelData

                width: terms.width
                maximumWidth: terms.width
                icon: modelData.icon
                text: modelData.text
                ground: Theme.card
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
                width: Theme.px(520)
                label: qsTr("Right, insert cash")
                onTapped: page.terminal.goForward()
            }
        }
    ]
}
