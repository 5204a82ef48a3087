pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// The window: practice strip, header, rail, and one page at a time.
Window {
    id: window

    required property Shell shell
    property bool warmed: false

    width: 480
    height: 800
    minimumWidth: 360
    minimumHeight: 560
    visible: true
    title: qsTr("Wardstock")
    color: shell.practice ? Theme.prac : Theme.paper
    LayoutMirroring.enabled: shell.mirrored
    LayoutMirroring.childrenInherit: true

    Binding { target: Theme; property: "wanted"; value: window.shell.theme }
    Binding { target: Theme; property: "practice"; value: window.shell.practice }
    Binding { target: Theme; property: "reduceMotion"; value: window.shell.reduceMotion }
    Binding { target: Theme; property: "textScale"; value: window.shell.textScale }
    Binding { target: Theme; property: "width"; value: window.width }
    Binding { target: Theme; property: "height"; value: window.height }

    // The pages not yet seen are built after the first frame, so that the first scan finds them ready.
    Timer {
        running: true
        interval: 60
        onTriggered: window.warmed = true
    }

    Item {
        id: page
        anchors.fill: parent
        anchors.margins: window.shell.practice ? 6 : 0
        focus: true
        Keys.onEscapePressed: window.shell.back()

        PracticeStrip {
            id: strip
            visible: window.shell.practice
            height: visible ? implicitHeight : 0
            width: parent.width
        }

        Header {
            id: header
            objectName: "header"
            anchors.top: strip.bottom
            width: parent.width
            title: window.shell.title
            place: window.shell.place
            person: window.shell.person
            initials: window.shell.initials
            role: window.shell.role
            backward: !Theme.railed && window.shell.page !== "home" && window.shell.page !== "start"
            badge.visible: window.shell.page !== "start"
            badge.unsent: window.shell.unsent
            badge.refused: window.shell.refused
            badge.since: window.shell.since
            badge.practice: window.shell.practice
            onBack: window.shell.back()
            onOutbox: window.shell.go("outbox")
        }

        Rail {
            id: rail
            anchors.top: header.bottom
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            visible: Theme.railed && window.shell.page !== "start"
            width: visible ? Theme.rail : 0
            page: window.shell.page === "deliveries" ? "receive" : window.shell.page
            refused: window.shell.refused
            onGo: page => window.shell.go(page)
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
                here: window.shell.page === "home"
                warm: window.warmed
                sourceComponent: Home { page: window.shell.home; shell: window.shell }
            }

            PageSlot {
                here: window.shell.page === "deliveries"
                warm: window.warmed
                sourceComponent: Deliveries { page: window.shell.deliveries }
            }

            PageSlot {
                here: window.shell.page === "receive"
                warm: window.warmed
                sourceComponent: Receive { page: window.shell.receive }
            }

            PageSlot {
                here: window.shell.page === "outbox"
                warm: window.warmed
                sourceComponent: Outbox { page: window.shell.outbox }
            }

            PageSlot {
                here: window.shell.page === "start"
                sourceComponent: Start { shell: window.shell }
            }
        }
    }
}
