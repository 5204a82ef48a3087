pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import ".."

// Letters and digits as printed, typed or scanned.
FocusScope {
    id: root

    required property string label
    required property Entry entry
    signal entered()

    implicitHeight: Math.max(88, name.implicitHeight + input.implicitHeight + 20)

    Rectangle {
        anchors.fill: parent
        radius: Theme.keyRadius
        color: Theme.surface
        border.width: input.activeFocus ? Theme.border + 1 : Theme.border
        border.color: input.activeFocus ? Theme.act : Theme.edge
    }

    Words {
        id: name
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.leftMargin: 14
        anchors.topMargin: 8
        text: root.label
        bold: input.activeFocus
        color: input.activeFocus ? Theme.actText : Theme.ink2
    }

    TextInput {
        id: input
        objectName: "textInput"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 14
        anchors.bottomMargin: 8
        focus: true
        activeFocusOnTab: true
        clip: true
        color: Theme.ink
        selectionColor: Theme.act
        selectedTextColor: Theme.actInk
        cursorVisible: activeFocus
        font.pixelSize: Theme.quantity
        font.weight: Font.Bold
        inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhPreferUppercase
        text: root.entry.text
        Accessible.role: Accessible.EditableText
        Accessible.name: root.label
        onTextEdited: root.entry.write(text)
        onAccepted: root.entered()

        cursorDelegate: Rectangle {
            visible: input.activeFocus
            width: 3
            color: Theme.act
        }
    }

    TapHandler {
        onTapped: input.forceActiveFocus()
    }
}
