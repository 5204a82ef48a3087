pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import ".."

// What a glove presses: a border, round corners and a lower edge. Enter and Space press it from the keyboard.
T.AbstractButton {
    id: root

    property color face: Theme.surface
    property color rim: Theme.edge
    property int rimWidth: Theme.border
    property int rounding: Theme.radius
    property bool raised: true
    property color pressedFace: Theme.actSoft
    property color ring: Theme.focus
    property bool ringInside: rounding === 0

    implicitWidth: Math.max(Theme.target, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    focusPolicy: Qt.TabFocus
    Accessible.name: text
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    background: Item {
        Rectangle {
            visible: root.raised && root.enabled && Theme.drop > 0
            width: parent.width
            height: parent.height
            y: Theme.drop
            radius: root.rounding
            color: Theme.shade
        }

        Rectangle {
            anchors.fill: parent
            radius: root.rounding
            color: root.down ? root.pressedFace : root.face
            border.width: root.rimWidth
            border.color: root.rim
        }

        FocusRing {
            control: root
            rounding: root.rounding
            inside: root.ringInside
            border.color: root.ring
        }
    }
}
