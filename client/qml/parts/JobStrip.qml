pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// From where to where, as two cells; what comes next has a foot.
Rectangle {
    id: root

    required property QtObject cells
    property bool tight: false
    property string progress: ""
    property real share: 0
    property bool blind: false
    readonly property int far: blind && !tight ? Math.max(44, round.implicitHeight + 12) : 0

    visible: steps.count > 0
    height: visible ? Math.max(tight ? 56 : far > 0 ? 56 : 84, row.implicitHeight + (tight ? 8 : far > 0 ? 12 : 20)) + far : 0
    color: Theme.surface

    // How far the round is, and that nobody is told what should be there.
    RowLayout {
        id: round
        visible: root.far > 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        height: root.far
        spacing: 12

        Words {
            visible: text !== ""
            text: root.progress
            bold: true
        }

        Rectangle {
            visible: root.progress !== ""
            Layout.fillWidth: true
            implicitHeight: 12
            radius: 6
            color: Theme.sunken
            border.width: Theme.thin
            border.color: Theme.edge

            Rectangle {
                anchors.left: parent.left
                width: parent.width * Math.min(root.share, 1)
                height: parent.height
                radius: 6
                color: Theme.ok
            }
        }

        Item {
            visible: root.progress === ""
            Layout.fillWidth: true
        }

        Icon {
            name: "blind"
            color: Theme.ink2
        }

        Words {
            text: qsTr("blind")
            color: Theme.ink2
        }
    }

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.bottomMargin: root.far
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
                    anchors.leftMargin: cell.index > 0 ? arrow.width + 12 : Theme.margin
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
                    id: arrow
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
