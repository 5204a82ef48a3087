pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// A number, with minus and plus beside it.
RowLayout {
    id: root

    required property Entry entry
    property bool stepping: true

    spacing: 8

    component Step: Pressable {
        id: step
        property string glyph: ""

        rounding: Theme.keyRadius
        raised: false
        Layout.preferredWidth: Theme.narrow ? 64 : 88
        Layout.fillHeight: true

        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: step.glyph
                size: 32
            }
        }
    }

    Step {
        objectName: "less"
        visible: root.stepping
        text: qsTr("One less")
        glyph: "minus"
        onClicked: root.entry.step(-1)
    }

    Field {
        objectName: "number"
        label: root.entry.label
        value: root.entry.text
        unit: root.entry.unit
        current: true
        centred: true
        Layout.fillWidth: true
    }

    Step {
        objectName: "more"
        visible: root.stepping
        text: qsTr("One more")
        glyph: "plus"
        onClicked: root.entry.step(1)
    }
}
