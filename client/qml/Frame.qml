pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// All that is in the window once the device's own data is there: strip, header, rail, and one page at a time.
Rectangle {
    id: root

    required property Shell shell
    property bool warmed: false

    color: shell.manner.practice ? Theme.prac : Theme.paper
    LayoutMirroring.enabled: shell.manner.mirrored
    LayoutMirroring.childrenInherit: true

    // A picture of a code is dropped anywhere, or pasted, and read.
    DropArea {
        id: drop
        anchors.fill: parent
        onDropped: event => { event.accept(Qt.CopyAction); event.hasUrls ? root.shell.sight.take(event.urls) : root.shell.sight.readBytes(event.getDataAsArrayBuffer("image/png")) }
    }

    Shortcut {
        sequences: [StandardKey.Paste]
        onActivated: root.shell.sight.paste()
    }

    Binding { target: Theme; property: "wanted"; value: root.shell.manner.theme }
    Binding { target: Theme; property: "practice"; value: root.shell.manner.practice }
    Binding { target: Theme; property: "reduceMotion"; value: root.shell.manner.reduceMotion }
    Binding { target: Theme; property: "textScale"; value: root.shell.manner.textScale }
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
        // Violet on all sides; on the smallest screen large words need the width.
        readonly property int rim: root.shell.manner.practice ? 6 : 0
        anchors.margins: rim
        anchors.leftMargin: Theme.narrow && Theme.textScale > 1.3 ? 0 : rim
        anchors.rightMargin: anchors.leftMargin
        focus: true
        Keys.onEscapePressed: root.shell.back()

        InSight {}

        PracticeStrip {
            id: strip
            visible: root.shell.manner.practice
            height: visible ? implicitHeight : 0
            width: parent.width
            leaving: root.shell.training.leaving
            onLeave: root.shell.training.leave()
            onStay: root.shell.training.stay()
        }

        Header {
            id: header
            objectName: "header"
            anchors.top: strip.bottom
            width: parent.width
            title: root.shell.title
            place: root.shell.place
            person: root.shell.here.person
            initials: root.shell.here.initials
            role: root.shell.here.role
            backward: !Theme.railed && root.shell.page !== "home" && !root.shell.people.locked
            badge.unsent: root.shell.news.unsent
            badge.refused: root.shell.news.refused
            badge.since: root.shell.news.since
            badge.practice: root.shell.manner.practice
            onBack: root.shell.back()
            onOutbox: root.shell.go("outbox")
            onPeople: root.shell.go("people")
        }

        Rail {
            id: rail
            anchors.top: header.bottom
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            visible: Theme.railed
            width: visible ? implicitWidth : 0
            page: root.shell.section
            refused: root.shell.news.refused
            onGo: page => root.shell.go(page)
        }

        // Below the answer that nobody knows a code: kept with its delivery, taught by who may.
        Rectangle {
            id: offer
            anchors.bottom: parent.bottom
            anchors.left: rail.right
            anchors.right: parent.right
            visible: root.shell.teach.offered || root.shell.teach.keeps
            height: visible ? ways.implicitHeight + 24 : 0
            color: Theme.noSoft

            GridLayout {
                id: ways
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.leftMargin: Theme.margin
                anchors.rightMargin: Theme.margin
                columns: Theme.railed ? 2 : 1
                uniformCellWidths: true
                columnSpacing: 12
                rowSpacing: 12

                Choice {
                    objectName: "keep"
                    visible: root.shell.teach.keeps
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    text: Theme.cramped ? qsTr("Keep it") : root.shell.teach.keepText
                    detail: Theme.cramped ? "" : root.shell.teach.keepDetail
                    glyph: "question"
                    onClicked: root.shell.teach.keep()
                }

                Choice {
                    objectName: "teach"
                    visible: root.shell.teach.offered && !(root.shell.teach.keeps && Theme.cramped)
                    Layout.fillWidth: true
                    text: root.shell.teach.offer
                    detail: root.shell.teach.code
                    glyph: "plus"
                    onClicked: root.shell.teach.open()
                }
            }
        }

        // In an exercise of the practice ward: what comes next, on every page.
        GuideStrip {
            id: guide
            anchors.bottom: offer.top
            anchors.left: rail.right
            anchors.right: parent.right
            page: root.shell.training
            visible: root.shell.training.offered && !area.guided && (root.shell.training.guiding ? area.guidable : root.shell.page === "home")
            height: visible ? implicitHeight : 0
        }

        Item {
            id: area
            anchors.top: header.bottom
            anchors.bottom: guide.top
            anchors.left: rail.right
            anchors.right: parent.right
            clip: true
            // A sheet lies over the page, or beside its list where there is room for both.
            readonly property bool sheeted: root.shell.sight.state !== "" || root.shell.teach.shown || guided
            readonly property bool covered: !Theme.split && sheeted
            // What is covered hears no key: the way back must. Who teaches a code types its product.
            onCoveredChanged: if (covered && !root.shell.teach.shown) page.forceActiveFocus()
            readonly property bool guidable: ["home", "job", "starts", "look"].includes(root.shell.page)
            readonly property bool guided: root.shell.training.open && guidable

            Rectangle {
                anchors.fill: parent
                color: Theme.paper
            }

            PageSlot {
                here: root.shell.page === "people"
                sourceComponent: People { page: root.shell.people }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "home"
                warm: root.warmed
                sourceComponent: Home { page: root.shell.home; shell: root.shell; sheeted: area.sheeted }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "starts"
                warm: root.warmed
                sourceComponent: Starts { page: root.shell.starts; sight: root.shell.sight }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "job"
                warm: root.warmed
                sourceComponent: Job { page: root.shell.job; sight: root.shell.sight }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "look"
                warm: root.warmed
                sourceComponent: Look { page: root.shell.look }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "outbox"
                warm: root.warmed
                sourceComponent: Outbox { page: root.shell.outbox }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "scanner"
                sourceComponent: ScannerTest { page: root.shell.scannerTest }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "settings"
                sourceComponent: Settings { page: root.shell.settings }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "papers"
                sourceComponent: Papers { page: root.shell.papers }
            }

            PageSlot {
                enabled: here && !area.covered
                here: root.shell.page === "training"
                sourceComponent: Training { page: root.shell.training }
            }


            // A camera or a picture as a scanner, over the page; beside the list where there is room for both.
            Loader {
                id: sheet
                readonly property int beside: root.shell.page === "home" ? area.width - Math.min(Theme.railed ? 568 : 400, area.width / 2) : Theme.list
                anchors.top: parent.top
                anchors.bottom: parent.bottom
                anchors.right: parent.right
                anchors.left: parent.left
                anchors.leftMargin: Theme.split && root.shell.page !== "outbox" ? beside : 0
                active: root.shell.sight.state !== ""
                sourceComponent: SightSheet {
                    sight: root.shell.sight
                    answering: !Theme.split || root.shell.page === "outbox"
                    next: root.shell.page === "job" ? root.shell.job.question : root.shell.page === "starts" ? root.shell.starts.question : qsTr("Scan anything")
                }
            }

            Loader {
                anchors.fill: sheet
                active: root.shell.teach.shown
                sourceComponent: TeachSheet { page: root.shell.teach }
            }

            Loader {
                anchors.fill: sheet
                active: area.guided
                sourceComponent: GuideSheet { page: root.shell.training; answering: !Theme.split }
            }

            Rectangle {
                visible: drop.containsDrag
                anchors.fill: parent
                anchors.margins: 8
                radius: Theme.radius
                color: Theme.actSoft
                border.width: 3
                border.color: Theme.act

                EmptyState {
                    anchors.centerIn: parent
                    width: parent.width - 4 * Theme.margin
                    glyph: "picture"
                    text: qsTr("Let go: the picture is read")
                }
            }
        }
    }
}
