pragma Singleton
import QtQuick

// Every colour, size and type role; nothing else in this folder names a colour. Three themes: light, dark, contrast.
QtObject {
    id: theme

    // Set by Main.qml from the site's settings and the window's size.
    property string wanted: "system"
    property bool practice: false
    property bool reduceMotion: false
    property real textScale: 1
    property int width: 480
    property int height: 800

    readonly property string name: wanted === "system" ? system : wanted
    readonly property string system: Application.styleHints.accessibility.contrastPreference === Qt.HighContrast ? "contrast" : Application.styleHints.colorScheme === Qt.Dark ? "dark" : "light"
    readonly property int nth: name === "light" ? 0 : name === "dark" ? 1 : 2
    readonly property bool contrast: nth === 2

    // Colour
    readonly property color paper: ["#F1F4F3", "#0C1417", "#000000"][nth]
    readonly property color surface: ["#FFFFFF", "#152025", "#000000"][nth]
    readonly property color sunken: ["#E3E9E8", "#202D33", "#1C1C1C"][nth]
    readonly property color hair: ["#CAD4D3", "#33434A", "#FFFFFF"][nth]
    readonly property color edge: ["#66797D", "#82959B", "#FFFFFF"][nth]
    readonly property color shade: ["#CDD7D6", "#05090B", "#00000000"][nth]
    readonly property color ink: ["#0F2228", "#EDF3F3", "#FFFFFF"][nth]
    readonly property color ink2: ["#42555B", "#B2C1C5", "#FFFFFF"][nth]
    readonly property color bar: ["#0E3B47", "#0B2C36", "#000000"][nth]
    readonly property color barInk: ["#FFFFFF", "#F2F8F8", "#FFFFFF"][nth]
    readonly property color barChip: ["#1F5462", "#1B4552", "#000000"][nth]
    readonly property color act: ["#0B5A6B", "#79CBDD", "#FFFFFF"][nth]
    readonly property color actInk: ["#FFFFFF", "#05222B", "#000000"][nth]
    readonly property color actSoft: ["#DDECEF", "#15343D", "#1C1C1C"][nth]
    readonly property color actText: ["#0B5A6B", "#8AD6E6", "#FFFFFF"][nth]
    readonly property color ok: ["#12713F", "#5CCB8A", "#4DFF9A"][nth]
    readonly property color okInk: ["#FFFFFF", "#03220F", "#000000"][nth]
    readonly property color okSoft: ["#DCF2E4", "#12331F", "#003B1B"][nth]
    readonly property color okText: ["#0D5C32", "#7BDDA3", "#4DFF9A"][nth]
    readonly property color ask: ["#FFC43D", "#FFC95C", "#FFD800"][nth]
    readonly property color askInk: ["#221800", "#241A00", "#000000"][nth]
    readonly property color askSoft: ["#FFF1CC", "#3A2E0F", "#332B00"][nth]
    readonly property color askText: ["#6E4300", "#FFD57F", "#FFD800"][nth]
    readonly property color no: ["#B3211E", "#FF8F85", "#FF8A80"][nth]
    readonly property color noInk: ["#FFFFFF", "#370503", "#000000"][nth]
    readonly property color noSoft: ["#FCE4E1", "#431A18", "#4A0A06"][nth]
    readonly property color noText: ["#951815", "#FFB0A8", "#FF8A80"][nth]
    readonly property color prac: ["#6B2A93", "#4B1D69", "#E2A8FF"][nth]
    readonly property color pracInk: ["#FFFFFF", "#F7ECFD", "#000000"][nth]
    readonly property color pracSoft: ["#F1E5F8", "#33164A", "#2B0A3D"][nth]
    readonly property color pracText: ["#6B2A93", "#D9B3F0", "#E2A8FF"][nth]
    readonly property color pracChip: ["#8145A8", "#663385", "#F4DDFF"][nth]
    readonly property color focus: ["#0B5A6B", "#79CBDD", "#00E5FF"][nth]
    readonly property color spark: ["#FFC43D", "#FFC95C", "#FFD800"][nth]

    // What practice turns violet: the header and the main action.
    readonly property color head: practice ? prac : bar
    readonly property color headInk: practice ? pracInk : barInk
    readonly property color headChip: practice ? pracChip : barChip
    readonly property color main: practice ? prac : act
    readonly property color mainInk: practice ? pracInk : actInk

    // The colours of an answer, by its tone.
    function back(tone: string): color { return tone === "ok" ? ok : tone === "ask" ? ask : tone === "no" ? no : sunken }
    function inkOn(tone: string): color { return tone === "ok" ? okInk : tone === "ask" ? askInk : tone === "no" ? noInk : ink }
    function soft(tone: string): color { return tone === "ok" ? okSoft : tone === "ask" ? askSoft : tone === "no" ? noSoft : sunken }
    function textOn(tone: string): color { return tone === "ok" ? okText : tone === "ask" ? askText : tone === "no" ? noText : ink2 }

    // Type, in pixels
    readonly property int giant: scaled(56)
    readonly property int figure: scaled(40)
    readonly property int quantity: scaled(cramped ? 24 : 32)
    readonly property int question: scaled(cramped ? 18 : narrow || low ? 24 : 28)
    readonly property int title: scaled(cramped ? 18 : 22)
    readonly property int strong: scaled(cramped ? 16 : 20)
    readonly property int body: scaled(18)
    readonly property int small: scaled(16)
    // What is read grows in full; what is large already grows by as many pixels as a line of text does.
    function scaled(size: real): int { return Math.round(size <= 18 ? size * textScale : size + 18 * (textScale - 1)) }
    // A drawing keeps beside its words and leaves them the room: where they are twice as large it is half as large again,
    // and what is large already, or stands around one, grows by as many pixels as a drawing does.
    function grown(size: real): int { return Math.round(size + Math.min(size, 28) / 2 * (textScale - 1)) }

    // Space and size
    readonly property int margin: railed ? 24 : 16
    readonly property int air: low ? 10 : 16
    readonly property int radius: 12
    readonly property int keyRadius: 8
    readonly property int badgeRadius: 4
    readonly property int target: 56
    readonly property int row: 88
    readonly property int header: 72
    readonly property int keyHeight: low ? 56 : 60
    readonly property int border: contrast ? 4 : 2
    readonly property int thin: contrast ? 2 : 1
    readonly property int drop: contrast ? 0 : 3

    // Layout: one column, list and detail side by side, or rail, list and detail
    readonly property bool narrow: width < 480 || width < 330 * textScale
    readonly property bool low: height < 720 || height < 480 * textScale
    readonly property bool split: width >= 840
    // Large letters on a small screen: hints give way, and what stands around the list is drawn tight.
    readonly property bool cramped: !split && height < (textScale > 1 ? 520 : 500) * textScale
    // Large letters in a narrow column: what stands free around drawings is for the words.
    readonly property bool close: textScale > 1 && (narrow || (split && list < 240 * textScale))
    readonly property bool railed: width >= 1280
    readonly property int rail: railed ? 104 : 0
    readonly property int list: railed ? 560 : 400
    readonly property int detail: 800
    readonly property int column: Math.min(width - 40, 560 * Math.min(textScale, 1.5))

    // Motion, in milliseconds
    readonly property int move: reduceMotion ? 0 : 120
    readonly property int blink: reduceMotion ? 0 : 80
}
