pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// The number of a row, and below it what it counts.
ColumnLayout {
    id: root

    required property string number
    required property string unit

    spacing: 0

    Words {
        text: root.number
        bold: true
        size: Theme.quantity
        wrapMode: Text.NoWrap
        lineHeight: 0.9
        horizontalAlignment: Text.AlignRight
        Layout.alignment: Qt.AlignRight
    }

    Words {
        visible: text !== ""
        text: root.unit
        color: Theme.ink2
        horizontalAlignment: Text.AlignRight
        Layout.alignment: Qt.AlignRight
        Layout.maximumWidth: 140
    }
}
