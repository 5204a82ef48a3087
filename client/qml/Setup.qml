pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import Wardstock
import "parts"

// The first start, in a frame of its own: nothing of the ward is there yet.
Rectangle {
    id: root

    required property SetupPage page
    readonly property int inset: width >= 600 ? Math.max(0, (width - Theme.column) / 2) : 0
    readonly property bool covered: page.sight.state !== "" || page.enlisting || page.unlock !== null

    color: Theme.paper
    LayoutMirroring.enabled: page.manner.mirrored
    LayoutMirroring.childrenInherit: true

    Binding { target: Theme; property: "wanted"; value: root.page.manner.theme }
    Binding { target: Theme; property: "practice"; value: false }
    Binding { target: Theme; property: "reduceMotion"; value: root.page.manner.reduceMotion }
    Binding { target: Theme; property: "textScale"; value: root.page.manner.textScale }
    Binding { target: Theme; property: "width"; value: root.width }
    Binding { target: Theme; property: "height"; value: root.height }

    FileDialog {
        id: files
        title: qsTr("A set-up sheet, rules, or a key")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("All files (%1)").arg("*")]
        onAccepted: root.page.takeFiles(selectedFiles)
    }

    Connections {
        target: root.page
        function onFileWanted() { files.open() }
    }

    InSight {}

    DropArea {
        id: drop
        anchors.fill: parent
        onDropped: event => { event.accept(Qt.CopyAction); root.page.takeFiles(event.urls) }
    }

    Item {
        anchors.fill: parent
        focus: true
        Keys.onEscapePressed: root.page.back()

        Header {
            id: header
            objectName: "header"
            width: parent.width
            title: qsTr("Wardstock")
            place: root.page.place
            person: ""
            initials: ""
            role: ""
            badge.visible: false
        }

        Stepper {
            id: stepper
            anchors.top: header.bottom
            anchors.topMargin: Theme.low ? 10 : 18
            x: root.inset + Theme.margin
            width: root.width - 2 * x
            names: root.page.phases
            now: root.page.phase
        }

        ScanBand {
            id: band
            anchors.top: stepper.bottom
            anchors.topMargin: visible ? 8 : 0
            visible: root.page.band.tone !== "idle"
            height: visible ? implicitHeight : 0
            width: parent.width
            tight: Theme.low
            tone: root.page.band.tone
            title: root.page.band.title
            detail: root.page.band.detail
            times: root.page.band.times
        }

        Item {
            id: area
            anchors.top: band.bottom
            anchors.bottom: bar.top
            width: parent.width
            clip: true
            enabled: !root.covered

            Loader {
                anchors.fill: parent
                active: root.page.step === "connect"
                sourceComponent: SetupConnect {
                    page: root.page
                    inset: root.inset
                    onOpenFile: files.open()
                }
            }

            Loader {
                anchors.fill: parent
                active: root.page.step === "places"
                sourceComponent: SetupPlaces {
                    page: root.page.places
                    title: root.page.title
                    hint: root.page.hint
                    inset: root.inset
                }
            }

            Loader {
                x: root.inset
                width: parent.width - 2 * x
                height: parent.height
                active: root.page.step === "scanner"
                sourceComponent: ScannerTest { page: root.page.scanner; split: false }
            }

            // A step is built anew, so that its first field has the keyboard.
            Repeater {
                model: ["form", "confirm", "key", "test", "rules", "fetch", "people"]

                Loader {
                    id: slot
                    required property string modelData
                    anchors.fill: parent
                    active: root.page.step === slot.modelData
                    sourceComponent: SetupStep {
                        page: root.page
                        inset: root.inset
                    }
                }
            }
        }

        MainBar {
            id: bar
            objectName: "setupBar"
            anchors.bottom: parent.bottom
            x: root.inset
            width: root.width - 2 * root.inset
            visible: !root.page.first
            enabled: !root.covered
            undoText: qsTr("Back")
            idleGlyph: "keys"
            acting: root.page.mainText !== ""
            ready: root.page.ready
            text: root.page.mainText
            glyph: root.page.mainGlyph
            missing: root.page.missing
            onUndo: root.page.back()
            onAct: root.page.act()
        }

        Loader {
            id: sheet
            anchors.top: stepper.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            active: root.page.sight.state !== ""
            sourceComponent: SightSheet {
                sight: root.page.sight
                next: root.page.title
            }
        }

        Loader {
            anchors.fill: sheet
            active: root.page.enlisting
            sourceComponent: EnlistSheet { page: root.page.enlist }
        }
    }

    // Where the key of the data is kept: asked once, on a device without a keyring.
    Loader {
        anchors.fill: parent
        active: root.page.unlock !== null
        sourceComponent: Unlock {
            page: root.page.unlock
            parts: root.page.phases
            part: root.page.phase
            place: root.page.place
        }
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
            glyph: "file"
            text: qsTr("Let go: the file is read")
        }
    }
}
