pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// From where to where, as two cells; what comes next has a foot.
Rectangle {
    id: root

    required property QtObject cells
    property bool tight: false

    visible: steps.count > 0
    height: visible ? Math.max(tight ? 56 : 84, row.implicitHeight + (tight ? 8 : 20)) : 0
    color: Theme.surface

    RowLayout {
        id: row
        anchors.fill: parent
        spacing: 0

        Repeater {
            id: steps
            model: root.cells

            Rectangle {
                id: cell
                required property int index
                required property string label
                required property string text
                required property bool open

                color: open ? Theme.actSoft : Theme.surface
                implicitHeight: words.implicitHeight
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 100
                Accessible.role: Accessible.StaticText
                Accessible.name: label + ": " + text

                ColumnLayout {
                    id: words
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.leftMargin: cell.index > 0 ? 36 : Theme.margin
                    anchors.rightMargin: 12
                    spacing: 1

                    Words {
                        visible: !root.tight
                        Layout.fillWidth: true
                        text: cell.label
                        bold: true
                        color: cell.open ? Theme.actText : Theme.ink2
                    }

                    Words {
                        Layout.fillWidth: true
                        text: cell.text
                        bold: true
                        size: cell.text.length > 28 ? Theme.small : Theme.body
                    }
                }

                Icon {
                    visible: cell.index > 0
                    anchors.verticalCenter: parent.verticalCenter
                    x: root.LayoutMirroring.enabled ? parent.width - width - 4 : 4
                    name: "forward"
                    size: 24
                    color: Theme.ink2
                }

                Rectangle {
                    visible: cell.open
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 6
                    color: Theme.act
                }
            }
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.thin
        color: Theme.hair
    }
}
