pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// No slip can be printed now: before the first note the customer says whether to go on all the same.
// The way on lies elsewhere than on the check before: a second tap there must not agree to anything.
Page {
    id: page

    step: 2

    Rectangle {
        id: notice

        anchors.fill: parent
        radius: Theme.cornerLarge
        color: Theme.warmPaper

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.px(100)
            spacing: Theme.px(32)

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "printer-x"
                tone: "amber"
                size: Theme.px(120)
            }

            Title {
                objectName: "no-receipt:heading"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("There will be no printed receipt")
                font.pixelSize: Theme.letter(54)
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("The printer does not work now. The payment goes through; its number and the phone for questions stay on the screen: write them down or take a photo.")
                font.pixelSize: Theme.letter(32)
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("A copy of the receipt can be printed at this terminal later.")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }

            PrimaryButton {
                objectName: "forward"
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width, Theme.px(640))
                label: qsTr("Pay without a receipt")
                onTapped: page.terminal.goForward()
            }
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            backLabel: qsTr("Go back")
            onBack: page.terminal.goBack()
            onHome: page.terminal.goHome()
        }
    ]
}
