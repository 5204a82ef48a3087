pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A field of a form: its label above what is typed, a note beside the label; of a secret only how long it is. Where the
// system shows no keyboard of its own, the key at its end shows letters below it.
FocusScope {
    id: root

    required property string label
    property string value: ""
    property string note: ""
    property bool secret: false
    property bool lettered: false
    signal edited(string text)
    signal entered()

    implicitHeight: frame.height + (letters.visible ? letters.implicitHeight + 12 : 0)

    Rectangle {
        id: frame
        width: parent.width
        height: Math.max(88, name.implicitHeight + input.implicitHeight + 24)
        radius: Theme.keyRadius
        color: Theme.surface
        border.width: input.activeFocus ? Theme.border + 1 : Theme.border
        border.color: input.activeFocus ? Theme.act : Theme.edge
    }

    Words {
        id: name
        anchors.left: frame.left
        anchors.right: keys.left
        anchors.top: frame.top
        anchors.margins: 14
        anchors.rightMargin: 0  // the key has room around it: a day stands whole in half a handheld
        anchors.topMargin: 8
        text: root.note !== "" ? qsTr("%1 · %2", "label of a field, note").arg(root.label).arg(root.note) : root.label
        bold: input.activeFocus
        anywhere: true
        color: input.activeFocus ? Theme.actText : Theme.ink2
    }

    TextInput {
        id: input
        objectName: root.objectName + "Input"
        anchors.left: frame.left
        anchors.right: keys.left
        anchors.bottom: frame.bottom
        anchors.margins: 14
        anchors.rightMargin: root.lettered ? 8 : 0
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
        // Of a secret Qt tells no name.
        Accessible.description: (root.secret ? [root.label, root.note] : [root.note]).filter(part => part !== "").join(", ")
        Accessible.passwordEdit: root.secret
        // Read from its beginning, written on at its end.
        readonly property bool written: activeFocus || root.lettered
        onWrittenChanged: cursorPosition = written ? length : 0
        onTextChanged: if (!written) { cursorPosition = 0 }
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

    Pressable {
        id: keys
        objectName: "lettersOf" + root.objectName
        anchors.right: frame.right
        anchors.verticalCenter: frame.verticalCenter
        anchors.rightMargin: 8
        width: 64
        height: 64
        text: root.lettered ? qsTr("Hide the letters") : qsTr("Letters on the screen")
        // Who types with keys goes from field to field: Tab does not stop at letters for the finger.
        focusPolicy: Qt.NoFocus
        raised: false
        rimWidth: 0
        face: root.lettered ? Theme.actSoft : Theme.surface
        rounding: Theme.keyRadius
        onClicked: { root.lettered = !root.lettered; input.forceActiveFocus() }

        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: "keys"
                size: 28
                color: Theme.actText
            }
        }
    }

    Letters {
        id: letters
        visible: root.lettered
        anchors.top: frame.bottom
        anchors.topMargin: 12
        width: parent.width
        onTyped: text => { input.insert(input.cursorPosition, text); root.edited(input.text) }
        onErase: { input.remove(input.cursorPosition - 1, input.cursorPosition); root.edited(input.text) }
    }
}
