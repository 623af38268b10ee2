pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.viewmodels

// The languages, each in its own script, and how the screen looks; over any screen, closed by one touch.
Rectangle {
    id: sheet

    required property TerminalViewModel terminal
    readonly property bool coversAll: true

    signal closed

    color: Theme.paper

    TapHandler {}

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -Theme.px(50)
        width: Math.min(parent.width - 2 * Theme.margin, Theme.px(900))
        spacing: Theme.gutter

        Title {
            width: parent.width
            bottomPadding: Theme.px(12)
            horizontalAlignment: Text.AlignHCenter
            text: "Тіл  ·  Язык  ·  Language"
        }

        Repeater {
            model: sheet.terminal.manner.languages

            Tile {
                id: choice

                required property var modelData
                readonly property bool spoken: choice.modelData.code === sheet.terminal.manner.language

                objectName: "language:" + choice.modelData.code
                label: choice.modelData.name
                width: parent.width
                height: Theme.px(120)
                ground: choice.spoken ? Theme.mint : Theme.card
                outline: choice.spoken ? Theme.action : Theme.edge
                onTapped: {
                    sheet.terminal.chooseLanguage(choice.modelData.code);
                    sheet.closed();
                }

                Label {
                    anchors.centerIn: parent
                    text: choice.modelData.name
                    font.pixelSize: Theme.textTitle
                    font.weight: Font.Bold
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                Icon {
                    visible: choice.spoken
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.px(36)
                    anchors.verticalCenter: parent.verticalCenter
                    name: "check"
                    tone: "action"
                    size: Theme.px(52)
                }
            }
        }

        Grid {
            id: looks

            readonly property int half: Math.floor((width - spacing) / 2)

            width: parent.width
            topPadding: Theme.px(16)
            columns: 2
            spacing: Theme.gutter

            QuietButton {
                objectName: "contrast"
                width: looks.half
                icon: "contrast"
                label: sheet.terminal.manner.contrast ? qsTr("Usual colours") : qsTr("High contrast")
                textSize: Theme.letter(30)
                onTapped: sheet.terminal.switchContrast()
            }

            QuietButton {
                objectName: "large"
                width: looks.half
                icon: "a-large-small"
                label: sheet.terminal.manner.large ? qsTr("Usual letters") : qsTr("Large letters")
                textSize: Theme.letter(30)
                onTapped: sheet.terminal.switchLarge()
            }

            QuietButton {
                objectName: "low"
                visible: Theme.tall
                width: looks.half
                icon: "accessibility"
                label: sheet.terminal.manner.low ? qsTr("Whole screen") : qsTr("Lower buttons")
                textSize: Theme.letter(30)
                onTapped: sheet.terminal.switchLow()
            }
        }
    }

    QuietButton {
        objectName: "close-languages"
        x: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.actionBottom
        label: qsTr("Close")
        icon: "arrow-left"
        onTapped: sheet.closed()
    }
}
