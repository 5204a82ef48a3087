pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Letters and signs for gloves, where the system shows no keyboard: as many in a row as there is room for.
GridLayout {
    id: root

    property int page: 0
    readonly property var pages: ["abcdefghijklmnopqrstuvwxyz.-", "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-", "1234567890.:/-_@+&'()#,;", "äöüßåæøáàâãéèêëíìîïóòôõúùûçñ"]
    readonly property var names: ["abc", "ABC", "123", "äöü"]
    signal typed(string text)
    signal erase()

    columns: Math.max(4, Math.floor((width + 8) / 64))
    columnSpacing: 8
    rowSpacing: 8

    component Letter: Pressable {
        id: letter
        property string glyph: ""

        rounding: Theme.keyRadius
        rimWidth: Theme.thin
        leftPadding: 2
        rightPadding: 2
        Layout.fillWidth: true
        Layout.preferredWidth: 56
        Layout.preferredHeight: 56

        contentItem: Item {
            implicitWidth: written.implicitWidth

            Words {
                id: written
                anchors.centerIn: parent
                visible: letter.glyph === ""
                text: letter.text
                bold: true
                size: Theme.strong
            }

            Icon {
                anchors.centerIn: parent
                visible: letter.glyph !== ""
                name: letter.glyph === "" ? "erase" : letter.glyph
                size: 28
            }
        }
    }

    Repeater {
        model: root.pages[root.page].split("")

        Letter {
            required property string modelData
            objectName: "letter-" + modelData
            text: modelData
            onClicked: root.typed(modelData)
        }
    }

    Letter {
        objectName: "letterPage"
        text: root.names[(root.page + 1) % root.names.length]
        Accessible.name: qsTr("Other letters: %1").arg(text)
        face: Theme.actSoft
        onClicked: root.page = (root.page + 1) % root.names.length
    }

    Letter {
        text: qsTr("Blank")
        glyph: "blank"
        face: Theme.actSoft
        onClicked: root.typed(" ")
    }

    Letter {
        objectName: "letterErase"
        text: qsTr("Erase")
        glyph: "erase"
        face: Theme.actSoft
        onClicked: root.erase()
    }
}
