pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.viewmodels

// What the customer must know before the first note: fee, limits, no change; optionally who answers.
Rectangle {
    id: card

    required property TermsSection terms
    property bool full: false

    implicitHeight: content.height + Theme.px(44)
    radius: Theme.cornerLarge
    color: Theme.warmPaper

    Column {
        id: content

        x: Theme.px(32)
        y: Theme.px(22)
        width: card.width - 2 * x
        spacing: Theme.px(10)

        Label {
            width: parent.width
            text: card.terms.heading
            font.weight: Font.Bold
        }

        Column {
            width: parent.width
            visible: card.terms.bands.length > 0
            spacing: Theme.px(2)

            Repeater {
                model: card.terms.bands

                Row {
                    id: band

                    required property var modelData

                    width: content.width

                    Label {
                        id: reach

                        width: Math.min(Theme.px(card.full ? 226 : 300), content.width * 0.46)
                        text: band.modelData.reach
                        font.pixelSize: Theme.textSmall
                    }

                    Label {
                        width: content.width - reach.width
                        text: band.modelData.fee
                        font.pixelSize: Theme.textSmall
                        font.weight: Font.DemiBold
                    }
                }
            }
        }

        Label {
            width: parent.width
            text: card.terms.limits + " " + card.terms.noChange
            font.pixelSize: Theme.textSmall
            lineHeight: 1.04
        }

        Rectangle {
            visible: card.full && card.terms.supplier !== ""
            width: parent.width
            height: Theme.hairline
            color: Theme.warm
        }

        Label {
            visible: card.full && card.terms.supplier !== ""
            width: parent.width
            text: qsTr("Receiver: %1").arg(card.terms.supplier)
            font.pixelSize: Theme.textSmall
        }

        Label {
            visible: card.full && card.terms.demoLegal
            width: parent.width
            text: qsTr("Demo: the receiver's details are invented")
            color: Theme.muted
            font.pixelSize: Theme.textSmall
        }
    }
}
