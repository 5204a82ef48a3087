pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// Before the device can work, in a frame of its own: its passphrase, a new one, or why the data stays shut.
Rectangle {
    id: root

    required property UnlockPage page
    // In the first start: its parts, which of them this is in, and where the device is to belong.
    property list<string> parts: []
    property int part: 0
    property string place: ""
    readonly property int inset: width >= 600 ? Math.max(0, (width - Theme.column) / 2) : 0

    color: Theme.paper
    LayoutMirroring.enabled: page.manner.mirrored
    LayoutMirroring.childrenInherit: true

    Binding { target: Theme; property: "wanted"; value: root.page.manner.theme }
    Binding { target: Theme; property: "practice"; value: false }
    Binding { target: Theme; property: "reduceMotion"; value: root.page.manner.reduceMotion }
    Binding { target: Theme; property: "textScale"; value: root.page.manner.textScale }
    Binding { target: Theme; property: "width"; value: root.width }
    Binding { target: Theme; property: "height"; value: root.height }

    Header {
        id: header
        objectName: "header"
        width: parent.width
        title: qsTr("Wardstock")
        place: root.place
        person: ""
        initials: ""
        role: ""
        badge.visible: false
    }

    Loader {
        id: stepper
        active: root.parts.length > 0
        anchors.top: header.bottom
        anchors.topMargin: active ? (Theme.low ? 10 : 18) : 0
        x: root.inset + Theme.margin
        width: root.width - 2 * x
        sourceComponent: Stepper {
            names: root.parts
            now: root.part
        }
    }

    ScanBand {
        id: band
        anchors.top: stepper.bottom
        anchors.topMargin: visible && stepper.active ? 8 : 0
        visible: root.page.told !== ""
        height: visible ? implicitHeight : 0
        width: parent.width
        tight: Theme.low
        tone: "no"
        title: root.page.told
        detail: ""
        times: 1
    }

    Flickable {
        id: body
        objectName: "unlockBody"
        anchors.top: band.bottom
        anchors.bottom: bar.top
        x: root.inset
        width: root.width - 2 * root.inset
        contentHeight: fields.y + fields.implicitHeight + 2 * Theme.air
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        function bring(field: Item) { contentY = Math.max(0, Math.min(fields.y + field.y, contentHeight - height)) }

        QuestionHead {
            id: head
            width: body.width
            title: root.page.title
            hint: root.page.hint
        }

        ColumnLayout {
            id: fields
            x: Theme.margin
            y: head.height + 12
            width: body.width - 2 * Theme.margin
            spacing: 8

            FormField {
                id: first
                objectName: "passphrase"
                visible: root.page.asking
                Layout.fillWidth: true
                label: root.page.fieldLabel
                value: root.page.passphrase
                secret: true
                onEdited: text => root.page.write("passphrase", text)
                onActiveFocusChanged: if (activeFocus) body.bring(first)
                onEntered: root.page.choosing ? second.forceActiveFocus() : root.page.act()
                Component.onCompleted: if (visible) forceActiveFocus()
            }

            FormField {
                id: second
                objectName: "again"
                visible: root.page.choosing
                Layout.fillWidth: true
                label: root.page.againLabel
                value: root.page.again
                secret: true
                onEdited: text => root.page.write("again", text)
                onActiveFocusChanged: if (activeFocus) body.bring(second)
                onEntered: root.page.act()
            }

            Choice {
                objectName: "keepInFile"
                visible: root.page.choosing
                Layout.fillWidth: true
                Layout.topMargin: 12
                glyph: "file"
                text: root.page.fileText
                detail: root.page.fileDetail
                onClicked: root.page.keepInFile()
            }
        }
    }

    MainBar {
        id: bar
        objectName: "mainBar"
        anchors.bottom: parent.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        undoText: root.page.leaveText
        glyph: "lock"
        idleGlyph: "lock"
        ready: root.page.ready
        text: root.page.mainText
        missing: root.page.missing
        onUndo: root.page.leave()
        onAct: root.page.act()
    }
}
