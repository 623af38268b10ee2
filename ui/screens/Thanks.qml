pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// The end of a payment: what was credited to whom, how far it has come, where the receipt is.
Page {
    id: page

    readonly property ResultSection result: page.terminal.result
    readonly property bool done: page.result.delivery === "accepted" || page.result.delivery === "credited"
    readonly property bool refused: page.result.delivery === "refused"
    readonly property bool noSlip: page.result.slip === "failed"
    readonly property bool roomy: page.result.disputed === "" && !page.noSlip

    step: 5

    Card {
        id: card

        width: Theme.portrait ? parent.width : parent.width - slip.width - Theme.px(30)
        height: Theme.portrait ? Theme.px(700) : parent.height

        Rectangle {
            id: seal

            x: Theme.px(44)
            y: Theme.px(page.roomy ? 44 : 32)
            width: Theme.px(112)
            height: width
            radius: width / 2
            color: page.done ? Theme.action : page.refused ? Theme.stop : Theme.brand

            Icon {
                anchors.centerIn: parent
                name: page.done ? "check" : page.refused ? "x" : "clock"
                tone: "white"
                size: Theme.px(68)
            }
        }

        Column {
            id: head

            y: Math.max(Theme.px(16), seal.y + (seal.height - height) / 2)
            anchors.left: seal.right
            anchors.leftMargin: Theme.px(30)
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(30)

            Title {
                objectName: "result:headline"
                width: parent.width
                text: page.result.headline
                font.pixelSize: Theme.letter(page.done ? 56 : 44)
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }

            Label {
                objectName: "result:explanation"
                width: parent.width
                text: page.result.explanation
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
        }

        Column {
            id: sum

            x: Theme.px(44)
            width: parent.width - 2 * x
            y: Math.max(seal.y + seal.height + Theme.px(page.roomy ? 36 : 20), head.y + head.height + Theme.px(page.roomy ? 12 : 4))

            Label {
                objectName: "result:credited"
                width: parent.width
                text: page.result.credited
                color: page.refused ? Theme.ink : Theme.actionDark
                font.pixelSize: Theme.large && !page.roomy ? Theme.textMoney : Theme.textHero
                font.weight: Font.Bold
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }

            Label {
                width: parent.width
                text: page.result.provider.name + ", " + page.result.account
                font.pixelSize: Theme.textButton
                font.weight: Font.DemiBold
                maximumLineCount: 2
                fontSizeMode: Text.HorizontalFit
            }
        }

        Rectangle {
            id: rule

            x: Theme.px(44)
            anchors.top: sum.bottom
            anchors.topMargin: Theme.px(page.roomy ? 28 : Theme.large ? 10 : 18)
            width: parent.width - 2 * x
            height: Theme.hairline
            color: Theme.line
        }

        Column {
            x: Theme.px(44)
            width: parent.width - 2 * x
            anchors.top: rule.bottom
            anchors.topMargin: Theme.px(page.roomy ? 26 : Theme.large ? 8 : 14)
            spacing: Theme.px(Theme.large ? 6 : page.roomy ? 16 : 13)

            Fact {
                width: parent.width
                name: qsTr("Inserted")
                value: page.result.inserted
                valueName: "result:inserted"
            }

            Fact {
                width: parent.width
                name: qsTr("Fee")
                value: page.result.fee
                valueName: "result:fee"
            }

            Fact {
                width: parent.width
                name: qsTr("Payment No.")
                value: page.result.paymentNumber
                valueName: "result:number"
            }

            Fact {
                width: parent.width
                name: qsTr("Time")
                value: page.result.formedAt
                valueName: "result:time"
            }

            Chip {
                visible: page.noSlip && page.result.disputed === ""
                width: parent.width
                icon: "info"
                text: qsTr("Take a photo of this screen. Questions: %1").arg(page.terminal.hotline)
            }

            Chip {
                visible: page.result.disputed !== ""
                width: parent.width
                icon: "circle-alert"
                text: page.result.disputed
            }
        }
    }

    Rectangle {
        id: slip

        anchors.right: parent.right
        anchors.top: Theme.portrait ? card.bottom : parent.top
        anchors.topMargin: Theme.portrait ? Theme.gutter : 0
        anchors.bottom: parent.bottom
        width: Theme.portrait ? parent.width : Theme.px(page.noSlip ? 480 : 440)
        radius: Theme.cornerLarge
        color: page.noSlip ? Theme.warmPaper : page.result.slip === "printed" ? Theme.mint : Theme.brandSoft

        Column {
            id: slipHead

            x: Theme.px(30)
            width: parent.width - 2 * x
            y: page.noSlip ? Theme.px(24) : Math.round((parent.height - height) / 2 - Theme.px(64))
            spacing: Theme.px(page.noSlip ? 6 : 12)

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !page.noSlip
                name: page.result.slip === "printed" ? "receipt-text" : "printer"
                tone: page.result.slip === "printed" ? "action" : "brand"
                size: Theme.px(132)
            }

            Label {
                objectName: "result:slip"
                width: parent.width
                topPadding: Theme.px(page.noSlip ? 0 : 16)
                horizontalAlignment: Text.AlignHCenter
                text: page.noSlip ? qsTr("No receipt was printed") : page.result.slip === "printed" ? qsTr("Take your receipt") : qsTr("Printing the receipt")
                color: page.noSlip ? Theme.ink : page.result.slip === "printed" ? Theme.actionDark : Theme.brand
                font.pixelSize: Theme.letter(page.noSlip ? 36 : 44)
                font.weight: Font.Bold
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: page.noSlip ? qsTr("Touch it to enlarge") : page.result.slip === "printed" ? (page.result.delivery === "refused" ? qsTr("You will need it for the refund. Questions: %1") : page.result.delivery === "credited" ? qsTr("Keep it, just in case. Questions: %1") : qsTr("Keep it until the money arrives. Questions: %1")).arg(page.terminal.hotline) : qsTr("Wait a moment, do not pull the paper")
                font.pixelSize: Theme.letter(page.noSlip ? 28 : 30)
                lineHeight: page.noSlip ? 1 : 1.15
            }
        }

        Tile {
            visible: page.noSlip
            enabled: page.noSlip
            objectName: page.noSlip ? "show-receipt" : ""
            label: qsTr("Show it larger")
            x: Theme.px(24)
            width: parent.width - 2 * x
            anchors.top: slipHead.bottom
            anchors.topMargin: Theme.px(10)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(20)
            onTapped: sheet.visible = true

            SlipPaper {
                anchors.fill: parent
                text: page.result.slipText
            }
        }

        QuietButton {
            visible: !page.noSlip
            objectName: page.noSlip ? "" : "show-receipt"
            x: Theme.px(30)
            width: parent.width - 2 * x
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(40)
            label: qsTr("Show the receipt")
            icon: "receipt-text"
            onTapped: sheet.visible = true
        }
    }

    actions: [
        Row {
            id: more

            readonly property int each: Math.floor((parent.width - done.width - 2 * Theme.px(20)) / 2)

            spacing: Theme.px(20)

            QuietButton {
                objectName: "again"
                width: more.each
                textSize: Theme.textSmall
                label: qsTr("Same service")
                onTapped: page.terminal.again()
            }

            QuietButton {
                objectName: "another"
                width: more.each
                textSize: Theme.textSmall
                label: qsTr("Another service")
                onTapped: page.terminal.another()
            }
        },
        PrimaryButton {
            id: done

            objectName: "finish"
            anchors.right: parent.right
            width: Theme.portrait ? Theme.px(330) : slip.width
            icon: "check"
            label: qsTr("Done")
            onTapped: page.terminal.finish()
        }
    ]

    overlay: SlipSheet {
        id: sheet

        anchors.fill: parent
        visible: false
        text: page.result.slipText
        onClosed: sheet.visible = false
    }
}
