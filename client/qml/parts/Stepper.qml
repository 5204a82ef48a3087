pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// How far somebody came: a bar for each part, its number and word below; where there is no room, only the open one's.
ColumnLayout {
    id: root

    required property var names
    required property int now
    readonly property bool tight: width < 128 * names.length * Theme.textScale

    spacing: 4
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Part %1 of %2: %3").arg(now + 1).arg(names.length).arg(names[now])

    RowLayout {
        spacing: 10
        Layout.fillWidth: true

        Repeater {
            model: root.names

            ColumnLayout {
                id: part
                required property int index
                required property string modelData
                readonly property bool open: index === root.now

                spacing: 4
                Layout.fillWidth: true
                Layout.preferredWidth: 100

                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: 8
                    radius: 4
                    color: part.index <= root.now ? Theme.act : Theme.sunken
                    border.width: part.index <= root.now ? 0 : Theme.thin
                    border.color: Theme.edge
                }

                Words {
                    visible: !root.tight
                    Layout.fillWidth: true
                    text: qsTr("%1 %2", "number and name of a part").arg(part.index + 1).arg(part.modelData)
                    bold: part.open
                    color: part.open ? Theme.ink : Theme.ink2
                    Accessible.ignored: true
                }
            }
        }
    }

    Words {
        visible: root.tight
        Layout.fillWidth: true
        text: qsTr("%1 of %2 · %3", "number of a part, of how many, its name").arg(root.now + 1).arg(root.names.length).arg(root.names[root.now])
        bold: true
        Accessible.ignored: true
    }
}
