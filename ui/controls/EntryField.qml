import QtQuick
import ui.theme

// The value being typed: large, one line while it fits, smaller and in lines when it is long.
Rectangle {
    id: field

    property string markup: ""
    property string plain: ""
    property string name: ""
    property bool wrong: false
    property string placeholder: ""

    implicitHeight: Theme.px(128)
    radius: Theme.corner
    color: Theme.card
    border.width: Theme.border
    border.color: field.wrong ? Theme.stop : Theme.brand
    Accessible.role: Accessible.EditableText
    Accessible.name: field.name
    Accessible.description: field.plain

    Label {
        id: value

        readonly property int large: Math.floor(width / Theme.px(33))
        readonly property int oneLine: Math.floor(width / Theme.px(19))

        objectName: "entry:value"
        x: Theme.px(30)
        width: field.width - 2 * x
        height: field.height - Theme.px(8)
        y: Theme.px(4)
        verticalAlignment: Text.AlignVCenter
        text: field.markup
        textFormat: Text.StyledText
        font.pixelSize: field.plain.length <= large ? Theme.textField : field.plain.length <= oneLine ? Theme.letter(48) : Theme.textBody
        font.weight: Font.Bold
        wrapMode: field.plain.length <= oneLine ? Text.NoWrap : Text.Wrap
        fontSizeMode: Text.Fit
        Accessible.ignored: true
    }

    Label {
        x: value.x
        anchors.verticalCenter: parent.verticalCenter
        width: value.width
        visible: field.plain === ""
        text: field.placeholder
        color: Theme.muted
        font.pixelSize: Theme.textButton
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
    }
}
