pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Nothing here: one icon, one sentence, what to scan.
ColumnLayout {
    id: root

    required property string glyph
    required property string text
    property string hint: ""

    spacing: 10

    Icon {
        visible: !Theme.cramped
        name: root.glyph
        size: 40
        color: Theme.actText
        Layout.alignment: Qt.AlignHCenter
    }

    Words {
        Layout.fillWidth: true
        text: root.text
        bold: true
        size: Theme.body
        horizontalAlignment: Text.AlignHCenter
    }

    Words {
        Layout.fillWidth: true
        visible: text !== "" && !Theme.cramped
        text: root.hint
        color: Theme.ink2
        horizontalAlignment: Text.AlignHCenter
    }
}
