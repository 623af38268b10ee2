pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// Nobody is there: what can be paid here and with what. Any touch begins, and does nothing else. The picture
// shifts by a few pixels now and then, so that nothing burns into the panel.
Item {
    id: page

    required property TerminalViewModel terminal
    readonly property HomeSection home: page.terminal.home
    readonly property int columns: Theme.portrait ? 2 : 4
    readonly property int places: 8 - (page.home.more ? 1 : 0)
    readonly property bool limited: page.terminal.banners.length > 0
    readonly property var slides: page.terminal.brand.slides
    property int drift: 0
    property int turn: 0 // 0: the house's own words, then the operator's slides
    readonly property var slide: page.turn > 0 ? page.slides[page.turn - 1] : null

    Timer {
        interval: 60000
        running: true
        repeat: true
        onTriggered: page.drift = (page.drift + 1) % 4
    }

    Timer {
        interval: 8000
        running: page.slides.length > 0
        repeat: true
        onTriggered: page.turn = (page.turn + 1) % (page.slides.length + 1)
    }

    Pressable {
        anchors.fill: parent
        objectName: "begin"
        label: qsTr("Touch the screen to begin")
        onTapped: page.terminal.begin()
    }

    Item {
        x: Theme.margin + Theme.px(page.drift % 2 * 4)
        y: Theme.px(28 + (page.drift > 1 ? 4 : 0))
        width: page.width - 2 * Theme.margin - Theme.px(4)
        height: page.height - Theme.px(28 + 40)

        Rectangle {
            id: hero

            width: parent.width
            height: Theme.px(Theme.portrait ? 520 : 320)
            radius: Theme.cornerLarge
            color: Theme.brand

            IconPlate {
                id: plate

                visible: page.turn === 0
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(52)
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.px(190)
                ground: Theme.brandRaised
                icon: "wallet"
                tone: "white"
            }

            BrandSlide {
                readonly property string spoken: page.terminal.manner.language

                anchors.fill: parent
                visible: page.slide !== null
                image: page.slide?.image ?? ""
                title: page.slide?.titles[spoken] ?? ""
                text: page.slide?.texts[spoken] ?? ""
            }

            Column {
                visible: page.turn === 0
                anchors.left: parent.left
                anchors.leftMargin: Theme.px(52)
                anchors.right: plate.left
                anchors.rightMargin: Theme.px(36)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.px(14)

                Title {
                    width: parent.width
                    height: Theme.px(190)
                    verticalAlignment: Text.AlignBottom
                    text: qsTr("Pay for anything with cash")
                    color: Theme.card
                    font.pixelSize: Theme.textMoney
                    lineHeight: 0.95
                    fits: true
                }

                Label {
                    width: parent.width
                    text: page.home.notes
                    color: Theme.onBrandMuted
                    font.pixelSize: Theme.letter(34)
                }
            }
        }

        Grid {
            id: kinds

            readonly property int cell: Math.floor((parent.width - (page.columns - 1) * Theme.gutter) / page.columns)

            anchors.top: hero.bottom
            anchors.topMargin: Theme.gutter
            columns: page.columns
            spacing: Theme.gutter

            Repeater {
                model: page.home.categories.slice(0, page.places).concat(page.home.more ? [
                    {
                        "icon": "layout-grid",
                        "title": qsTr("All services")
                    }
                ] : [])

                Card {
                    id: kind

                    required property var modelData

                    width: kinds.cell
                    height: Theme.px(Theme.portrait ? 170 : page.limited ? 124 : 150)

                    IconPlate {
                        id: sign

                        x: Theme.px(12)
                        anchors.verticalCenter: parent.verticalCenter
                        size: Theme.px(56)
                        icon: kind.modelData.icon
                    }

                    Label {
                        anchors.left: sign.right
                        anchors.leftMargin: Theme.px(12)
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.px(12)
                        anchors.verticalCenter: parent.verticalCenter
                        height: parent.height - Theme.px(16)
                        verticalAlignment: Text.AlignVCenter
                        text: kind.modelData.title
                        font.pixelSize: Theme.textSmall
                        font.weight: Font.DemiBold
                        lineHeight: 0.95
                        fits: true
                    }
                }
            }
        }

        Row {
            anchors.top: kinds.bottom
            anchors.topMargin: Theme.gutter
            spacing: Theme.px(12)

            Repeater {
                model: page.terminal.banners

                Chip {
                    required property var modelData

                    icon: modelData.icon
                    text: page.terminal.banners.length === 1 ? modelData.text : modelData.brief
                }
            }
        }

        Row {
            id: call

            anchors.left: parent.left
            anchors.bottom: parent.bottom
            height: Theme.actionHeight
            spacing: Theme.px(20)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "hand"
                tone: "brand"
                size: Theme.px(64)
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                width: page.width - 2 * Theme.margin - tongues.width - Theme.px(84 + 36)
                text: qsTr("Touch the screen to begin")
                color: Theme.brand
                font.pixelSize: Theme.letter(40)
                font.weight: Font.Bold
                lineHeight: 0.95
            }
        }

        Row {
            id: tongues

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            spacing: Theme.px(16)

            Repeater {
                model: page.terminal.manner.languages

                QuietButton {
                    required property var modelData

                    objectName: "attract-language:" + modelData.code
                    label: modelData.name
                    width: Theme.px(Theme.portrait ? 176 : 190)
                    textSize: Theme.letter(30)
                    onTapped: {
                        page.terminal.chooseLanguage(modelData.code);
                        page.terminal.begin();
                    }
                }
            }
        }
    }
}
