pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// Who works here: scan a badge, or tap a name and type its PIN. Also the locked screen.
Item {
    id: root

    required property PeoplePage page
    readonly property bool asked: page.ask.open
    readonly property int inset: width >= 600 ? Math.max(0, (width - Theme.column) / 2) : 0

    ScanBand {
        id: band
        width: parent.width
        tight: root.asked && Theme.low
        tone: root.page.band.tone
        title: root.page.band.title
        detail: root.page.band.detail
        times: root.page.band.times
    }

    QuestionHead {
        id: head
        anchors.top: band.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        title: root.page.question
        hint: root.page.hint
        tight: root.asked && Theme.low
    }

    RowList {
        id: list
        objectName: "people"
        visible: !root.asked
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        model: root.page.people

        delegate: LineRow {
            required property string key
            required property string name
            required property string role
            required property bool here

            objectName: "colleague"
            listed: true
            width: ListView.view.width
            text: name
            detail: role
            glyph: "person"
            badge: here ? qsTr("works here now") : ""
            badgeGlyph: "check"
            badgeTone: "ok"
            onward: true
            onClicked: root.page.choose(key)
        }

        header: Item {
            visible: root.page.alone
            width: ListView.view.width
            height: visible ? nobody.implicitHeight + 48 : 0

            EmptyState {
                id: nobody
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.margin
                glyph: "person"
                text: qsTr("Nobody is entered yet")
                hint: qsTr("Then anybody works here. The first to be added is a supervisor.")
            }
        }

        footer: ColumnLayout {
            visible: !root.page.locked
            height: visible ? implicitHeight : 0
            x: Theme.margin
            width: ListView.view.width - 2 * Theme.margin
            spacing: 8

            Choice {
                objectName: "lockNow"
                visible: !root.page.alone
                text: qsTr("Lock the screen")
                glyph: "lock"
                Layout.fillWidth: true
                Layout.topMargin: 16
                onClicked: root.page.locking()
            }

            Choice {
                objectName: "changePeople"
                text: qsTr("Add or change people")
                glyph: "plus"
                Layout.fillWidth: true
                Layout.topMargin: root.page.alone ? 16 : 0
                Layout.bottomMargin: 16
                onClicked: root.page.changing()
            }
        }
    }

    Flickable {
        id: asking
        visible: root.asked
        anchors.top: head.bottom
        anchors.bottom: bar.top
        x: root.inset
        width: root.width - 2 * root.inset
        contentHeight: answers.implicitHeight + 20
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Answers {
            id: answers
            objectName: "answers"
            x: Theme.margin
            y: 6
            width: asking.width - 2 * Theme.margin
            ask: root.page.ask
            room: asking.height - y
        }
    }

    MainBar {
        id: bar
        objectName: "mainBar"
        anchors.bottom: parent.bottom
        visible: root.asked
        height: visible ? implicitHeight : 0
        x: root.inset
        width: root.width - 2 * root.inset
        undoText: qsTr("Cancel")
        acting: true
        ready: root.page.ready
        text: root.page.mainText
        missing: qsTr("Type the PIN")
        idleGlyph: "keys"
        onUndo: root.page.undo()
        onAct: root.page.act()
    }
}
