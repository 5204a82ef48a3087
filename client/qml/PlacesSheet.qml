pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// Other places for this device, over the page: ticked or scanned, then kept.
Rectangle {
    id: root

    required property SettingsPage page
    readonly property int inset: width >= 600 ? Math.max(0, (width - Theme.column) / 2) : 0

    color: Theme.paper
    Accessible.role: Accessible.Grouping
    Accessible.name: root.page.question

    TapHandler { gesturePolicy: TapHandler.ReleaseWithinBounds }
    WheelHandler {}

    ScanBand {
        id: band
        visible: root.page.tone !== ""
        height: visible ? implicitHeight : 0
        width: parent.width
        tone: root.page.tone === "" ? "idle" : root.page.tone
        title: root.page.told
        detail: ""
        times: 1
    }

    SetupPlaces {
        anchors.top: band.bottom
        anchors.bottom: bar.top
        width: parent.width
        page: root.page.places
        title: root.page.question
        hint: root.page.hint
        inset: root.inset
    }

    MainBar {
        id: bar
        objectName: "placesBar"
        anchors.bottom: parent.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        undoText: qsTr("Cancel")
        glyph: "check"
        text: root.page.mainText
        missing: ""
        onUndo: root.page.undo()
        onAct: root.page.act()
    }
}
