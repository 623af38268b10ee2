pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.viewmodels

// The provider is being asked about what was typed. If it does not answer and must, the way on asks anew.
Page {
    id: page

    readonly property EnquirySection enquiry: page.terminal.enquiry

    step: 2

    Column {
        anchors.centerIn: parent
        width: parent.width
        spacing: Theme.px(18)

        ProviderPlate {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !page.enquiry.givenUp
            size: Theme.px(124)
            initial: page.enquiry.provider.initial
            ground: page.enquiry.provider.ground
            ink: page.enquiry.provider.ink
        }

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: page.enquiry.givenUp
            name: "circle-alert"
            tone: "amber"
            size: Theme.px(124)
        }

        Title {
            objectName: "enquiry:heading"
            width: parent.width
            topPadding: Theme.px(12)
            horizontalAlignment: Text.AlignHCenter
            text: page.enquiry.heading
            font.pixelSize: Theme.px(56)
        }

        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.enquiry.provider.name
            color: Theme.muted
            font.pixelSize: Theme.px(34)
        }

        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.enquiry.account
            font.pixelSize: Theme.px(44)
            font.weight: Font.Bold
            wrapMode: Text.Wrap
        }

        Label {
            width: parent.width
            bottomPadding: Theme.px(20)
            horizontalAlignment: Text.AlignHCenter
            text: page.enquiry.line
            color: page.enquiry.givenUp ? Theme.ink : Theme.muted
            font.pixelSize: Theme.px(32)
        }

        ProgressLine {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !page.enquiry.givenUp
        }
    }

    actions: [
        ActionBar {
            width: parent.width
            backLabel: qsTr("Change")
            onBack: page.terminal.goBack()
            onHome: page.terminal.goHome()

            PrimaryButton {
                objectName: "forward"
                anchors.right: parent.right
                visible: page.enquiry.givenUp
                    icon: ""
                label: qsTr("Ask again")
                onTapped: page.terminal.goForward()
            }
        }
    ]
}
