pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// What can be received or moved, to begin by touch when nothing can be scanned.
Item {
    id: root

    required property StartsPage page
    required property Sight sight
    readonly property int side: Theme.split ? Theme.list : width
    readonly property int inset: !Theme.split && width >= 600 ? (width - Theme.column) / 2 : 0

    ScanBand {
        id: band
        anchors.left: parent.left
        width: root.side
        extra: Theme.split ? 16 : 0
        tone: root.page.band.tone
        title: root.page.band.title
        detail: root.page.band.detail
        times: root.page.band.times
    }

    QuestionHead {
        id: head
        anchors.top: Theme.split ? parent.top : band.bottom
        anchors.left: parent.left
        anchors.leftMargin: Theme.split ? Theme.list : root.inset
        width: Theme.split ? root.width - Theme.list : root.width - 2 * root.inset
        title: root.page.question
        hint: root.page.hint
        camera: true
        onLook: root.sight.open()
    }

    Rectangle {
        visible: Theme.split
        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        width: Theme.list
        color: Theme.surface
    }

    RowList {
        id: list
        objectName: "starts"
        anchors.top: Theme.split ? band.bottom : head.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: Theme.split ? Theme.list : root.width - 2 * root.inset
        model: root.page.rows

        delegate: ListEntry {
            id: row
            required property string key
            required property string name
            required property string detail
            required property string number
            required property string unit
            required property real share
            required property string glyph

            LineRow {
                focus: true
                listed: true
                objectName: "start"
                width: parent.width
                text: row.name
                detail: row.detail
                glyph: row.glyph
                share: row.share
                number: row.number
                unit: row.unit
                onClicked: root.page.open(row.key)
            }
        }
    }

    Rectangle {
        visible: Theme.split
        anchors.left: list.right
        width: Theme.thin
        height: parent.height
        color: Theme.hair
    }

    EmptyState {
        visible: list.count === 0
        anchors.centerIn: list
        width: list.width - 2 * Theme.margin
        glyph: "receive"
        text: qsTr("Nothing is waiting")
        hint: qsTr("What came today may not be here yet: scan it.")
    }

    EmptyState {
        visible: Theme.split
        y: Math.max((root.height - height) / 2, head.y + head.height + Theme.margin)
        anchors.horizontalCenter: head.horizontalCenter
        width: head.width - 4 * Theme.margin
        glyph: "scan"
        text: qsTr("Goods can be scanned straight away")
        hint: qsTr("A product that is expected opens its delivery, a shelf asks what to do there.")
    }
}
