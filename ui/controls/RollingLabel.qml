import QtQuick
import ui.theme

// A sum that rolls to its new value once; without motion it simply changes.
Item {
    id: roll

    property string text: ""
    property color color: Theme.ink
    property int size: Theme.textTitle
    property string name: ""
    property int room: Theme.px(1000)
    readonly property bool rolling: slide.running

    implicitWidth: Math.min(roll.room, next.implicitWidth)
    implicitHeight: next.implicitHeight
    clip: slide.running

    onTextChanged: {
        if (next.text === "" || Theme.rollMs === 0) {
            next.text = roll.text;
            return;
        }
        previous.text = next.text;
        next.text = roll.text;
        slide.restart();
    }

    Label {
        id: previous

        width: roll.width
        horizontalAlignment: Text.AlignRight
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        visible: slide.running
        y: next.y - roll.height
        color: roll.color
        font.pixelSize: roll.size
        font.weight: Font.Bold
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Label {
        id: next

        width: roll.width
        horizontalAlignment: Text.AlignRight
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        objectName: roll.name
        color: roll.color
        font.pixelSize: roll.size
        font.weight: Font.Bold
        wrapMode: Text.NoWrap
    }

    NumberAnimation {
        id: slide

        target: next
        property: "y"
        from: roll.height
        to: 0
        duration: Theme.rollMs
        easing.type: Easing.OutCubic
    }
}
