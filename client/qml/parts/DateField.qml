pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// Year, month, day as printed; the day may stay empty.
RowLayout {
    id: root

    required property Entry entry

    spacing: 8

    Field {
        objectName: "year"
        label: qsTr("Year")
        value: root.entry.year
        empty: "––––"
        current: root.entry.part === 0
        Layout.fillWidth: true
        Layout.horizontalStretchFactor: 2
        onClicked: root.entry.go(0)
    }

    Field {
        objectName: "month"
        label: qsTr("Month")
        value: root.entry.month
        empty: "––"
        current: root.entry.part === 1
        Layout.fillWidth: true
        Layout.horizontalStretchFactor: 1
        onClicked: root.entry.go(1)
    }

    Field {
        objectName: "day"
        label: qsTr("Day")
        value: root.entry.dayPart
        empty: "––"
        current: root.entry.part === 2
        Layout.fillWidth: true
        Layout.horizontalStretchFactor: 1
        onClicked: root.entry.go(2)
    }
}
