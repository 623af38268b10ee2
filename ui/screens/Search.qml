pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// Looking for a provider: what is typed, what fits after every key, the keys below.
Page {
    id: page

    readonly property SearchSection search: page.terminal.search
    readonly property int columns: Theme.portrait || page.search.results.length <= 4 ? 2 : 4 // a few have room for whole names
    readonly property var order: ["ru", "en", "kk"]
    property string layout: page.terminal.manner.language

    Rectangle {
        id: field

        width: parent.width - layouts.width - Theme.gutter
        height: Theme.px(88)
        radius: Theme.corner
        color: Theme.card
        border.width: Theme.border
        border.color: Theme.brand
        Accessible.role: Accessible.EditableText
        Accessible.name: qsTr("Search")
        Accessible.description: page.search.text

        Icon {
            id: glass

            x: Theme.px(26)
            anchors.verticalCenter: parent.verticalCenter
            name: "search"
            tone: "brand"
            size: Theme.px(48)
        }

        Label {
            objectName: "search:text"
            anchors.left: glass.right
            anchors.leftMargin: Theme.px(20)
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(20)
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: page.search.text === "" ? qsTr("Name, service or tax number") : page.search.text
            color: page.search.text === "" ? Theme.muted : Theme.ink
            font.pixelSize: Theme.letter(page.search.text === "" ? 34 : 48)
            font.weight: page.search.text === "" ? Font.Normal : Font.Bold
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
        }
    }

    Row {
        id: layouts

        anchors.right: parent.right
        spacing: Theme.px(12)

        QuietButton {
            objectName: "layout"
            label: page.layout === "ru" ? "АБВ" : page.layout === "en" ? "ABC" : "ӘҒҚ"
            height: field.height
            width: Theme.px(140)
            onTapped: page.layout = page.order[(page.order.indexOf(page.layout) + 1) % page.order.length]
        }

        QuietButton {
            objectName: "erase-all"
            label: qsTr("Clear")
            height: field.height
            width: Theme.px(176)
            enabled: page.search.text !== ""
            onTapped: page.terminal.eraseAll()
        }
    }

    Grid {
        id: results

        readonly property int cell: Math.floor((parent.width - (page.columns - 1) * spacing) / page.columns)

        anchors.top: field.bottom
        anchors.topMargin: Theme.px(16)
        height: (Theme.portrait ? 4 : 2) * (Theme.px(96) + spacing)
        columns: page.columns
        spacing: Theme.px(10)

        Repeater {
            model: page.search.results

            ProviderTile {
                required property var modelData

                provider: modelData
                width: results.cell
                height: Theme.px(96)
                onTapped: page.terminal.openProvider(modelData.code)
            }
        }
    }

    Label {
        objectName: "search:advice"
        anchors.top: results.top
        width: parent.width
        height: results.height
        verticalAlignment: Text.AlignVCenter
        horizontalAlignment: Text.AlignHCenter
        visible: page.search.results.length === 0
        text: page.search.nothing ? qsTr("Nothing was found. Try another word, or call us: %1").arg(page.terminal.hotline) : qsTr("Begin to type: what fits appears here. A slip or the wrong layout does not matter.")
        color: page.search.nothing ? Theme.ink : Theme.muted
        font.pixelSize: Theme.letter(34)
        font.weight: page.search.nothing ? Font.DemiBold : Font.Normal
    }

    SearchKeyboard {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.min(Theme.px(560), parent.height - results.y - results.height)
        language: page.layout
        onPressed: character => page.terminal.key(character)
        onErased: page.terminal.erase()
    }

    actions: [
        ActionBar {
            width: parent.width
            canGoHome: false
            onBack: page.terminal.goBack()
        }
    ]
}
