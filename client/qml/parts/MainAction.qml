pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// The one filled button. While it is not possible it is sunken and says what is missing.
Pressable {
    id: root

    property string glyph: "check"
    property string missing: ""
    property string idleGlyph: ""  // the code to scan only where a scan is what is missing
    readonly property color writing: enabled ? Theme.mainInk : Theme.ink2
    // Its picture stands close beside its words where there is no room: what its longest word takes so, and at ease.
    property bool close: Theme.narrow
    readonly property real least: longest.advanceWidth + 2 * 6 + Theme.grown(24) + 3 * 4 + 2
    readonly property real ease: longest.advanceWidth + 2 * 12 + Theme.grown(28) + 3 * 14 + 2

    implicitHeight: Math.max(72, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: close ? 6 : 12
    rightPadding: close ? 6 : 12
    topPadding: 8
    bottomPadding: 8
    face: enabled ? Theme.main : Theme.sunken
    pressedFace: Theme.actText
    rimWidth: Theme.contrast && !enabled ? Theme.border : 0
    Accessible.name: enabled || missing === "" ? text : missing

    TextMetrics {
        id: longest
        font: words.font
        text: words.text.split(/[\s\u00ad]/).reduce((one, other) => other.length > one.length ? other : one, "")
    }

    contentItem: RowLayout {
        spacing: root.close ? 4 : 14

        Item {
            Layout.fillWidth: true
        }

        Icon {
            visible: name !== ""
            name: root.enabled ? root.glyph : root.idleGlyph
            size: root.close ? 24 : 28
            color: root.writing
        }

        Words {
            id: words
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth + 1
            text: root.enabled ? root.text : root.missing
            bold: true
            size: Theme.strong
            color: root.writing
        }

        Item {
            Layout.fillWidth: true
        }
    }
}
