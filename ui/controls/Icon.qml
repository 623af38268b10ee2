import QtQuick

// An outline icon, coloured by file: `tone` names the folder.
Image {
    id: icon

    required property string name
    property string tone: "ink"
    property int size: 40

    width: icon.size
    height: icon.size
    sourceSize: Qt.size(icon.size, icon.size)
    source: icon.name === "" ? "" : Qt.resolvedUrl("../icons/" + icon.tone + "/" + icon.name + ".svg")
    Accessible.ignored: true
}
