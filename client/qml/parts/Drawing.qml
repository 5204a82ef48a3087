pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes

// A shape that keeps to what clips it. Without a graphics card Qt draws one that was scrolled out of sight all the same,
// over what stands there: before each frame it is put out.
Shape {
    id: root

    preferredRendererType: Shape.CurveRenderer

    function keep() {
        if (!root.visible)
            return
        let outer = root.parent
        while (outer && !outer.clip)
            outer = outer.parent
        if (!outer)
            return
        const at = root.mapToItem(outer, 0, 0)
        const within = at.y + root.height > 1 && at.y < outer.height - 1 && at.x + root.width > 1 && at.x < outer.width - 1
        root.opacity = within ? 1 : 0
    }

    Connections {
        target: root.GraphicsInfo.api === GraphicsInfo.Software ? root.Window.window : null
        function onAfterAnimating() { root.keep() }
    }
}
