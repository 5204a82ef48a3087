pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import ".."

// How far a line is: open, an arc, or full with a check. "?" or a cross replaces it.
Item {
    id: root

    required property real share
    property string tone: ""
    property int size: 40
    readonly property int side: Theme.grown(size)
    readonly property bool full: share >= 1 && tone === ""
    readonly property bool marked: tone === "ask" || tone === "no"

    implicitWidth: side
    implicitHeight: side
    Accessible.ignored: true

    Rectangle {
        anchors.centerIn: parent
        width: root.side - 4
        height: width
        radius: width / 2
        color: "transparent"
        border.width: 2
        border.color: Theme.edge
        visible: !root.full && !root.marked
    }

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: root.full ? Theme.ok : Theme.back(root.tone)
        visible: root.full || root.marked

        Icon {
            anchors.centerIn: parent
            size: Math.round(root.size * 0.6)
            name: root.full ? "check" : root.tone === "ask" ? "question" : "cross"
            color: root.full ? Theme.okInk : Theme.inkOn(root.tone)
        }
    }

    // It keeps to what clips it. Without a graphics card Qt draws a shape that was scrolled out of sight all the same,
    // over what stands there: before each frame it is put out.
    Shape {
        id: arc
        anchors.fill: parent
        preferredRendererType: Shape.CurveRenderer
        visible: root.share > 0 && !root.full && !root.marked

        ShapePath {
            strokeColor: Theme.okText
            strokeWidth: 6
            fillColor: "transparent"
            capStyle: ShapePath.FlatCap

            PathAngleArc {
                centerX: root.side / 2
                centerY: root.side / 2
                radiusX: root.side / 2 - 3
                radiusY: root.side / 2 - 3
                startAngle: -90
                sweepAngle: 360 * Math.min(1, root.share)
            }
        }

        function keep() {
            let outer = root
            while (outer && !outer.clip)
                outer = outer.parent
            if (!outer)
                return
            const at = mapToItem(outer, 0, 0)
            const within = at.y + height > 1 && at.y < outer.height - 1 && at.x + width > 1 && at.x < outer.width - 1
            opacity = within ? 1 : 0
        }

        Connections {
            target: arc.visible && arc.GraphicsInfo.api === GraphicsInfo.Software ? arc.Window.window : null
            function onAfterAnimating() { arc.keep() }
        }
    }
}
