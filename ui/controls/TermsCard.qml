pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.viewmodels

// What the customer must know before the first note: fee, limits, no change; `full` says it at length.
Rectangle {
    id: card

    required property TermsSection terms
    property bool full: false
    readonly property bool narrow: card.width < Theme.px(560)
    readonly property int letters: Theme.px(Theme.large && !card.narrow ? 31 : 28) // two columns have no room for more

    implicitHeight: content.height + 2 * content.y
    radius: Theme.cornerLarge
    color: Theme.warmPaper

    Column {
        id: content

        x: Theme.px(32)
        y: Theme.px(Theme.large ? 10 : 20)
        width: card.width - 2 * x
        spacing: Theme.px(Theme.large ? 5 : 10)

        Label {
            width: parent.width
            text: card.terms.heading
            font.pixelSize: Theme.letter(card.full ? 30 : 32)
            font.weight: Font.Bold
        }

        Column {
            width: parent.width
            visible: card.terms.bands.length > 0
            spacing: Theme.px(Theme.large ? 0 : 2)

            Repeater {
                model: card.terms.bands

                Row {
                    id: band

                    required property var modelData

                    width: content.width

                    Label {
                        id: reach

                        width: Theme.px(card.narrow || card.full ? 238 : Theme.large ? 300 : 250)
                        text: band.modelData.reach
                        font.pixelSize: card.letters
                    }

                    Label {
                        width: content.width - reach.width
                        text: band.modelData.fee
                        font.pixelSize: card.letters
                        font.weight: Font.DemiBold
                    }
                }
            }
        }

        Label {
            width: parent.width
            text: card.full || card.terms.bands.length === 0 ? card.terms.limits + " " + card.terms.noChange : card.terms.limitsBrief
            font.pixelSize: Theme.textSmall
            lineHeight: 1.04
        }
    }
}
