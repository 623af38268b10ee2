import QtQuick
import ui.theme

// A name and a sum on one line.
Item {
    id: line

    property string name: ""
    property string sum: ""
    property string sumName: ""

    implicitHeight: Theme.px(68)

    Label {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - sum.width - Theme.px(16)
        text: line.name
        color: Theme.muted
        font.pixelSize: Theme.letter(34)
        fontSizeMode: Text.HorizontalFit
        wrapMode: Text.NoWrap
    }

    RollingLabel {
        id: sum

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        name: line.sumName
        room: line.width * 0.6
        text: line.sum
    }
}
