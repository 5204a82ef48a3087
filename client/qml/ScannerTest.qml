pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// The scanner test: a code to scan, how the six went, and at the end what to mend. Nothing here is stock.
Item {
    id: root

    required property ScannerPage page
    // Beside the code stands how the six went, where there is room.
    property bool split: Theme.split
    readonly property int side: split && !page.choosing ? Theme.list : 0

    ScanBand {
        id: band
        visible: root.page.done && !root.page.choosing
        height: visible ? implicitHeight : 0
        width: parent.width
        tone: root.page.tone
        title: root.page.title
        detail: root.page.detail
        times: 1
    }

    QuestionHead {
        id: head
        visible: !root.page.done || root.page.choosing
        height: visible ? implicitHeight : 0
        anchors.top: band.bottom
        anchors.left: parent.left
        width: parent.width - root.side
        title: root.page.title
        hint: root.page.detail
    }

    // ------------------------------------------------------------ the code
    Flickable {
        id: body
        visible: !root.page.done && !root.page.choosing
        anchors.top: head.bottom
        anchors.bottom: root.split ? parent.bottom : course.top
        anchors.left: parent.left
        width: head.width
        contentHeight: paper.height + skip.implicitHeight + 3 * Theme.air
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        // What is left of the page beside the two answers; below the code some of the six are seen, where there is room.
        readonly property real room: root.height - head.height - skip.implicitHeight - 3 * Theme.air

        Rectangle {
            id: paper
            x: Theme.margin
            y: Theme.air
            width: body.width - 2 * Theme.margin
            height: Math.max(120, Math.min(root.split ? 360 : Theme.low ? 200 : 248, body.room - (root.split ? 0 : 104)))
            radius: Theme.radius
            color: "white"
            border.width: Theme.thin
            border.color: Theme.edge
            Accessible.role: Accessible.Graphic
            Accessible.name: root.page.detail

            Image {
                id: code
                // Whole pixels a module, or edges blur and a scanner sees nothing.
                readonly property int module: Math.max(1, Math.floor(Math.min((paper.width - 8) / Math.max(1, sourceSize.width), root.page.linear ? 4 : (paper.height - 8) / Math.max(1, sourceSize.height), 8)))
                anchors.centerIn: parent
                source: root.page.symbol
                width: module * sourceSize.width
                height: root.page.linear ? Math.min(140, paper.height - 40) : module * sourceSize.height
                smooth: false
                cache: false
                fillMode: Image.Stretch
            }
        }

        ColumnLayout {
            id: skip
            anchors.top: paper.bottom
            anchors.topMargin: Theme.air
            anchors.left: paper.left
            width: paper.width
            spacing: 8

            Choice {
                objectName: "leaveOut"
                Layout.fillWidth: true
                text: qsTr("Leave this one out")
                glyph: "forward"
                centred: true
                rimWidth: Theme.thin
                onClicked: root.page.leaveOut()
            }

            Choice {
                objectName: "choosePort"
                Layout.fillWidth: true
                text: qsTr("Scanner at a serial port")
                glyph: "settings"
                centred: true
                rimWidth: Theme.thin
                onClicked: root.page.choosePort()
            }
        }
    }

    // ------------------------------------------------------------ the port
    Flickable {
        id: plugs
        visible: root.page.choosing
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        width: head.width
        contentHeight: ports.height + Theme.air
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ItemList {
            id: ports
            objectName: "ports"
            width: plugs.width
            model: root.page.ports
            onPressed: key => root.page.press(key)
        }
    }

    // ------------------------------------------------------------ how the six went
    Rectangle {
        id: course
        visible: !root.page.done && !root.page.choosing
        anchors.bottom: parent.bottom
        height: root.split ? parent.height : Math.max(0, body.room - paper.height)
        anchors.right: parent.right
        width: root.split ? root.side : parent.width
        color: Theme.surface

        Rectangle {
            width: root.split ? Theme.thin : parent.width
            height: root.split ? parent.height : Theme.thin
            color: Theme.hair
        }

        ListView {
            anchors.fill: parent
            anchors.margins: 8
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.page.steps

            delegate: Item {
                id: step
                required property string name
                required property string how
                required property string picture
                width: ListView.view.width
                implicitHeight: Math.max(root.split ? 48 : 40, row.implicitHeight + 12)

                RowLayout {
                    id: row
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.leftMargin: 12
                    anchors.rightMargin: 12
                    spacing: 14

                    Icon {
                        name: step.picture
                        size: 24
                        color: step.picture === "check" ? Theme.okText : step.picture === "cross" ? Theme.noText : Theme.ink2
                    }

                    Words {
                        Layout.fillWidth: true
                        text: step.name
                        bold: step.how !== "" && step.picture === "scan"
                    }

                    Words {
                        visible: text !== ""
                        text: step.how
                        color: Theme.ink2
                    }
                }
            }
        }
    }

    // ------------------------------------------------------------ what to mend
    ListView {
        id: faults
        objectName: "faults"
        visible: root.page.done && !root.page.choosing
        anchors.top: band.bottom
        anchors.bottom: again.top
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, Theme.detail)
        topMargin: Theme.air
        bottomMargin: Theme.air
        spacing: 12
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.page.faults

        delegate: Item {
            id: mend
            required property string what
            required property string how
            width: ListView.view.width
            implicitHeight: card.height

            Card {
                id: card
                x: Theme.margin
                width: parent.width - 2 * Theme.margin
                height: told.implicitHeight + 32

                ColumnLayout {
                    id: told
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.margins: 16
                    spacing: 6

                    Words {
                        Layout.fillWidth: true
                        text: mend.what
                        bold: true
                        size: Theme.strong
                    }

                    Words {
                        Layout.fillWidth: true
                        text: mend.how
                        size: Theme.body
                    }
                }
            }
        }
    }

    MainBar {
        id: again
        visible: root.page.done && !root.page.choosing
        height: visible ? implicitHeight : 0
        anchors.bottom: parent.bottom
        width: parent.width
        undoing: false
        text: qsTr("Test again")
        glyph: "scan"
        onAct: root.page.begin()
    }
}
