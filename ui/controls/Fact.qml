import QtQuick
import ui.theme

// A name and a value side by side, for lists of facts.
Row {
    id: fact

    property string name: ""
    property string value: ""
    property int nameWidth: Theme.px(210)
    property string valueName: ""
    property int textSize: Theme.letter(30)

    Label {
        width: fact.nameWidth
        text: fact.name
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        color: Theme.muted
        font.pixelSize: fact.textSize
    }

    Label {
        objectName: fact.valueName
        width: fact.width - fact.nameWidth
        text: fact.value
        font.pixelSize: fact.textSize
        font.weight: Font.DemiBold
    }
}
