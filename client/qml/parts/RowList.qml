pragma ComponentBehavior: Bound
import QtQuick

// Rows below each other: one stop of the Tab key, then the arrow keys; Enter or Space presses the row.
ListView {
    id: root

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: count > 0
    keyNavigationEnabled: true
    highlightMoveDuration: 0
    onCountChanged: if (count > 0 && currentIndex < 0) currentIndex = 0
    Accessible.role: Accessible.List
}
