pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Something that was found: sign, sentence, what to do about it. A tone says how it stands, beside its sign.
Rectangle {
    id: root

    required property string text
    property string detail: ""
    property string glyph: "check"
    property string tone: ""
    property bool large: false
    readonly property bool weighs: tone === "ask" || tone === "no"

    implicitHeight: Math.max(56, words.implicitHeight + (weighs ? 28 : 16))
    radius: weighs ? Theme.radius : 0
    color: weighs ? Theme.soft(tone) : "transparent"
    border.width: weighs ? Theme.thin : 0
    border.color: weighs ? Theme.textOn(tone) : "transparent"
    Accessible.role: Accessible.StaticText
    Accessible.name: [text, detail].filter(part => part !== "").join(". ")

    RowLayout {
        id: words
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: root.weighs ? 14 : 0
        anchors.rightMargin: root.weighs ? 14 : 0
        spacing: 14

        Icon {
            name: root.glyph
            size: 28
            color: root.tone === "" ? Theme.actText : Theme.textOn(root.tone)
            Layout.alignment: Qt.AlignTop
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Words {
                Layout.fillWidth: true
                text: root.text
                bold: true
                size: root.large ? Theme.title : Theme.body
                anywhere: true
            }

            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.detail
                size: root.weighs ? Theme.body : Theme.small
                color: root.weighs ? Theme.ink : Theme.ink2
                anywhere: true
            }
        }
    }
}
