import QtQuick
import ui.theme

// A key: a character (`char`), or a quiet key with a word or an icon.
Pressable {
    id: key

    property string character: ""
    property string text: key.character
    property string icon: ""
    property bool quiet: false
    property bool held: false
    property int textSize: Theme.textField

    objectName: key.character !== "" ? "key:" + key.character : ""
    label: key.text

    Rectangle {
        anchors.fill: parent
        radius: Math.min(Theme.corner, key.height * 0.2)
        color: key.down || key.held ? Theme.brandPressed : key.quiet ? Theme.brandSoft : Theme.card
        border.width: key.quiet ? 0 : Theme.hairline
        border.color: key.down ? Theme.edge : Theme.line
    }

    Label {
        anchors.centerIn: parent
        visible: key.icon === ""
        text: key.text
        font.pixelSize: key.textSize
        font.weight: Font.DemiBold
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Icon {
        anchors.centerIn: parent
        visible: key.icon !== ""
        name: key.icon
        tone: "ink"
        size: Math.min(Theme.px(56), key.height * 0.5)
    }
}
