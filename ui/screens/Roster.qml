pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// For whom payments are taken here: each provider with its legal name and tax number, page by page.
Page {
    id: page

    readonly property RosterSection roster: page.terminal.roster

    Title {
        id: title

        width: parent.width
        height: Theme.px(64)
        verticalAlignment: Text.AlignVCenter
        text: qsTr("For whom we take payments")
        fits: true
    }

    Card {
        anchors.top: title.bottom
        anchors.topMargin: Theme.px(12)
        anchors.bottom: parent.bottom
        width: parent.width

        Column {
            id: list

            readonly property int rowHeight: Math.floor((parent.height - Theme.px(24)) / 7)

            x: Theme.px(32)
            y: Theme.px(12)
            width: parent.width - 2 * x

            Repeater {
                model: page.roster.payees

                Item {
                    id: row

                    required property var modelData
                    required property int index

                    width: list.width
                    height: Math.min(list.rowHeight, Theme.px(150))

                    Rectangle {
                        visible: row.index > 0
                        width: parent.width
                        height: Theme.hairline
                        color: Theme.line
                    }

                    Column {
                        anchors.left: parent.left
                        anchors.right: number.left
                        anchors.rightMargin: Theme.px(24)
                        anchors.verticalCenter: parent.verticalCenter

                        Label {
                            width: parent.width
                            text: row.modelData.name
                            font.pixelSize: Theme.textSmall
                            font.weight: Font.DemiBold
                            wrapMode: Text.NoWrap
                            fontSizeMode: Text.HorizontalFit
                        }

                        Label {
                            width: parent.width
                            text: row.modelData.legalName
                            color: Theme.muted
                            font.pixelSize: Theme.textSmall
                            wrapMode: Text.NoWrap
                            fontSizeMode: Text.HorizontalFit
                        }
                    }

                    Label {
                        id: number

                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.px(Theme.portrait ? 340 : 400)
                        horizontalAlignment: Text.AlignRight
                        text: qsTr("Tax No. %1").arg(row.modelData.inn)
                        font.pixelSize: Theme.textSmall
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit
                    }
                }
            }
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            onBack: page.terminal.goBack()
            onHome: page.terminal.goHome()

            Pager {
                anchors.right: parent.right
                pageText: page.roster.pageText
                hasPrevious: page.roster.hasPrevious
                hasNext: page.roster.hasNext
                onPrevious: page.terminal.previousPage()
                onNext: page.terminal.nextPage()
            }
        }
    ]
}
