pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Ten digits for gloves; lower left the spoken exception, lower right erase.
GridLayout {
    id: root

    property string other: ""
    property int room: 0  // of what can be seen; 0 is as much as it likes
    readonly property int keyHeight: room > 0 ? Math.max(Theme.target, Math.min(Theme.keyHeight, (room - 3 * rowSpacing - Theme.drop) / 4)) : Theme.keyHeight
    signal digit(string digit)
    signal exception()
    signal erase()

    // Digits stand as on every telephone, also where pages are read from the right.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    columns: 3
    columnSpacing: 8
    rowSpacing: 8

    component Key: Pressable {
        id: key
        property string glyph: ""
        property int size: Theme.scaled(30)

        rounding: Theme.keyRadius
        rimWidth: Theme.thin
        focusPolicy: Qt.NoFocus  // a keyboard has these keys itself
        Layout.fillWidth: true
        Layout.preferredWidth: 100
        Layout.preferredHeight: root.keyHeight

        contentItem: Item {
            implicitWidth: written.implicitWidth

            Words {
                id: written
                anchors.centerIn: parent
                visible: key.glyph === ""
                text: key.text
                bold: true
                size: key.size
            }

            Icon {
                anchors.centerIn: parent
                visible: key.glyph !== ""
                name: key.glyph === "" ? "erase" : key.glyph
                size: 32
            }
        }
    }

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        Key {
            required property string modelData
            objectName: "key" + modelData
            text: modelData
            onClicked: root.digit(modelData)
        }
    }

    Key {
        objectName: "keyOther"
        text: root.other
        enabled: root.other !== ""
        opacity: enabled ? 1 : 0
        size: Theme.body
        onClicked: root.exception()
    }

    Key {
        objectName: "key0"
        text: "0"
        onClicked: root.digit("0")
    }

    Key {
        objectName: "keyErase"
        text: qsTr("Erase")
        glyph: "erase"
        onClicked: root.erase()
    }
}
