pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// Which product a code is that nobody knows here: found by typing, chosen with one tap.
Rectangle {
    id: root

    required property TeachPage page

    color: Theme.paper
    Accessible.role: Accessible.Grouping
    Accessible.name: root.page.title

    TapHandler { gesturePolicy: TapHandler.ReleaseWithinBounds }
    WheelHandler {}

    QuestionHead {
        id: head
        width: parent.width
        title: root.page.title
        hint: root.page.hint
    }

    Rectangle {
        id: field
        anchors.top: head.bottom
        anchors.topMargin: Theme.split ? 16 : 0
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        height: Math.max(64, input.implicitHeight + 24)
        radius: Theme.keyRadius
        color: Theme.surface
        border.width: Theme.border + 1
        border.color: Theme.act

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
            objectName: "teachInput"
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
            horizontalAlignment: TextInput.AlignLeft
            Accessible.role: Accessible.EditableText
            Accessible.name: root.page.title
            onTextEdited: root.page.type(text)
            Component.onCompleted: forceActiveFocus()
        }

        TapHandler { onTapped: input.forceActiveFocus() }
    }

    RowList {
        id: list
        anchors.top: field.bottom
        anchors.topMargin: 12
        anchors.bottom: bar.top
        width: parent.width
        model: root.page.rows

        delegate: LineRow {
            required property string key
            required property string name

            objectName: "teachHit"
            listed: true
            required detail
            width: ListView.view.width
            text: name
            onClicked: root.page.choose(key)
        }
    }

    EmptyState {
        visible: root.page.nothing !== ""
        anchors.centerIn: list
        width: list.width - 2 * Theme.margin
        glyph: "box"
        text: root.page.nothing
    }

    Rectangle {
        id: bar
        anchors.bottom: parent.bottom
        width: parent.width
        height: not_now.implicitHeight + 32
        color: Theme.paper

        Rectangle {
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }

        Choice {
            id: not_now
            objectName: "teachNot"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.margins: Theme.margin
            text: qsTr("Not now")
            glyph: "cross"
            centred: true
            onClicked: root.page.close()
        }
    }
}
