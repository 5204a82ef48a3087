pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// An entry of Home: icon, the act, how much of it waits.
Pressable {
    id: root

    required property string glyph
    property string detail: ""
    property int tall: Theme.railed ? (Theme.height < 860 ? 164 : 184) : Theme.low ? 96 : 132

    implicitHeight: Math.max(tall, implicitContentHeight + topPadding + bottomPadding)
    rimWidth: Theme.thin
    padding: 16
    topPadding: Theme.low ? 8 : 16
    bottomPadding: 12
    Accessible.description: detail

    contentItem: ColumnLayout {
        spacing: 1

        Icon {
            name: root.glyph
            size: Theme.height < 720 ? 28 : 40  // large letters alone do not make it small
            color: Theme.actText
        }

        Item {
            Layout.fillHeight: true
        }

        Words {
            Layout.fillWidth: true
            text: root.text
            bold: true
            size: Theme.strong
        }

        Words {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.detail
            color: Theme.ink2
        }
    }
}
