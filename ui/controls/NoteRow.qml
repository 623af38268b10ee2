import QtQuick
import ui.theme

// A note: its sum and its state, or why it came back.
Rectangle {
    id: row

    required property var note
    readonly property bool accepted: row.note.state === "accepted"
    readonly property bool returned: row.note.state === "returned"
    readonly property bool checking: row.note.state === "checking"

    implicitHeight: row.returned ? Math.max(Theme.px(80), remark.height + Theme.px(26)) : Theme.px(Theme.large ? 74 : 80)
    radius: Theme.px(20)
    color: row.accepted ? Theme.paper : row.checking ? Theme.brandSoft : Theme.warmPaper
    border.width: row.accepted || row.checking ? 0 : Theme.hairline
    border.color: Theme.warm

    Icon {
        id: picture

        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        name: row.accepted ? "banknote" : row.checking ? "hourglass" : row.returned ? "undo-2" : "circle-alert"
        tone: row.accepted ? "action" : row.checking ? "brand" : "amber"
        size: Theme.px(42)
    }

    Label {
        id: amount

        anchors.left: picture.right
        anchors.leftMargin: Theme.px(Theme.large ? 12 : 20)
        anchors.verticalCenter: parent.verticalCenter
        visible: !row.returned
        text: row.note.amount
        font.pixelSize: Theme.textButton
        font.weight: Font.Bold
        wrapMode: Text.NoWrap
    }

    Label {
        anchors.left: amount.right
        anchors.leftMargin: Theme.px(10)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(Theme.large ? 12 : 20)
        horizontalAlignment: Text.AlignRight
        fontSizeMode: Text.HorizontalFit
        anchors.verticalCenter: parent.verticalCenter
        visible: !row.returned
        text: row.note.word
        color: row.accepted ? Theme.action : Theme.ink
        font.pixelSize: Theme.textSmall
        wrapMode: Text.NoWrap
    }

    Label {
        id: remark

        anchors.left: picture.right
        anchors.leftMargin: Theme.px(20)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(14)
        anchors.verticalCenter: parent.verticalCenter
        visible: row.returned
        text: row.note.remark
        font.pixelSize: Theme.px(Theme.large ? 30 : 28)
        lineHeight: 0.98
    }
}
