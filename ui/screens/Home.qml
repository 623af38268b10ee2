pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// The start screen: what shall be paid.
Page {
    id: page

    readonly property int columns: Theme.portrait ? 2 : 4
    readonly property int cell: Math.floor((page.width - 2 * Theme.margin - (columns - 1) * Theme.gutter) / columns)
    readonly property HomeSection home: page.terminal.home

    Item {
        id: heading

        width: parent.width
        height: Theme.px(84)

        Title {
            id: title

            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("What shall we pay?")
            font.pixelSize: Theme.letter(52)
        }

        Pressable {
            id: find

            objectName: "search"
            label: qsTr("Find a service, company or tax No.")
            anchors.right: parent.right
            width: 2 * page.cell + Theme.gutter - (Theme.portrait ? title.width + Theme.px(40) : 0)
            height: Theme.px(84)
            onTapped: page.terminal.openSearch()

            Rectangle {
                anchors.fill: parent
                radius: Theme.corner
                color: find.down ? Theme.brandSoft : Theme.card
                border.width: Theme.hairline
                border.color: Theme.edge
            }

            Icon {
                id: glass

                x: Theme.px(24)
                anchors.verticalCenter: parent.verticalCenter
                name: "search"
                tone: "brand"
                size: Theme.px(42)
            }

            Label {
                anchors.left: glass.right
                anchors.leftMargin: Theme.px(18)
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(20)
                height: parent.height
                verticalAlignment: Text.AlignVCenter
                text: find.label
                color: Theme.muted
                font.pixelSize: Theme.letter(30)
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                Accessible.ignored: true
            }
        }
    }

    Tile {
        id: wallet

        anchors.top: heading.bottom
        anchors.topMargin: Theme.px(16)
        visible: page.home.hasWallet
        width: page.home.hasWallet ? 2 * page.cell + Theme.gutter : 0
        height: Theme.px(228)
        objectName: "provider:" + page.home.wallet.code
        label: page.home.wallet.name
        ground: Theme.brand
        groundDown: Theme.brandRaised
        outline: Theme.brand
        onTapped: page.terminal.openProvider(page.home.wallet.code)

        IconPlate {
            id: purse

            anchors.right: parent.right
            anchors.rightMargin: Theme.px(36)
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.px(124)
            ground: Theme.brandRaised
            icon: "wallet"
            tone: "white"
        }

        Column {
            x: Theme.px(36)
            anchors.verticalCenter: parent.verticalCenter
            width: purse.x - x - Theme.px(20)
            spacing: Theme.px(8)

            Label {
                width: parent.width
                text: page.home.wallet.name
                color: Theme.card
                font.pixelSize: Theme.textTitle
                font.weight: Font.Bold
                Accessible.ignored: true
            }

            Label {
                width: parent.width
                text: qsTr("Top up with cash by phone number")
                color: Theme.onBrandMuted
                font.pixelSize: Theme.letter(30)
                Accessible.ignored: true
            }
        }
    }

    Grid {
        id: popular

        readonly property int places: (page.home.hasWallet && !Theme.portrait ? 2 : page.columns) * 2

        anchors.top: Theme.portrait && page.home.hasWallet ? wallet.bottom : wallet.top
        anchors.topMargin: Theme.portrait && page.home.hasWallet ? Theme.gutter : 0
        anchors.right: parent.right
        columns: popular.places / 2
        spacing: Theme.gutter

        CategoryTile {
            objectName: "by-number"
            visible: page.home.byNumber
            tall: false
            title: qsTr("Mobile phone")
            icon: "smartphone"
            width: page.cell
            height: Theme.px(104)
            onTapped: page.terminal.openNumber()
        }

        Repeater {
            model: page.home.popular.slice(0, popular.places - (page.home.byNumber ? 1 : 0))

            ProviderTile {
                required property var modelData

                provider: modelData
                width: page.cell
                height: Theme.px(104)
                onTapped: page.terminal.openProvider(modelData.code)
            }
        }
    }

    Grid {
        id: shelf

        readonly property int tileRows: Math.ceil((page.home.categories.length + (page.home.more ? 1 : 0)) / page.columns)
        readonly property int room: parent.height - (wallet.y + wallet.height + Theme.gutter) - (Theme.portrait ? popular.height + Theme.gutter : 0)
        readonly property int tileHeight: Math.min(Theme.px(Theme.portrait ? 240 : 204), Math.floor((room - (tileRows - 1) * Theme.gutter) / Math.max(tileRows, 1)))

        anchors.top: Theme.portrait ? popular.bottom : wallet.bottom
        anchors.topMargin: Theme.gutter
        columns: page.columns
        spacing: Theme.gutter

        Repeater {
            model: page.home.categories

            CategoryTile {
                required property var modelData

                objectName: "category:" + modelData.code
                title: modelData.title
                icon: modelData.icon
                width: page.cell
                height: shelf.tileHeight
                onTapped: page.terminal.openCategory(modelData.code)
            }
        }

        CategoryTile {
            objectName: "all-categories"
            visible: page.home.more
            title: qsTr("All services")
            icon: "layout-grid"
            ground: Theme.brandSoft
            plateGround: Theme.card
            width: page.cell
            height: shelf.tileHeight
            onTapped: page.terminal.openCategories()
        }
    }

    actions: [
        QuietButton {
            id: check

            objectName: "check"
            label: qsTr("Check a payment")
            textSize: Theme.letter(Theme.large ? 26 : 32)
            icon: "receipt-text"
            onTapped: page.terminal.openCheck()
        },
        QuietButton {
            id: about

            objectName: "about"
            anchors.right: parent.right
            label: qsTr("About the terminal")
            textSize: Theme.letter(Theme.large ? 26 : 32)
            icon: "info"
            onTapped: page.terminal.openAbout()
        },
        Rectangle {
            id: strip

            readonly property bool limited: page.terminal.banners.length > 0

            anchors.left: check.right
            anchors.leftMargin: Theme.gutter
            anchors.right: about.left
            anchors.rightMargin: Theme.gutter
            height: parent.height
            radius: Theme.corner
            color: strip.limited ? Theme.warmPaper : Theme.brandSoft

            Row {
                anchors.centerIn: parent
                spacing: Theme.px(Theme.portrait ? 20 : 28)

                Repeater {
                    model: strip.limited ? page.terminal.banners : [
                        {
                            "icon": "banknote",
                            "text": page.home.notes,
                            "brief": ""
                        }
                    ]

                    Row {
                        id: fact

                        required property var modelData

                        spacing: Theme.px(14)

                        Icon {
                            id: sign

                            anchors.verticalCenter: parent.verticalCenter
                            visible: !(Theme.portrait || Theme.large) || page.terminal.banners.length < 2
                            name: fact.modelData.icon
                            tone: strip.limited ? "amber" : "brand"
                            size: Theme.px(40)
                        }

                        Label {
                            width: Math.min(implicitWidth, Math.floor((strip.width - Theme.px(52)) / Math.max(1, page.terminal.banners.length)) - (sign.visible ? Theme.px(54) : 0))
                            height: strip.height - Theme.px(8)
                            verticalAlignment: Text.AlignVCenter
                            fits: true
                            text: page.terminal.banners.length > 1 ? fact.modelData.brief : fact.modelData.text
                            font.pixelSize: Theme.textSmall
                            font.weight: strip.limited ? Font.DemiBold : Font.Normal
                        }
                    }
                }
            }
        }
    ]
}
