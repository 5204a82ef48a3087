pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Work in progress: words with a number, and a bar where the end is known.
ColumnLayout {
    id: root

    required property string text
    property real share: -1

    spacing: 8
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text

    Words {
        Layout.fillWidth: true
        text: root.text
        size: Theme.body
        color: Theme.ink2
    }

    Rectangle {
        id: frame
        visible: root.share >= 0
        Layout.fillWidth: true
        implicitHeight: 12
        radius: 6
        color: Theme.surface
        border.width: Theme.thin
        border.color: Theme.edge

        Rectangle {
            width: Math.max(12, Math.round(frame.width * Math.max(0, root.share)))
            height: parent.height
            radius: 6
            color: Theme.act
        }
    }
}
