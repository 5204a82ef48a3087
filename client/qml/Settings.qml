pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// What this device is and how it should be: a list of parts, and the open one beside it or in its place.
Item {
    id: root

    required property SettingsPage page
    readonly property bool opened: page.part !== ""
    readonly property int side: Theme.split ? Theme.list : 0

    Binding { target: root.page; property: "wide"; value: Theme.split }

    // ------------------------------------------------------------ the parts
    Item {
        id: parts
        anchors.left: parent.left
        visible: Theme.split || !root.opened
        width: Theme.split ? root.side : root.width
        height: parent.height

        QuestionHead {
            id: ask
            width: parent.width
            visible: !root.opened || Theme.split
            title: root.opened ? qsTr("Settings") : root.page.question
            hint: root.opened ? "" : root.page.hint
        }

        ListView {
            id: list
            objectName: "parts"
            anchors.top: ask.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.page.parts

            // The open part is in sight, whoever opened it.
            currentIndex: root.page.nth
            highlightMoveDuration: 0
            keyNavigationEnabled: false
            onHeightChanged: positionViewAtIndex(currentIndex, ListView.Contain)

            delegate: LineRow {
                required property string key
                required property string name
                required detail
                required glyph

                objectName: "part " + key
                width: ListView.view.width
                text: name
                chosen: root.page.part === key
                onward: true
                onClicked: root.page.open(key)
            }
        }

        Rectangle {
            visible: Theme.split
            anchors.right: parent.right
            width: Theme.thin
            height: parent.height
            color: Theme.hair
        }
    }

    // ------------------------------------------------------------ the open one
    Item {
        id: pane
        visible: root.opened
        enabled: !root.page.choosing && !(root.page.enlist !== null && root.page.enlist.open)  // a sheet lies over it
        anchors.left: parent.left
        anchors.leftMargin: root.side
        anchors.right: parent.right
        height: parent.height
        readonly property int wide: Math.min(width, Theme.split ? Theme.detail : width >= 600 ? Theme.column : width)
        readonly property int inset: Theme.split ? 0 : (width - wide) / 2

        ScanBand {
            id: band
            visible: root.page.tone !== ""
            width: parent.width
            height: visible ? implicitHeight : 0
            tone: root.page.tone === "" ? "idle" : root.page.tone
            title: root.page.told
            detail: root.page.toldMore
            times: 1
        }

        QuestionHead {
            id: head
            anchors.top: band.bottom
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            title: root.page.question
            hint: root.page.hint
            tight: root.page.asking && (Theme.low || (band.visible && root.height < 720))
        }

        Flickable {
            id: body
            visible: !root.page.asking
            anchors.top: head.bottom
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            contentHeight: items.height + Theme.air
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Connections {
                target: root.page
                function onOpened() { body.contentY = 0 }
            }

            ItemList {
                id: items
                objectName: "items"
                width: parent.width
                model: root.page.items
                onPressed: key => root.page.press(key)
            }
        }

        Flickable {
            id: asking
            visible: root.page.asking
            anchors.top: head.bottom
            anchors.bottom: bar.top
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            contentHeight: answers.implicitHeight + 16
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Answers {
                id: answers
                x: Theme.margin
                width: asking.width - 2 * Theme.margin
                ask: root.page.ask
                room: asking.height
            }
        }

        EmptyState {
            visible: root.page.asking && !root.page.ask.open && root.page.mainText === ""
            anchors.centerIn: asking
            width: asking.width - 4 * Theme.margin
            glyph: "scan"
            text: qsTr("Waiting for the badge")
        }

        MainBar {
            id: bar
            anchors.bottom: parent.bottom
            visible: root.page.asking
            height: visible ? implicitHeight : 0
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            undoText: qsTr("Cancel")
            idleGlyph: "keys"
            acting: root.page.mainText !== ""
            ready: root.page.ready
            text: root.page.mainText
            missing: root.page.missing
            onUndo: root.page.undo()
            onAct: root.page.act()
        }
    }

    Loader {
        anchors.fill: pane
        active: root.page.enlist !== null && root.page.enlist.open
        sourceComponent: EnlistSheet { page: root.page.enlist }
    }

    Loader {
        anchors.fill: pane
        active: root.page.choosing
        sourceComponent: PlacesSheet { page: root.page }
    }
}
