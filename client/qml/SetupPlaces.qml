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

    ListView {
        id: list
        objectName: "places"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.page.rows

        header: Item {
            width: list.width
            height: field.height + 20

            FormField {
                id: field
                objectName: "placeSearch"
                x: Theme.margin
                y: 12
                width: parent.width - 2 * x
                label: qsTr("Search")
                note: root.page.chosen
                value: root.page.text
                onEdited: text => root.page.type(text)
            }
        }

        delegate: LineRow {
            required property string key
            required property string name
            required property string path
            required property bool ticked
            required property bool within
            required property bool house

            objectName: "place"
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
        onTouchedChanged: if (touched >= 0) positionViewAtIndex(touched, ListView.Contain)
        Component.onCompleted: if (touched >= 0) Qt.callLater(() => positionViewAtIndex(touched, ListView.Contain))
    }
}
