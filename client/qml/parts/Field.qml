pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ".."

// What is being typed: its label inside, the value large. The current one has a thicker border in `act`.
T.AbstractButton {
    id: root

    required property string label
    required property string value
    property string empty: ""
    property bool current: false
    property bool held: true
    property bool centred: false
    property string unit: ""

    implicitWidth: Math.max(Theme.target, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.low ? 68 : 88, implicitContentHeight + topPadding + bottomPadding)
    focusPolicy: Qt.NoFocus
    leftPadding: 14
    rightPadding: 12
    topPadding: Theme.low ? 2 : 6
    bottomPadding: Theme.low ? 2 : 4
    Accessible.role: Accessible.EditableText
    Accessible.name: label
    Accessible.description: value

    background: Rectangle {
        radius: Theme.keyRadius
        color: Theme.surface
        border.width: root.current ? Theme.border + 1 : Theme.border
        border.color: root.current ? Theme.act : Theme.edge
    }

    contentItem: ColumnLayout {
        spacing: 0

        Words {
            Layout.fillWidth: true
            // What it counts stands beside what it is, where the number needs the room.
            text: Theme.narrow && root.unit !== "" ? "%1 · %2".arg(root.label).arg(root.unit) : root.label
            bold: root.current
            color: root.current ? Theme.actText : Theme.ink2
        }

        RowLayout {
            spacing: 4
            Layout.fillWidth: true

            Item {
                visible: root.centred
                Layout.fillWidth: true
            }

            Words {
                objectName: "typed"
                text: root.value === "" && !root.current ? root.empty : root.value
                bold: true
                size: Theme.low ? Theme.scaled(28) : Theme.figure
                color: root.value === "" ? Theme.ink2 : Theme.ink
                wrapMode: Text.NoWrap
            }

            Rectangle {
                visible: root.current
                opacity: root.held ? 1 : 0
                implicitWidth: 3
                implicitHeight: Theme.low ? Theme.scaled(28) : Theme.figure
                color: Theme.act
            }

            Item {
                Layout.fillWidth: true
            }

            Words {
                visible: root.unit !== "" && !Theme.narrow
                text: root.unit
                color: Theme.ink2
                Layout.alignment: Qt.AlignBottom
            }
        }
    }
}
