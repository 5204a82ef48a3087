pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import ".."

// One of our drawings in one colour. Paths only, so they tint without a shader.
Item {
    id: root

    required property string name
    property color color: Theme.ink
    property int size: 24
    property real stroke: size < 22 ? 2.6 : 2
    readonly property real ratio: size / 24
    readonly property bool turned: LayoutMirroring.enabled && Glyphs.turning.includes(name)

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Drawing {
        anchors.fill: parent
        transform: Scale {
            origin.x: root.size / 2
            xScale: root.turned ? -1 : 1
        }

        ShapePath {
            strokeColor: root.color
            strokeWidth: root.stroke * root.ratio
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            scale: Qt.size(root.ratio, root.ratio)

            PathSvg {
                path: Glyphs.paths[root.name] ?? ""
            }
        }
    }
}
