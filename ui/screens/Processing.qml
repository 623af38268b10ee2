import QtQuick
import ui.theme
import ui.controls

// Between the last note and the result.
Page {
    id: page

    step: 4

    Waiting {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Theme.px(10)
        width: parent.width
        icon: "receipt-text"
        heading: qsTr("Making your payment")
        line: qsTr("The money is counted and recorded. The receipt comes next.")
    }
}
