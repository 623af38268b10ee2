pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.viewmodels

// What all screens share below the header: steps and notices on top, a body, an action bar.
Item {
    id: page

    required property TerminalViewModel terminal
    property int step: 0
    default property alias content: body.data
    property alias actions: foot.data
    property alias overlay: above.data

    Item {
        id: top

        x: Theme.margin
        y: page.step > 0 ? Theme.px(16) : 0
        width: page.width - 2 * Theme.margin
        height: page.step > 0 ? Theme.px(52) : 0
        visible: page.step > 0

        StepBar {
            anchors.verticalCenter: parent.verticalCenter
            current: page.step
            brief: page.terminal.countdown !== "" ? Theme.portrait || Theme.large : page.terminal.banners.length > (Theme.portrait || Theme.large ? 0 : 1)
        }

        Row {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(12)

            Repeater {
                model: page.terminal.countdown === "" ? page.terminal.banners : []

                Chip {
                    required property var modelData

                    icon: modelData.icon
                    text: modelData.brief
                }
            }

            Chip {
                visible: page.terminal.countdown !== ""
                icon: "clock"
                tone: "brand"
                text: page.terminal.countdown
                ground: Theme.brandSoft
                outline: Theme.brandSoft
            }
        }
    }

    Item {
        id: body

        anchors.top: top.bottom
        anchors.topMargin: Theme.px(20)
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.gutter
        x: Theme.margin
        width: page.width - 2 * Theme.margin
    }

    Item {
        id: foot

        x: Theme.margin
        width: page.width - 2 * Theme.margin
        height: Theme.actionHeight
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.actionBottom
    }

    Item {
        id: above

        anchors.fill: parent
    }
}
