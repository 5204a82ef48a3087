pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// Which places a device serves: typed, scanned, ticked. What lies below a ticked one is served too.
Item {
    id: root

    required property PlacesPage page
    required property string title
    required property string hint
    required property int inset

    QuestionHead {
        id: head
        x: root.inset
        width: root.width - 2 * root.inset
        title: root.title
        hint: root.hint
        tight: Theme.low
    }

    // Over the list; where letters are too large for both, it scrolls with it.
    Component {
        id: search

        Item {
            width: root.width - 2 * root.inset
            implicitHeight: field.height + 16

            FormField {
                id: field
                objectName: "placeSearch"
                x: Theme.margin
                y: 4
                width: parent.width - 2 * x
                label: qsTr("Search")
                note: root.page.chosen
                value: root.page.text
                onEdited: text => root.page.type(text)
            }
        }
    }

    Loader {
        id: over
        anchors.top: head.bottom
        anchors.topMargin: Theme.split ? 8 : 0
        x: root.inset
        height: active ? implicitHeight : 0
        active: !Theme.cramped
        sourceComponent: search
    }

    RowList {
        id: list
        objectName: "places"
        anchors.top: over.bottom
        anchors.bottom: parent.bottom
        header: Theme.cramped ? search : null
        x: root.inset
        width: root.width - 2 * root.inset
        model: root.page.rows

        delegate: LineRow {
            required property string key
            required property string name
            required property string path
            required property bool ticked
            required property bool within
            required property bool house

            objectName: "place"
            listed: true
            width: ListView.view.width
            text: name
            detail: path === name ? "" : path
            share: ticked || within ? 1 : 0
            badge: within ? qsTr("served with the place above") : house ? qsTr("with all its places") : ""
            badgeGlyph: within ? "check" : "home"
            Accessible.role: Accessible.CheckBox
            Accessible.checkable: true
            Accessible.checked: ticked || within
            onClicked: root.page.toggle(key)
        }

        readonly property int touched: root.page.touched
        onTouchedChanged: bring()
        Component.onCompleted: bring()
        onHeightChanged: if (touched >= 0) positionViewAtIndex(currentIndex, ListView.Contain)
        function bring() { if (touched >= 0) currentIndex = touched }
    }
}
