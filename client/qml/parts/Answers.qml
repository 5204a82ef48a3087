pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// What must be answered: facts to compare, a field to fill, and the ways to answer. None looks better than another.
ColumnLayout {
    id: root

    required property Ask ask
    property int room: 0  // of what can be seen: the keys keep within it

    spacing: 12

    // The field that is to be filled hears the keyboard.
    function hold() { (root.ask.entry.kind === "text" ? text : keys).forceActiveFocus() }

    function step(by: int): bool {
        if (ask.entry.kind === "number") ask.entry.step(by)
        return ask.entry.kind === "number"
    }

    Connections {
        target: root.ask
        function onOpened() { root.hold() }
    }

    RowLayout {
        visible: compared.count > 0
        spacing: 12
        Layout.fillWidth: true

        Repeater {
            id: compared
            model: root.ask.compared

            Compared {
                required property string label
                required property string value
                required property string below
                required property string picture
                required property bool ours

                said: label
                big: value
                under: below
                glyph: picture
                doubted: ours
                Layout.fillWidth: true
                Layout.preferredWidth: 100
            }
        }
    }

    FocusScope {
        id: keys
        objectName: "typing"
        visible: root.ask.entry.kind !== "" && root.ask.entry.kind !== "text"
        implicitHeight: typing.implicitHeight
        Layout.fillWidth: true
        activeFocusOnTab: true
        Accessible.role: Accessible.EditableText
        Accessible.name: root.ask.title
        Keys.onPressed: event => event.accepted = root.ask.entry.type(event.text)
        Keys.onUpPressed: event => event.accepted = root.step(1)
        Keys.onDownPressed: event => event.accepted = root.step(-1)
        Keys.onReturnPressed: root.ask.enter()
        Keys.onEnterPressed: root.ask.enter()

        ColumnLayout {
            id: typing
            width: parent.width
            spacing: Theme.low ? 10 : 14

            DateField {
                visible: root.ask.entry.kind === "date"
                held: keys.activeFocus
                entry: root.ask.entry
                Layout.fillWidth: true
            }

            QuantityField {
                visible: root.ask.entry.kind === "number" || root.ask.entry.kind === "pin"
                stepping: root.ask.entry.kind === "number"
                held: keys.activeFocus
                entry: root.ask.entry
                Layout.fillWidth: true
            }

            Keypad {
                room: root.room > 0 ? root.room - keys.y - y : 0
                other: root.ask.entry.kind === "date" ? qsTr("Next") : ""
                Layout.fillWidth: true
                onDigit: digit => root.ask.entry.type(digit)
                onErase: root.ask.entry.erase()
                onException: root.ask.entry.next()
            }
        }
    }

    TextEntry {
        id: text
        visible: root.ask.entry.kind === "text"
        label: root.ask.entry.label
        entry: root.ask.entry
        Layout.fillWidth: true
        onEntered: root.ask.enter()
    }

    Repeater {
        id: ways

        model: root.ask.choices

        Choice {
            required property string command
            required property string title
            required property string below
            required property string picture
            required property bool barred

            objectName: "choice"
            text: title
            detail: root.ask.entry.kind === "" || root.ask.entry.kind === "text" ? below : ""
            glyph: picture
            locked: barred
            centred: root.ask.entry.kind !== "" && ways.count === 1 && !barred && below === ""
            Layout.fillWidth: true
            onClicked: root.ask.answer(command)
        }
    }
}
