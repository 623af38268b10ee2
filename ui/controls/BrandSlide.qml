import QtQuick
import ui.theme

// A still of the operator's: words on the brand's own ground, where their contrast is known, and the picture beside.
Item {
    id: slide

    property string image: ""
    property string title: ""
    property string text: ""

    Image {
        id: picture

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(24)
        y: Theme.px(24)
        width: Math.round(parent.width * (Theme.portrait ? 0.5 : 0.4))
        height: parent.height - 2 * y
        sourceSize: Qt.size(width, height)
        source: slide.image
        Accessible.ignored: true
    }

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.px(52)
        anchors.right: picture.left
        anchors.rightMargin: Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(14)

        Title {
            objectName: "slide:title"
            width: parent.width
            height: Math.round(slide.height * 0.5)
            verticalAlignment: Text.AlignBottom
            text: slide.title
            color: Theme.card
            font.pixelSize: Theme.letter(60)
            lineHeight: 0.95
            fits: true
        }

        Label {
            width: parent.width
            height: Math.round(slide.height * 0.34)
            visible: slide.text !== ""
            text: slide.text
            color: Theme.onBrandMuted
            font.pixelSize: Theme.letter(34)
            fits: true
        }
    }
}
