pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// Typed fields to be checked: one or two very large, a long form in three columns with long texts across.
Flow {
    id: sheet

    property var fields: []
    property bool few: true
    property bool many: false
    property bool beside: false // two short fields share a line
    readonly property int letters: sheet.fields.reduce((sum, field) => sum + field.value.length, 0)
    readonly property int columns: sheet.many ? (Theme.portrait ? 2 : 3) : 1
    readonly property int cell: Math.floor((sheet.width - (sheet.columns - 1) * sheet.spacing) / sheet.columns)
    readonly property bool dense: sheet.many && sheet.letters > 260
    readonly property int smallText: Theme.px(sheet.dense ? 20 : 26)

    spacing: Theme.px(sheet.beside ? 10 : sheet.few ? 26 : sheet.dense ? 6 : 12)

    function valueSize(value: string, told: bool, owed: bool): int {
        if (sheet.many)
            return sheet.smallText;
        if (owed)
            return sheet.few ? Theme.letter(44) : Theme.letter(32);
        if (told)
            return sheet.beside ? Theme.px(28) : Theme.textSmall;
        if (sheet.beside && value.length <= 32)
            return Theme.textButton;
        if (sheet.few && value.length <= 18)
            return Theme.px(60);
        return value.length <= 32 ? Theme.letter(40) : Theme.textBody;
    }

    Repeater {
        model: sheet.fields

        Column {
            id: item

            required property var modelData

            width: sheet.many && item.modelData.value.length > 44 ? sheet.width : sheet.beside && !item.modelData.told && item.modelData.value.length <= 12 ? Math.floor((sheet.width - sheet.spacing) / 2) : sheet.cell

            Label {
                width: parent.width
                visible: !item.modelData.told
                text: item.modelData.title
                color: Theme.muted
                font.pixelSize: sheet.many ? Math.min(sheet.smallText, Theme.letter(24)) : sheet.beside ? Theme.px(28) : Theme.textSmall
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
            }

            Label {
                objectName: "confirm:value"
                width: parent.width
                text: item.modelData.told && item.modelData.title !== "" ? item.modelData.title + ": " + item.modelData.value : item.modelData.value
                font.pixelSize: sheet.valueSize(item.modelData.value, item.modelData.told, item.modelData.owed)
                font.weight: item.modelData.told && !item.modelData.owed ? Font.DemiBold : Font.Bold
                wrapMode: Text.Wrap
            }
        }
    }
}
