pragma ComponentBehavior: Bound
import QtQuick

// Holds one page; it is built when first needed or when the window has time, and slides in when it comes up.
Loader {
    id: root

    required property bool here
    property bool warm: false

    width: parent ? parent.width : 0
    height: parent ? parent.height : 0
    visible: here
    enabled: here
    active: false
    onHereChanged: if (here) { active = true; slide.restart(); forceActiveFocus() }
    onWarmChanged: if (warm) active = true
    Component.onCompleted: if (here) { active = true; forceActiveFocus() }

    NumberAnimation {
        id: slide
        target: root
        property: "x"
        from: Theme.move === 0 ? 0 : root.LayoutMirroring.enabled ? -24 : 24
        to: 0
        duration: Theme.move
        easing.type: Easing.OutCubic
    }
}
