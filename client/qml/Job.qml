pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// The open job: what was heard, what comes next, from where to where, the lines, and the way to finish.
Item {
    id: root

    required property JobPage page
    required property Sight sight
    readonly property bool asked: page.ask.open
    readonly property bool large: Theme.cramped
    readonly property bool keypad: asked && page.ask.entry.kind !== "" && page.ask.entry.kind !== "text"
    readonly property bool crowded: keypad && !Theme.split && (height < 700 || strip.visible)
    readonly property bool tight: large || crowded || (Theme.low && !Theme.split && asked && (page.ask.entry.kind !== "" && page.ask.entry.kind !== "text"))
    readonly property int inset: !Theme.split && width >= 600 ? (width - Theme.column) / 2 : 0
    readonly property int side: Theme.split ? Theme.list : width - 2 * inset
    readonly property int rest: Theme.split ? Math.min(Theme.detail, width - Theme.list) : side
    readonly property int start: Theme.split ? Theme.list : inset

    // What is typed goes to the question, else it is a number: how many of what was added last.
    Keys.onPressed: event => event.accepted = root.page.typed(event.text)
    onAskedChanged: hold()
    onVisibleChanged: hold()
    onEnabledChanged: hold()
    function hold() { if (visible && enabled) asked ? answers.hold() : forceActiveFocus() }

    Connections {
        target: root.page
        function onTouched(row: int) { list.touched = row; list.show(); Qt.callLater(list.show) }
    }

    JobStrip {
        id: strip
        objectName: "strip"
        anchors.top: parent.top
        anchors.left: parent.left
        width: Theme.split ? Theme.list : parent.width
        cells: root.page.cells
        progress: root.asked && root.page.ask.entry.kind !== "" ? "" : root.page.progress
        share: root.page.share
        blind: root.page.blind && !(root.asked && root.page.ask.entry.kind !== "")
        tight: root.tight || (root.asked && !Theme.split)
    }

    ScanBand {
        id: band
        objectName: "band"
        anchors.top: strip.bottom
        anchors.left: parent.left
        width: Theme.split ? Theme.list : parent.width
        extra: Theme.split ? 16 : 0
        tight: root.tight
        tone: root.page.band.tone
        title: root.page.band.title
        detail: root.page.band.detail
        times: root.page.band.times
    }

    QuestionHead {
        id: head
        anchors.top: Theme.split ? parent.top : band.bottom
        anchors.left: parent.left
        anchors.leftMargin: root.start
        width: root.rest
        title: root.page.question
        hint: root.page.hint
        camera: !root.large && (!root.asked || root.page.ask.entry.kind === "text")
        onLook: root.sight.open()
        tight: root.tight || (root.page.opened && !Theme.split)
    }

    // ------------------------------------------------------------ the list
    Rectangle {
        id: paper
        visible: list.visible
        anchors.fill: list
        color: Theme.split ? Theme.surface : Theme.paper
    }

    Rectangle {
        id: whose
        visible: Theme.split && root.page.whose !== ""
        anchors.top: band.bottom
        anchors.left: parent.left
        width: Theme.list
        height: visible ? Math.max(64, vendor.implicitHeight + 20) : 0
        color: Theme.surface

        GridLayout {
            id: vendor
            columns: Theme.textScale >= 1.5 || (numbers.visible && from.implicitWidth + columnSpacing + numbers.implicitWidth > width) ? 1 : 2
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            columnSpacing: 12
            rowSpacing: 4

            Words {
                id: from
                Layout.fillWidth: true
                text: root.page.whose
                bold: true
                size: Theme.strong
            }

            Badge {
                id: numbers
                Layout.maximumWidth: vendor.width
                visible: root.page.note !== ""
                text: root.page.note
                glyph: "file"
                tone: "act"
            }
        }
    }

    RowList {
        id: list
        objectName: "lines"
        visible: Theme.split || !(root.asked || root.page.opened)
        anchors.top: Theme.split ? whose.bottom : head.bottom
        anchors.bottom: Theme.split ? parent.bottom : bar.top
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: root.side
        model: root.page.lines
        cacheBuffer: 400

        footer: Column {
            width: ListView.view.width
            topPadding: offers.count > 0 ? 12 : 0
            spacing: 8

            Repeater {
                id: offers
                model: root.page.offers

                Choice {
                    required property string command
                    required property string title
                    required property string below
                    required property string picture

                    objectName: "offer"
                    x: Theme.margin
                    width: parent.width - 2 * Theme.margin
                    text: title
                    detail: below
                    glyph: picture
                    onClicked: root.page.offer(command)
                }
            }
        }

        // At once, and again when a new row or a longer question has taken its room.
        property int touched: -1
        function show() { forceLayout(); positionViewAtIndex(touched, ListView.Contain) }

        delegate: ListEntry {
            id: line
            required property string key
            required property string name
            required property string detail
            required property string second
            required property string number
            required property string unit
            required property string badge
            required property string badgeGlyph
            required property string badgeTone
            required property string tone
            required property real share
            required property string mark
            required property bool chosen

            LineRow {
                focus: true
                listed: true
                objectName: "line"
                width: parent.width
                text: line.name
                detail: line.detail
                second: line.second
                number: line.number
                unit: line.unit
                badge: line.badge
                badgeGlyph: line.badgeGlyph
                badgeTone: line.badgeTone
                tone: line.tone
                share: line.share
                mark: line.mark
                chosen: Theme.split && line.chosen
                onClicked: root.page.choose(line.key)
            }
        }
    }

    EmptyState {
        visible: list.visible && list.count === 0 && !root.page.offering && root.page.job !== "answer"
        anchors.centerIn: list
        width: list.width - 2 * Theme.margin
        glyph: "box"
        text: root.page.job === "count" ? qsTr("Nothing counted yet") : qsTr("Nothing here yet")
        hint: qsTr("Each scan becomes a line.")
    }

    Rectangle {
        visible: Theme.split
        anchors.left: list.right
        width: Theme.thin
        height: parent.height
        color: Theme.hair
    }

    // ------------------------------------------------------------ what is asked
    Flickable {
        id: asking
        visible: root.asked
        anchors.top: head.bottom
        anchors.bottom: bar.top
        anchors.left: parent.left
        anchors.leftMargin: root.start
        width: root.rest
        contentHeight: answers.implicitHeight + 20
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        // Each question begins at its first answer, however far the last one was scrolled.
        readonly property string about: root.page.question
        onAboutChanged: {
            cancelFlick()
            contentY = originY
        }

        Answers {
            id: answers
            objectName: "answers"
            x: Theme.margin
            y: Theme.split ? 16 : 6
            width: asking.width - 2 * Theme.margin
            ask: root.page.ask
            room: asking.height - y
        }
    }

    // ------------------------------------------------------------ one line: on the desktop beside the list
    Flickable {
        id: one
        visible: (Theme.split || root.page.opened) && !root.asked
        anchors.top: head.bottom
        anchors.bottom: bar.top
        anchors.left: head.left
        width: root.rest
        contentHeight: detail.implicitHeight + 32
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        LineDetail {
            id: detail
            visible: root.page.line.key !== ""
            x: Theme.margin
            y: 16
            width: one.width - 2 * Theme.margin
            line: root.page.line
        }
    }

    MainBar {
        id: bar
        objectName: "mainBar"
        anchors.bottom: parent.bottom
        anchors.left: head.left
        width: root.rest
        tight: root.tight
        undoing: root.page.canUndo
        undoText: root.page.undoText
        acting: root.page.acting && (root.page.ready || !Theme.cramped)
        ready: root.page.ready
        text: root.page.mainText
        missing: root.page.missing
        glyph: root.page.mainGlyph
        idleGlyph: root.page.ask.entry.sign
        more: root.page.hasMore
        onOthers: root.page.more()
        onUndo: root.page.undo()
        onAct: root.page.act()
    }
}
