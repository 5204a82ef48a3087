pragma ComponentBehavior: Bound
import QtQuick
import ".."

// 3 px, 2 px outside the control it surrounds.
Rectangle {
    required property Item control
    property int rounding: Theme.radius

    anchors.fill: parent
    anchors.margins: -5
    visible: control.activeFocus
    color: "transparent"
    radius: rounding > 0 ? rounding + 5 : 0
    border.width: 3
    border.color: Theme.focus
    z: 10
}
