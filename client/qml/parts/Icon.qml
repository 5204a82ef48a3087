pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// One of our drawings in one colour; the same picture wherever it is shown (pages/icons.py). It grows with the words it
// stands beside. On a screen of 125 % it has a part of a dot more than its place: that is clear ground and is left out,
// not squeezed in.
Image {
    id: root

    required property string name
    property color color: Theme.ink
    property int size: 24  // beside text of 100 %
    readonly property int side: Theme.grown(size)
    property real stroke: side < 22 ? 2.6 : 2

    width: side
    height: side
    Layout.preferredWidth: side
    Layout.preferredHeight: side
    fillMode: Image.Pad
    horizontalAlignment: Image.AlignLeft
    verticalAlignment: Image.AlignTop
    sourceSize: Qt.size(side, side)
    source: name === "" ? "" : "image://icon/" + name + "/" + stroke + "/" + String(color).slice(1) + (LayoutMirroring.enabled ? "/mirrored" : "")
    Accessible.ignored: true
}
