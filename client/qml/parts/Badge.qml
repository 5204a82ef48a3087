pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Says a state; is never pressed.
Rectangle {
    id: root

    required property string text
    property string glyph: ""
    property string tone: ""
    property bool solid: false
    readonly property color ink: solid ? Theme.inkOn(tone) : tone === "act" ? Theme.actText : tone === "" ? Theme.ink : Theme.textOn(tone)

    implicitWidth: words.implicitWidth + 16
    implicitHeight: Math.max(28, words.implicitHeight + 6)
    radius: Theme.badgeRadius
    color: solid ? Theme.back(tone) : tone === "act" ? Theme.actSoft : Theme.soft(tone)

    RowLayout {
        id: words
        anchors.fill: parent
        anchors.leftMargin: 8
        anchors.rightMargin: 8
        spacing: 6

        Icon {
            visible: root.glyph !== ""
            name: root.glyph
            size: 18
            color: root.ink
        }

        Words {
            Layout.fillWidth: true
            text: root.text
            bold: true
            color: root.ink
        }
    }
}
