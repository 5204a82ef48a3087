pragma ComponentBehavior: Bound
import QtQuick
import ".."

// A framed piece of paper with a lower edge that is only read.
Rectangle {
    color: Theme.surface
    radius: Theme.radius
    border.width: Theme.thin
    border.color: Theme.edge
}
