pragma ComponentBehavior: Bound
import QtQuick
import ".."

// The mark: bars of a symbol, and one small square of light.
Item {
    id: root

    implicitWidth: 32
    implicitHeight: 34
    Accessible.ignored: true

    Repeater {
        model: [[0, 6, 32], [10, 3, 32], [17, 3, 20], [24, 6, 20]]

        Rectangle {
            required property var modelData
            x: modelData[0]
            width: modelData[1]
            height: modelData[2]
            color: Theme.headInk
        }
    }

    Rectangle {
        x: 17
        y: 25
        width: 13
        height: 7
        color: Theme.spark
    }
}
