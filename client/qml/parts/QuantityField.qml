pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// A number, with minus and plus beside it; below it where letters are too large for one row.
GridLayout {
    id: root

    required property Entry entry
    property bool stepping: true
    property bool held: true  // the keyboard writes here
    readonly property bool stacked: stepping && Theme.narrow && Theme.textScale >= 1.4

    columnSpacing: 8
    rowSpacing: 8

    component Step: Pressable {
        id: step
        property string glyph: ""

        rounding: Theme.keyRadius
        raised: false
        focusPolicy: Qt.NoFocus  // the arrow keys step
        Layout.preferredWidth: Theme.narrow ? 64 : 88
        Layout.fillWidth: root.stacked
        Layout.fillHeight: !root.stacked
        Layout.row: root.stacked ? 1 : 0

        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: step.glyph
                size: 32
            }
        }
    }

    Step {
        objectName: "numberLess"
        visible: root.stepping
        text: qsTr("One less")
        glyph: "minus"
        Layout.column: 0
        onClicked: root.entry.step(-1)
    }

    Field {
        objectName: "number"
        label: root.entry.label
        value: root.entry.text
        unit: root.entry.unit
        current: true
        held: root.held
        centred: true
        Layout.row: 0
        Layout.column: root.stacked ? 0 : 1
        Layout.columnSpan: root.stacked ? 2 : 1
        Layout.fillWidth: true
    }

    Step {
        objectName: "numberMore"
        visible: root.stepping
        text: qsTr("One more")
        glyph: "plus"
        Layout.column: root.stacked ? 1 : 2
        onClicked: root.entry.step(1)
    }
}
