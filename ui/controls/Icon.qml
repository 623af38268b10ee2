import QtQuick
import ui.theme

// An outline icon, coloured by file: `tone` names the folder.
Image {
    id: icon

    required property string name
    property string tone: "ink"
    property int size: 40
    readonly property bool branded: !Theme.contrast && Theme.own.brand !== undefined && ["brand", "action", "warm"].includes(icon.tone)
    readonly property string shownTone: !Theme.contrast ? icon.tone : icon.tone === "white" || icon.tone === "warm" ? "night" : "sun"

    width: icon.size
    height: icon.size
    sourceSize: Qt.size(icon.size, icon.size)
    source: icon.name === "" ? "" : icon.branded ? "image://brand/icon/" + icon.tone + "/" + icon.name : Qt.resolvedUrl("../icons/" + icon.shownTone + "/" + icon.name + ".svg")
    Accessible.ignored: true
}
