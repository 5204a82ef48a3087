pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Wardstock
import "parts"

// What was confirmed and where it is: refused, waiting, to send, done; each with its story and Odoo's document.
Item {
    id: root

    required property OutboxPage page
    readonly property int inset: !Theme.split && width >= 600 ? (width - Theme.column) / 2 : 0
    readonly property int side: Theme.split ? Theme.list : width - 2 * inset
    readonly property int rest: Theme.split ? Math.min(Theme.detail, width - Theme.list) : side
    readonly property bool shown: page.entry.key !== ""
    readonly property bool alone: shown && !Theme.split && page.opened

    component Tab: T.AbstractButton {
        id: tab

        required property string which
        required property int count
        property string glyph: ""
        property bool alarming: false
        readonly property bool here: root.page.tab === which
        readonly property color ink: alarming && count > 0 ? Theme.noText : here ? Theme.ink : Theme.ink2

        implicitHeight: Math.max(72, implicitContentHeight + 16)
        implicitWidth: Math.max(56, implicitContentWidth + 12)
        focusPolicy: Qt.TabFocus
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumWidth: implicitWidth
        Layout.preferredWidth: implicitContentWidth
        Accessible.role: Accessible.PageTab
        Accessible.name: qsTr("%1: %2").arg(text).arg(count)
        Keys.onReturnPressed: tab.click()
        Keys.onEnterPressed: tab.click()
        onClicked: root.page.show(which)

        background: Rectangle {
            color: tab.here ? Theme.paper : tab.down ? Theme.actSoft : Theme.surface

            Rectangle {
                visible: tab.here
                anchors.bottom: parent.bottom
                width: parent.width
                height: 6
                color: tab.alarming ? Theme.no : Theme.main
            }

            FocusRing {
                control: tab
                rounding: 0
                inside: true
            }
        }

        contentItem: Item {
            implicitWidth: Math.max(inside.implicitWidth, 52)
            implicitHeight: inside.implicitHeight

            ColumnLayout {
                id: inside
                anchors.centerIn: parent
                spacing: 0

                RowLayout {
                    spacing: 6
                    Layout.alignment: Qt.AlignHCenter

                    Icon {
                        visible: tab.glyph !== "" && !Theme.narrow
                        name: tab.glyph === "" ? "outbox" : tab.glyph
                        color: tab.alarming && tab.count > 0 ? Theme.noText : Theme.ink
                    }

                    Words {
                        text: tab.count
                        bold: true
                        size: Theme.scaled(24)
                        color: tab.alarming && tab.count > 0 ? Theme.noText : Theme.ink
                    }
                }

                Words {
                    text: tab.text
                    bold: tab.here
                    color: tab.here ? Theme.ink : Theme.ink2
                    Layout.alignment: Qt.AlignHCenter
                }
            }
        }
    }

    Rectangle {
        id: tabs
        anchors.left: parent.left
        width: Theme.split ? Theme.list : parent.width
        height: beside.implicitHeight
        color: Theme.surface
        visible: !root.alone

        // Where they need more room than there is, they are drawn along by the finger.
        Flickable {
            anchors.fill: parent
            contentWidth: beside.width
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            RowLayout {
                id: beside
                width: Math.max(tabs.width, implicitWidth)
                height: tabs.height
                spacing: 0

                Tab {
                    objectName: "tabAll"
                    visible: !Theme.narrow
                    which: "all"
                    count: root.page.all
                    text: Theme.railed ? qsTr("All today") : qsTr("All")
                }

                Tab {
                    objectName: "tabRefused"
                    which: "refused"
                    count: root.page.refused
                    glyph: "cross"
                    alarming: true
                    text: qsTr("Refused")
                }

                Tab {
                    objectName: "tabWaiting"
                    which: "waiting"
                    count: root.page.waiting
                    glyph: "waiting"
                    text: qsTr("Waiting")
                }

                Tab {
                    objectName: "tabSend"
                    which: "send"
                    count: root.page.toSend
                    glyph: "outbox"
                    text: qsTr("To send")
                }

                Tab {
                    objectName: "tabDone"
                    which: "done"
                    count: root.page.done
                    glyph: "check"
                    text: qsTr("Done")
                }
        }
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }
    }

    Rectangle {
        visible: Theme.split
        anchors.top: tabs.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        width: Theme.list
        color: Theme.surface
    }

    // What became of a way that was pressed, or of a scan.
    ScanBand {
        id: band
        visible: root.page.band.tone !== "idle"
        anchors.top: root.alone ? parent.top : tabs.bottom
        anchors.left: parent.left
        height: visible ? implicitHeight : 0
        width: Theme.split ? Theme.list : parent.width
        tone: root.page.band.tone
        title: root.page.band.title
        detail: root.page.band.detail
        times: root.page.band.times
    }

    RowList {
        id: list
        objectName: "outbox"
        visible: !root.alone
        anchors.top: band.bottom
        anchors.bottom: Theme.split ? parent.bottom : bar.top
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: root.side
        model: root.page.rows

        // Whether the device can be handed over, said of all of it.
        header: Rectangle {
            objectName: "handOver"
            width: ListView.view.width
            height: root.page.tab === "all" ? Math.max(Theme.row, over.implicitHeight + 24) : 0
            visible: height > 0
            color: root.page.safe ? Theme.okSoft : Theme.askSoft

            RowLayout {
                id: over
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.leftMargin: Theme.margin
                anchors.rightMargin: Theme.margin
                spacing: 14

                Icon {
                    name: root.page.safe ? "check" : "waiting"
                    size: 32
                    color: Theme.textOn(root.page.safe ? "ok" : "ask")
                }

                ColumnLayout {
                    spacing: 1
                    Layout.fillWidth: true

                    Words {
                        Layout.fillWidth: true
                        text: root.page.handOver
                        bold: true
                        size: Theme.body
                        color: Theme.textOn(root.page.safe ? "ok" : "ask")
                    }

                    Words {
                        Layout.fillWidth: true
                        text: root.page.handOverDetail
                    }
                }
            }
        }

        delegate: ListEntry {
            id: row
            required property string key
            required property string name
            required property string detail
            required property string glyph
            required property string mark
            required property string badge
            required property string badgeGlyph
            required property string badgeTone
            required property real share
            required property bool chosen

            LineRow {
                focus: true
                listed: true
                objectName: "outboxRow"
                width: parent.width
                text: row.name
                detail: row.detail
                glyph: row.glyph
                mark: row.mark
                share: row.share
                badge: row.badge
                badgeGlyph: row.badgeGlyph
                badgeTone: row.badgeTone
                chosen: Theme.split && row.chosen
                onward: !Theme.split
                onClicked: root.page.choose(row.key)
            }
        }
    }

    Words {
        visible: list.visible && text !== ""
        anchors.bottom: list.bottom
        anchors.left: list.left
        anchors.right: list.right
        leftPadding: Theme.margin
        rightPadding: Theme.margin
        topPadding: 8
        bottomPadding: 8
        text: root.page.more
        color: Theme.ink2

        Rectangle {
            anchors.fill: parent
            z: -1
            color: Theme.sunken
        }
    }

    EmptyState {
        visible: list.visible && list.count === 0 && list.height > implicitHeight + 16 && !Theme.cramped
        anchors.centerIn: list
        width: list.width - 2 * Theme.margin
        glyph: "check"
        text: root.page.nothing
        hint: root.page.nothingHint
    }

    Rectangle {
        visible: Theme.split
        anchors.left: parent.left
        anchors.leftMargin: Theme.list
        width: Theme.thin
        height: parent.height
        color: Theme.hair
        z: 2
    }

    Flickable {
        id: one
        visible: root.shown && (Theme.split || root.alone)
        anchors.top: root.alone ? band.bottom : parent.top
        anchors.bottom: bar.top
        anchors.left: parent.left
        anchors.leftMargin: Theme.split ? Theme.list : root.inset
        width: root.rest
        contentHeight: story.implicitHeight + 2 * Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        TransactionDetail {
            id: story
            x: Theme.margin
            y: Theme.margin
            width: one.width - 2 * Theme.margin
            entry: root.page.entry
        }
    }

    MainBar {
        id: bar
        objectName: "mainBar"
        anchors.bottom: parent.bottom
        anchors.left: one.left
        width: root.rest
        undoing: false
        ready: root.page.canSend
        text: qsTr("Try to send now")
        missing: root.page.missing
        glyph: "outbox"
        idleGlyph: "check"
        onAct: root.page.send()
    }
}
