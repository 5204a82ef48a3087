pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// Somebody new at this device, over the page: name, role, badge, PIN, one question at a time.
Rectangle {
    id: root

    required property EnlistPage page
    readonly property int inset: width >= 600 ? Math.max(0, (width - Theme.column) / 2) : 0

    color: Theme.paper
    Accessible.role: Accessible.Grouping
    Accessible.name: root.page.title

    // Whatever was pressed last: what is asked now has the keyboard.
    Connections {
        target: root.page
        function onAsked() { root.page.typing ? keys.forceActiveFocus() : field.forceActiveFocus() }
    }

    TapHandler { gesturePolicy: TapHandler.ReleaseWithinBounds }
    WheelHandler {}

    ScanBand {
        id: band
        visible: root.page.trouble !== ""
        height: visible ? implicitHeight : 0
        width: parent.width
        tone: "no"
        title: root.page.trouble
        detail: ""
        times: 1
    }

    QuestionHead {
        id: head
        anchors.top: band.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        title: root.page.title
        hint: root.page.hint
        tight: root.page.typing && (Theme.low || (band.visible && root.height < 720))
    }

    Flickable {
        id: naming
        visible: root.page.step === "name"
        anchors.top: head.bottom
        anchors.bottom: bar.top
        x: root.inset
        width: root.width - 2 * root.inset
        contentHeight: field.y + field.implicitHeight + 20
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        FormField {
            id: field
            objectName: "enlistName"
            x: Theme.margin
            y: 12
            width: naming.width - 2 * x
            label: qsTr("Name")
            value: root.page.name
            onEdited: text => root.page.write(text)
            onEntered: root.page.act()
            Component.onCompleted: root.page.typing ? keys.forceActiveFocus() : forceActiveFocus()
        }
    }

    ListView {
        visible: root.page.step === "role" || root.page.step === "approver"
        anchors.top: head.bottom
        anchors.bottom: bar.top
        x: root.inset
        width: root.width - 2 * root.inset
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.page.roles

        delegate: LineRow {
            required property string key
            required property string title

            objectName: "role-" + key
            required detail
            width: ListView.view.width
            text: title
            glyph: "person"
            onward: true
            onClicked: root.page.choose(key)
        }
    }

    Flickable {
        id: waiting
        visible: root.page.step === "badge"
        anchors.top: head.bottom
        anchors.bottom: bar.top
        x: root.inset
        width: root.width - 2 * root.inset
        contentHeight: waits.implicitHeight + 32
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: waits
            x: Theme.margin
            y: 16
            width: waiting.width - 2 * Theme.margin
            spacing: 24

            EmptyState {
                glyph: "scan"
                text: qsTr("Waiting for the badge")
                Layout.fillWidth: true
            }

            Choice {
                objectName: "noBadge"
                text: qsTr("They have no badge")
                detail: qsTr("Name and PIN will do")
                glyph: "person"
                Layout.fillWidth: true
                onClicked: root.page.noBadge()
            }
        }
    }

    Flickable {
        id: typing
        visible: root.page.typing
        anchors.top: head.bottom
        anchors.bottom: bar.top
        x: root.inset
        width: root.width - 2 * root.inset
        contentHeight: keys.implicitHeight + 16
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        FocusScope {
            id: keys
            x: Theme.margin
            width: typing.width - 2 * Theme.margin
            implicitHeight: pad.implicitHeight
            activeFocusOnTab: true
            Accessible.role: Accessible.EditableText
            Accessible.name: root.page.title
            Keys.onPressed: event => event.accepted = root.page.entry.type(event.text)
            Keys.onReturnPressed: root.page.act()
            Keys.onEnterPressed: root.page.act()

            ColumnLayout {
                id: pad
                width: parent.width
                spacing: Theme.low ? 10 : 14

                QuantityField {
                    stepping: false
                    entry: root.page.entry
                    Layout.fillWidth: true
                }

                Keypad {
                    room: typing.height - y
                    Layout.fillWidth: true
                    onDigit: digit => root.page.entry.type(digit)
                    onErase: root.page.entry.erase()
                }
            }
        }
    }

    MainBar {
        id: bar
        objectName: "enlistBar"
        anchors.bottom: parent.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        undoText: qsTr("Back")
        idleGlyph: "keys"
        acting: root.page.acting
        ready: root.page.ready
        text: root.page.mainText
        missing: root.page.missing
        onUndo: root.page.back()
        onAct: root.page.act()
    }
}
