pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A field of a form: its label above what is typed, a note below the label; of a secret only how long it is.
FocusScope {
    id: root

    required property string label
    property string value: ""
    property string note: ""
    property bool secret: false
    signal edited(string text)
    signal entered()

    implicitHeight: Math.max(88, name.implicitHeight + input.implicitHeight + 24)

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
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 14
        anchors.topMargin: 8
        text: root.note !== "" ? qsTr("%1 · %2", "label of a field, note").arg(root.label).arg(root.note) : root.label
        bold: input.activeFocus
        color: input.activeFocus ? Theme.actText : Theme.ink2
    }

    TextInput {
        id: input
        objectName: root.objectName + "Input"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 14
        anchors.bottomMargin: 10
        focus: true
        activeFocusOnTab: true
        clip: true
        color: Theme.ink
        selectionColor: Theme.act
        selectedTextColor: Theme.actInk
        cursorVisible: activeFocus
        font.pixelSize: Theme.strong
        font.weight: Font.Bold
        echoMode: root.secret ? TextInput.Password : TextInput.Normal
        inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase | (root.secret ? Qt.ImhSensitiveData : Qt.ImhNone)
        horizontalAlignment: TextInput.AlignLeft
        text: root.value
        Accessible.role: Accessible.EditableText
        Accessible.name: root.label
        Accessible.description: root.note
        Accessible.passwordEdit: root.secret
        onTextEdited: root.edited(text)
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
