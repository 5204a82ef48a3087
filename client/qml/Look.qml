pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// What is it, where does it lie, how old is that knowledge: by a scan, or by typing.
Item {
    id: root

    required property LookPage page
    readonly property int side: Theme.split ? Theme.list : width
    readonly property int inset: !Theme.split && width >= 600 ? (width - Theme.column) / 2 : 0

    // Who begins to type searches, wherever they stand on the page.
    focus: true
    Keys.onPressed: event => {
        const sign = event.text === "" ? 0 : event.text.charCodeAt(0)
        const command = event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)
        if (!typing.visible || command || sign <= 32 || sign === 127) {  // Escape, Backspace and Delete have signs too
            return
        }
        input.forceActiveFocus()
        input.insert(input.length, event.text)
        root.page.type(input.text)
        event.accepted = true
    }

    ScanBand {
        id: band
        // What was found is told below it again.
        visible: root.page.band.tone !== "idle" && !(Theme.cramped && root.page.looking && root.page.band.tone === "ok")
        height: visible ? implicitHeight : 0
        anchors.left: parent.left
        width: root.side
        extra: Theme.split ? 16 : 0
        tone: root.page.band.tone
        title: root.page.band.title
        detail: root.page.band.detail
        times: root.page.band.times
    }

    Item {
        id: typing
        anchors.top: band.bottom
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: root.side - 2 * root.inset
        // What was found needs the room; the way back leads to the search.
        visible: !(Theme.cramped && root.page.looking)
        height: visible ? Math.max(56, input.implicitHeight + 16, typeHere.implicitHeight + 16) + 24 : 0

        Rectangle {
            anchors.fill: parent
            anchors.margins: 12
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            radius: Theme.keyRadius
            color: Theme.surface
            border.width: input.activeFocus ? Theme.border + 1 : Theme.border
            border.color: input.activeFocus ? Theme.act : Theme.edge

            Icon {
                id: lens
                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: 14
                name: "search"
                size: 28
                color: Theme.actText
            }

            TextInput {
                id: input
                objectName: "lookInput"
                anchors.left: lens.right
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.leftMargin: 12
                anchors.rightMargin: 14
                activeFocusOnTab: true
                clip: true
                color: Theme.ink
                selectionColor: Theme.act
                selectedTextColor: Theme.actInk
                cursorVisible: activeFocus
                font.pixelSize: Theme.strong
                text: root.page.text
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("Search")
                onTextEdited: root.page.type(text)
                onAccepted: root.page.enter()
            }

            Words {
                id: typeHere
                visible: input.text === "" && !input.activeFocus
                anchors.left: lens.right
                anchors.leftMargin: 12
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Type a name, a code, a lot, a shelf")
                color: Theme.ink2
            }

            TapHandler {
                onTapped: input.forceActiveFocus()
            }
        }
    }

    QuestionHead {
        id: head
        anchors.top: Theme.split ? parent.top : typing.bottom
        anchors.left: parent.left
        anchors.leftMargin: Theme.split ? Theme.list : root.inset
        width: Theme.split ? root.width - Theme.list : root.width - 2 * root.inset
        title: root.page.title
        hint: root.page.below
    }

    // ------------------------------------------------------------ the sum, with its parts
    Rectangle {
        id: sum
        visible: root.page.summed
        anchors.top: head.bottom
        anchors.left: head.left
        width: head.width
        height: visible ? parts.implicitHeight + 32 : 0
        color: Theme.actSoft

        GridLayout {
            id: parts
            columns: Theme.cramped ? 1 : 3
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            columnSpacing: 12
            rowSpacing: 0

            component Part: ColumnLayout {
                id: part
                property string figure: ""
                property string below: ""
                property bool strong: false

                spacing: 0
                Layout.fillWidth: true
                Layout.preferredWidth: 100

                Words {
                    Layout.fillWidth: true
                    text: part.figure
                    bold: true
                    size: part.figure.length > 4 ? Theme.quantity : part.strong ? Theme.scaled(48) : Theme.figure
                }

                Words {
                    Layout.fillWidth: true
                    text: part.below
                    bold: part.strong
                }
            }

            Part {
                figure: root.page.odoo
                below: qsTr("in Odoo at %1").arg(root.page.at)
            }

            Part {
                visible: root.page.unsent !== "0"
                figure: root.page.sign + " " + root.page.unsent
                below: qsTr("yours, unsent")
            }

            Part {
                strong: true
                figure: "= " + root.page.here
                below: qsTr("%1 here now").arg(root.page.unit)
            }
        }
    }

    Rectangle {
        id: note
        visible: root.page.note !== ""
        anchors.top: sum.bottom
        anchors.left: head.left
        width: head.width
        height: visible ? noted.implicitHeight + 24 : 0
        color: root.page.noteTone === "no" ? Theme.noSoft : root.page.noteTone === "ask" ? Theme.askSoft : Theme.actSoft

        RowLayout {
            id: noted
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            spacing: 12

            Icon {
                name: root.page.noteTone === "ask" ? "warning" : "lock"
                size: 24
                color: root.page.noteTone === "no" ? Theme.noText : root.page.noteTone === "ask" ? Theme.askText : Theme.actText
            }

            Words {
                Layout.fillWidth: true
                text: root.page.note
                bold: true
                color: root.page.noteTone === "no" ? Theme.noText : root.page.noteTone === "ask" ? Theme.askText : Theme.actText
            }
        }
    }

    // ------------------------------------------------------------ rows, and what may be done
    Rectangle {
        visible: Theme.split
        anchors.fill: list
        color: Theme.surface
    }

    RowList {
        id: list
        objectName: "facts"
        anchors.top: Theme.split ? typing.bottom : note.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: root.side - 2 * root.inset
        model: root.page.facts

        delegate: ListEntry {
            id: row
            required property string key
            required property string name
            required property string detail
            required property string number
            required property string unit
            required property string glyph
            required property string badge
            required property string badgeGlyph
            required property string badgeTone
            required property string say

            LineRow {
                focus: true
                listed: true
                objectName: "fact"
                width: parent.width
                text: row.name
                detail: row.detail
                glyph: row.glyph
                number: row.number
                unit: row.unit
                badge: row.badge
                badgeGlyph: row.badgeGlyph
                badgeTone: row.badgeTone
                onClicked: root.page.press(row.say)
            }
        }

        footer: Column {
            width: ListView.view.width
            topPadding: 12
            bottomPadding: 12
            spacing: 8

            Repeater {
                model: Theme.split ? null : root.page.acts
                delegate: act
            }
        }
    }

    Component {
        id: act

        Choice {
            required property string command
            required property string title
            required property string below
            required property string picture

            objectName: "act"
            x: Theme.margin
            width: parent ? parent.width - 2 * Theme.margin : 0
            text: title
            detail: below
            glyph: picture
            onClicked: root.page.press(command)
        }
    }

    Column {
        visible: Theme.split
        anchors.top: note.bottom
        anchors.topMargin: 16
        anchors.left: head.left
        width: head.width
        spacing: 12

        Repeater {
            model: Theme.split ? root.page.acts : null
            delegate: act
        }
    }

    Rectangle {
        visible: Theme.split
        anchors.left: parent.left
        anchors.leftMargin: Theme.list
        width: Theme.thin
        height: parent.height
        color: Theme.hair
    }

    EmptyState {
        visible: list.count === 0
        anchors.centerIn: list
        width: list.width - 2 * Theme.margin
        glyph: "search"
        text: root.page.looking ? qsTr("Nothing lies here by the book") : qsTr("Scan it, or type")
        hint: root.page.looking ? "" : qsTr("Neither capitals nor accents matter.")
    }
}
