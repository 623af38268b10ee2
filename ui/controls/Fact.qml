import QtQuick
import ui.theme

// A name and a value side by side, for lists of facts.
Row {
    id: fact

    property string name: ""
    property string value: ""
    property int nameWidth: Theme.px(210)
    property string valueName: ""

    Label {
        width: fact.nameWidth
        text: fact.name
        color: Theme.muted
        font.pixelSize: Theme.px(30)
    }

    Label {
        objectName: fact.valueName
        width: fact.width - fact.nameWidth
        text: fact.value
        font.pixelSize: Theme.px(30)
        font.weight: Font.DemiBold
    }
}
