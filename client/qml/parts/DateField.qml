pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// Year, month, day as printed; the day may stay empty. Where letters are too large for one row, the year has its own.
GridLayout {
    id: root

    required property Entry entry
    property bool held: true  // the keyboard writes here

    columns: width < 290 * Theme.textScale ? 2 : 4
    columnSpacing: 8
    rowSpacing: 8

    component Part: Field {
        id: part
        required property int nth

        current: root.entry.part === nth
        held: root.held
        Layout.fillWidth: true
        Layout.preferredWidth: 50 * Layout.columnSpan
        onClicked: root.entry.go(nth)
    }

    Part {
        objectName: "year"
        nth: 0
        label: qsTr("Year")
        value: root.entry.year
        empty: "––––"
        Layout.columnSpan: 2
    }

    Part {
        objectName: "month"
        nth: 1
        label: qsTr("Month")
        value: root.entry.month
        empty: "––"
    }

    Part {
        objectName: "day"
        nth: 2
        label: qsTr("Day")
        value: root.entry.dayPart
        empty: "––"
    }
}
