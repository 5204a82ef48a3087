pragma ComponentBehavior: Bound
import QtQuick
import ".."

// One of our drawings in one colour; the same picture wherever it is shown (pages/icons.py).
Image {
    id: root

    required property string name
    property color color: Theme.ink
    property int size: 24
    property real stroke: size < 22 ? 2.6 : 2

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: name === "" ? "" : "image://icon/" + name + "/" + stroke + "/" + String(color).slice(1) + (LayoutMirroring.enabled ? "/mirrored" : "")
    Accessible.ignored: true
}
