pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// Scan anything; go on where you were; what can be started; how the network is.
Item {
    id: root

    required property HomePage page
    required property Shell shell
    // A sheet lies over the day's list.
    required property bool sheeted
    // As tall as lets all of it be seen without scrolling, the refusal and Settings too: else as low as a thumb likes.
    readonly property real rest: column.implicitHeight - tiles.implicitHeight + tiles.rowSpacing + column.y + Theme.margin
    readonly property real tall: Math.max(root.least, Math.min(root.most, (body.height - root.rest) / 2))
    readonly property int most: Theme.railed ? (Theme.height < 860 ? 164 : 184) : Theme.low ? 96 : 132
    readonly property int least: Theme.railed ? 104 : Theme.low ? 96 : 108
    readonly property int side: Theme.split ? parent.width - today.width : width

    ScanBand {
        id: band
        visible: root.page.band.tone !== "idle"
        height: visible ? implicitHeight : 0
        anchors.left: parent.left
        width: root.side
        extra: Theme.split ? 16 : 0
        tone: root.page.band.tone
        title: root.page.band.title
        detail: root.page.band.detail
        times: root.page.band.times
    }

    Rectangle {
        id: panel
        visible: !Theme.split
        anchors.top: band.bottom
        width: parent.width
        height: visible ? Math.max(Theme.low ? 104 : 144, invite.implicitHeight + 32) : 0
        color: Theme.sunken

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }

        Invite {
            id: invite
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: body.anchors.leftMargin + Theme.margin
            anchors.rightMargin: Theme.margin
            frame: Theme.low ? 72 : Theme.narrow ? 80 : 96
        }
    }

    component Invite: RowLayout {
        id: inviting
        property int frame: 96
        spacing: Theme.narrow ? 12 : Theme.railed ? 24 : 18

        CameraButton {
            Layout.preferredWidth: Math.max(inviting.frame, implicitWidth)
            Layout.preferredHeight: Math.max(inviting.frame, implicitHeight)
            face: Theme.split ? Theme.actSoft : Theme.surface
            rim: Theme.contrast ? Theme.edge : Theme.act
            onClicked: root.shell.sight.open()
        }

        ColumnLayout {
            spacing: 4
            Layout.fillWidth: true

            Words {
                objectName: "question"
                Layout.fillWidth: true
                text: qsTr("Scan anything")
                bold: true
                size: Theme.narrow || (Theme.split && !Theme.railed) ? Theme.question : Theme.quantity
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            Words {
                Layout.fillWidth: true
                visible: !Theme.cramped
                text: qsTr("an order, a product, a shelf, a badge")
                size: Theme.narrow ? Theme.small : Theme.body
                color: Theme.ink2
            }
        }
    }

    Flickable {
        id: body
        anchors.top: panel.bottom
        anchors.bottom: network.top
        anchors.left: parent.left
        anchors.leftMargin: !Theme.split && parent.width >= 600 ? (parent.width - Theme.column) / 2 : 0
        width: Theme.split ? root.side : Math.min(parent.width, parent.width >= 600 ? Theme.column : parent.width)
        contentHeight: column.implicitHeight + 2 * Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: column
            x: Theme.margin
            y: Theme.split ? Theme.margin : Theme.air
            width: body.width - 2 * Theme.margin
            spacing: Theme.split ? 16 : 12

            Rectangle {
                visible: Theme.split
                Layout.fillWidth: true
                implicitHeight: Math.max(160, wide.implicitHeight + 48)
                radius: Theme.radius
                color: Theme.surface
                border.width: 2
                border.color: Theme.contrast ? Theme.edge : Theme.act

                Invite {
                    id: wide
                    anchors.fill: parent
                    anchors.margins: 24
                    frame: 112
                }
            }

            Words {
                visible: !Theme.split && drafts.count > 0
                Layout.fillWidth: true
                text: qsTr("Go on where you were")
                bold: true
                size: Theme.body
            }

            Repeater {
                id: drafts
                model: Theme.split ? null : root.page.drafts

                DraftEntry {
                    Layout.fillWidth: true
                    onClicked: root.page.open(key)
                }
            }

            Words {
                visible: !Theme.split
                Layout.fillWidth: true
                Layout.topMargin: 4
                text: qsTr("Start")
                bold: true
                size: Theme.body
            }

            GridLayout {
                id: tiles
                columns: body.width < 200 * Theme.textScale ? 1 : 2
                columnSpacing: Theme.split ? 16 : 12
                rowSpacing: Theme.split ? 16 : 12
                uniformCellWidths: true
                Layout.fillWidth: true

                Tile {
                    objectName: "tileReceive"
                    tall: root.tall
                    glyph: "receive"
                    text: qsTr("Receive")
                    detail: qsTr("%n expected", "", root.page.expected)
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    onClicked: root.shell.go("receive")
                }

                Tile {
                    objectName: "tileMove"
                    tall: root.tall
                    glyph: "move"
                    text: qsTr("Move")
                    detail: root.page.wanted > 0 ? qsTr("%n wanted", "", root.page.wanted) : qsTr("use, take now")
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    onClicked: root.shell.go("move")
                }

                Tile {
                    objectName: "tileCount"
                    tall: root.tall
                    glyph: "count"
                    text: qsTr("Count")
                    detail: qsTr("%n asked for", "", root.page.counts)
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    onClicked: root.shell.go("count")
                }

                Tile {
                    objectName: "tileLook"
                    tall: root.tall
                    glyph: "search"
                    text: qsTr("Look up")
                    detail: qsTr("stock, lot, expiry")
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    onClicked: root.shell.go("look")
                }
            }

            Choice {
                objectName: "noticed"
                visible: !Theme.split && root.page.noticedTitle !== ""
                text: root.page.noticedTitle
                detail: root.page.noticedDetail
                glyph: "calendar"
                rimWidth: Theme.thin
                Layout.fillWidth: true
                onClicked: root.shell.go("look")
            }

            RefusalCard {
                objectName: "refusal"
                visible: root.page.refusedTitle !== ""
                text: root.page.refusedTitle
                detail: root.page.refusedDetail
                Layout.fillWidth: true
                onClicked: root.shell.go("outbox")
            }

            Choice {
                objectName: "settings"
                text: qsTr("Settings")
                glyph: "settings"
                rimWidth: Theme.thin
                Layout.fillWidth: true
                onClicked: root.shell.go("settings")
            }
        }
    }

    NetworkStrip {
        id: network
        objectName: "network"
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        width: root.side
        online: root.shell.news.online
        tried: root.shell.news.tried
        trouble: root.shell.news.trouble
        unsent: root.shell.news.unsent
        since: root.shell.news.since
        lastSync: root.shell.news.lastSync
        onClicked: root.shell.news.syncNow()
    }

    Rectangle {
        id: today
        visible: Theme.split
        enabled: !root.sheeted
        anchors.right: parent.right
        width: Theme.split ? Math.min(Theme.railed ? 568 : 400, root.width / 2) : 0
        height: parent.height
        color: Theme.surface

        Rectangle {
            anchors.left: parent.left
            width: Theme.thin
            height: parent.height
            color: Theme.hair
            z: 2
        }

        RowLayout {
            id: todayHead
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            height: 64

            Words {
                Layout.fillWidth: true
                text: qsTr("Today")
                bold: true
                size: Theme.title
            }

            Words {
                text: root.page.today
                color: Theme.ink2
            }
        }

        RowList {
            id: agenda
            objectName: "agenda"
            anchors.top: todayHead.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            model: Theme.split ? root.page.agenda : null

            delegate: ListEntry {
                id: item
                required property string key
                required property string glyph
                required property string name
                required property string detail
                required property string number
                required property string unit
                required property real share

                LineRow {
                    focus: true
                    listed: true
                    width: parent.width
                    text: item.name
                    detail: item.detail
                    glyph: item.glyph
                    share: item.share
                    number: item.number
                    unit: item.unit
                    onClicked: root.page.open(item.key)
                }
            }
        }

        EmptyState {
            visible: agenda.count === 0
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.margin
            glyph: "receive"
            text: qsTr("Nothing is waiting")
            hint: qsTr("Scan an order, a product or a shelf to begin.")
        }
    }
}
