pragma ComponentBehavior: Bound
import QtQuick
import ".."

// 3 px, 2 px outside the control it surrounds; inside where the control fills its place to the edge.
Rectangle {
    required property Item control
    property int rounding: Theme.radius
    property bool inside: false
    readonly property int gap: inside ? 2 : -5

    objectName: "focusRing"
    anchors.fill: parent
    anchors.margins: gap
    visible: control.activeFocus
    color: "transparent"
    radius: rounding > 0 ? Math.max(2, rounding - gap) : 0
    border.width: 3
    border.color: Theme.focus
    z: 10
}
