pragma Singleton

import QtQuick

// Tokens of the house: colours, sizes, type, durations. Sizes are given for a panel 1024 px high and
// grow or shrink with the window through `scale`; nothing else in ui/ holds a number of pixels that
// does not pass through px().
QtObject {
    id: theme

    readonly property real scale: portrait ? Math.min(windowWidth / 1200, windowHeight / 1700) : Math.min(windowHeight / 1024, windowWidth / 1280)
    property bool reduceMotion: false
    property bool contrast: false
    property bool large: false
    property var own: ({}) // colours of the operator's brand by name; high contrast knows none
    property int windowWidth: 1280
    property int windowHeight: 1024
    property bool tall: false
    readonly property bool portrait: windowHeight > windowWidth

    function px(size: real): int {
        return Math.round(size * theme.scale);
    }

    // Letters are a thing of their own: larger ones where a customer asks for them, the smallest most of all.
    function letter(size: real): int {
        return theme.px(theme.large ? size * Math.max(1, 1.25 - Math.max(0, size - 32) * 0.25 / 32) : size);
    }

    readonly property color ink: contrast ? "#FFFFFF" : "#10203A"
    readonly property color muted: contrast ? "#FFFFFF" : "#404E66"
    readonly property color paper: contrast ? "#000000" : "#F3F5F8"
    readonly property color card: contrast ? "#000000" : "#FFFFFF"
    readonly property color line: contrast ? "#8A8A8A" : "#C9D2DE"
    readonly property color edge: contrast ? "#FFFFFF" : "#69788E"
    readonly property color brand: contrast ? "#FFE14D" : theme.own.brand ?? "#0B3B5C"
    readonly property color brandRaised: contrast ? "#FFF0A0" : theme.own.brandRaised ?? "#1D5580"
    readonly property color brandSoft: contrast ? "#262626" : theme.own.brandSoft ?? "#E4EEF6"
    readonly property color brandPressed: contrast ? "#4A4A4A" : theme.own.brandPressed ?? "#CBDDEC"
    readonly property color onBrandMuted: contrast ? "#000000" : theme.own.onBrandMuted ?? "#D3E3F0"
    readonly property color action: contrast ? "#FFE14D" : theme.own.action ?? "#0B5F46"
    readonly property color actionDark: contrast ? "#FFFFFF" : theme.own.actionDark ?? "#0A4F3A"
    readonly property color actionFaded: contrast ? "#3A3A3A" : theme.own.actionFaded ?? "#8CB6A8"
    readonly property color onFaded: contrast ? "#E0E0E0" : "#F4FAF7"
    readonly property color mint: contrast ? "#262626" : theme.own.mint ?? "#E3F3EC"
    readonly property color warm: contrast ? "#FFE14D" : theme.own.warm ?? "#FFB84D"
    readonly property color warmPaper: contrast ? "#262626" : theme.own.warmPaper ?? "#FFF4E0"
    readonly property color stop: contrast ? "#FFB3AC" : "#8C1D18"
    readonly property color stopPaper: contrast ? "#262626" : "#FBE9E7"
    readonly property color blank: contrast ? "#9A9A9A" : "#7F8DA1"

    readonly property color onWarm: contrast ? "#000000" : "#10203A"

    readonly property string family: "Golos Text"
    readonly property string slipFamily: "JetBrains Mono"

    readonly property int textSmall: letter(28)
    readonly property int textBody: letter(32)
    readonly property int textButton: letter(36)
    readonly property int textTitle: letter(48)
    readonly property int textField: letter(64)
    readonly property int textMoney: px(76)
    readonly property int textHero: px(96)
    readonly property int textFloor: px(22)

    readonly property int widest: px(1480)
    readonly property int margin: Math.max(px(40), Math.round((windowWidth - widest) / 2))
    readonly property int gutter: px(20)
    readonly property int header: px(100)
    readonly property int actionHeight: px(104)
    readonly property int actionBottom: px(36)
    readonly property int plate: px(76)
    readonly property int plateLarge: px(92)
    readonly property int corner: px(24)
    readonly property int cornerLarge: px(28)
    readonly property int hairline: Math.max(1, px(2))
    readonly property int border: Math.max(2, px(4))

    readonly property int slideMs: reduceMotion ? 0 : 200
    readonly property int rollMs: reduceMotion ? 0 : 250
    readonly property int bounceMs: 60
}
