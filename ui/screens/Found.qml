pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// Payments that were looked up: when, to whom, how much, how far each has come; a copy of the slip of each.
Page {
    id: page

    readonly property CheckSection check: page.terminal.check

    Title {
        id: title

        width: parent.width
        height: Theme.px(64)
        verticalAlignment: Text.AlignVCenter
        text: page.check.rows.length > 0 ? qsTr("Payments that were found") : qsTr("No such payment was found")
        fits: true
    }

    Column {
        id: list

        readonly property int rowHeight: Math.min(Theme.px(Theme.portrait ? 190 : 140), Math.floor((parent.height - title.height - Theme.px(12) - 4 * spacing) / 5))

        anchors.top: title.bottom
        anchors.topMargin: Theme.px(12)
        width: parent.width
        spacing: Theme.px(14)

        Repeater {
            model: page.check.rows

            Card {
                id: row

                required property var modelData

                width: list.width
                height: list.rowHeight

                ProviderPlate {
                    id: plate

                    x: Theme.px(24)
                    anchors.verticalCenter: parent.verticalCenter
                    initial: row.modelData.provider.initial
                    ground: row.modelData.provider.ground
                    ink: row.modelData.provider.ink
                }

                Column {
                    anchors.left: plate.right
                    anchors.leftMargin: Theme.px(20)
                    anchors.right: sums.left
                    anchors.rightMargin: Theme.px(16)
                    anchors.verticalCenter: parent.verticalCenter

                    Label {
                        width: parent.width
                        text: row.modelData.provider.name
                        font.pixelSize: Theme.portrait ? Theme.px(28) : Theme.large ? Theme.textSmall : Theme.textBody
                        font.weight: Font.DemiBold
                        wrapMode: Theme.portrait ? Text.WordWrap : Text.NoWrap
                        fontSizeMode: Theme.portrait ? Text.FixedSize : Text.HorizontalFit
                    }

                    Label {
                        width: parent.width
                        text: row.modelData.account
                        font.pixelSize: Theme.px(28)
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit
                    }

                    Label {
                        width: parent.width
                        text: row.modelData.formed
                        color: Theme.muted
                        font.pixelSize: Theme.px(28)
                        wrapMode: Text.NoWrap
                    }
                }

                Column {
                    id: sums

                    anchors.right: copy.left
                    anchors.rightMargin: Theme.px(20)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.px(Theme.portrait ? 270 : 330)

                    Label {
                        width: parent.width
                        horizontalAlignment: Text.AlignRight
                        text: row.modelData.inserted
                        font.pixelSize: Theme.letter(row.modelData.tone === "disputed" ? 32 : 40) // two lines below it
                        font.weight: Font.Bold
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit
                    }

                    Label {
                        width: parent.width
                        horizontalAlignment: Text.AlignRight
                        text: row.modelData.state
                        color: row.modelData.tone === "done" ? Theme.action : row.modelData.tone === "refused" ? Theme.stop : Theme.ink
                        font.pixelSize: row.modelData.tone === "disputed" ? Theme.px(28) : Theme.textSmall
                        font.weight: Font.DemiBold
                        wrapMode: Theme.portrait ? Text.WordWrap : Text.NoWrap
                        fontSizeMode: Theme.portrait ? Text.FixedSize : Text.HorizontalFit
                    }
                }

                QuietButton {
                    id: copy

                    objectName: "copy:" + row.modelData.number
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.px(20)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.px(296)
                    height: Theme.px(92)
                    textSize: Theme.px(28)
                    icon: row.modelData.copy === "" ? "receipt-text" : row.modelData.copy === "failed" ? "repeat" : "printer"
                    label: row.modelData.copy === "" ? qsTr("Print a copy") : row.modelData.copy === "failed" ? qsTr("Not printed") : row.modelData.copy === "printed" ? qsTr("Take the copy") : qsTr("Printing")
                    enabled: row.modelData.copy === "" || row.modelData.copy === "failed"
                    onTapped: page.terminal.copy(row.modelData.number)
                }
            }
        }
    }

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width, Theme.px(900))
        spacing: Theme.px(28)
        visible: page.check.rows.length === 0

        IconPlate {
            anchors.horizontalCenter: parent.horizontalCenter
            icon: "search"
            size: Theme.px(160)
        }

        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Check the number and the day. A payment made on another terminal is found by its receipt only. Help by phone: %1").arg(page.terminal.hotline)
            font.pixelSize: Theme.letter(34)
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            onBack: page.terminal.goBack()
            onHome: page.terminal.goHome()
        }
    ]
}
