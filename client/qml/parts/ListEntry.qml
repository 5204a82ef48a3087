pragma ComponentBehavior: Bound
import QtQuick

// One row of a list, under the head of its section where it is the first. The list is one stop of the Tab key, and the
// arrow keys go from row to row.
FocusScope {
    id: root

    required property string head
    required property string headDetail
    default property alias content: column.data

    width: ListView.view ? ListView.view.width : 0
    implicitHeight: column.implicitHeight
    height: implicitHeight

    Column {
        id: column
        width: parent.width

        Loader {
            active: root.head !== ""
            visible: active
            width: parent.width
            sourceComponent: SectionHead {
                title: root.head
                detail: root.headDetail
            }
        }
    }
}
