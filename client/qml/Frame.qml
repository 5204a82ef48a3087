pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// All that is in the window once the device's own data is there: strip, header, rail, and one page at a time.
Rectangle {
    id: root

    required property Shell shell
    property bool warmed: false

    color: shell.practice ? Theme.prac : Theme.paper
    LayoutMirroring.enabled: shell.mirrored
    LayoutMirroring.childrenInherit: true

    Binding { target: Theme; property: "wanted"; value: root.shell.theme }
    Binding { target: Theme; property: "practice"; value: root.shell.practice }
    Binding { target: Theme; property: "reduceMotion"; value: root.shell.reduceMotion }
    Binding { target: Theme; property: "textScale"; value: root.shell.textScale }
    Binding { target: Theme; property: "width"; value: root.width }
    Binding { target: Theme; property: "height"; value: root.height }

    // The pages not yet seen are built after the first frame, so that the first scan finds them ready.
    Timer {
        running: true
        interval: 60
        onTriggered: root.warmed = true
    }

    Item {
        id: page
        anchors.fill: parent
        anchors.margins: root.shell.practice ? 6 : 0
        focus: true
        Keys.onEscapePressed: root.shell.back()

        PracticeStrip {
            id: strip
            visible: root.shell.practice
            height: visible ? implicitHeight : 0
            width: parent.width
        }

        Header {
            id: header
            objectName: "header"
            anchors.top: strip.bottom
            width: parent.width
            title: root.shell.title
            place: root.shell.place
            person: root.shell.person
            initials: root.shell.initials
            role: root.shell.role
            backward: !Theme.railed && root.shell.page !== "home" && root.shell.page !== "start"
            badge.visible: root.shell.page !== "start"
            badge.unsent: root.shell.unsent
            badge.refused: root.shell.refused
            badge.since: root.shell.since
            badge.practice: root.shell.practice
            onBack: root.shell.back()
            onOutbox: root.shell.go("outbox")
        }

        Rail {
            id: rail
            anchors.top: header.bottom
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            visible: Theme.railed && root.shell.page !== "start"
            width: visible ? Theme.rail : 0
            page: root.shell.page === "deliveries" ? "receive" : root.shell.page
            refused: root.shell.refused
            onGo: page => root.shell.go(page)
        }

        Item {
            id: area
            anchors.top: header.bottom
            anchors.bottom: parent.bottom
            anchors.left: rail.right
            anchors.right: parent.right
            clip: true

            Rectangle {
                anchors.fill: parent
                color: Theme.paper
            }

            PageSlot {
                here: root.shell.page === "home"
                warm: root.warmed
                sourceComponent: Home { page: root.shell.home; shell: root.shell }
            }

            PageSlot {
                here: root.shell.page === "deliveries"
                warm: root.warmed
                sourceComponent: Deliveries { page: root.shell.deliveries }
            }

            PageSlot {
                here: root.shell.page === "receive"
                warm: root.warmed
                sourceComponent: Receive { page: root.shell.receive }
            }

            PageSlot {
                here: root.shell.page === "outbox"
                warm: root.warmed
                sourceComponent: Outbox { page: root.shell.outbox }
            }

            PageSlot {
                here: root.shell.page === "start"
                sourceComponent: Start { shell: root.shell }
            }
        }
    }
}
