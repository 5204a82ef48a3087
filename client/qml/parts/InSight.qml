pragma ComponentBehavior: Bound
import QtQuick

// What the keyboard comes to is scrolled into view; of what is typed into, its label too.
Item {
    id: root

    readonly property Item held: Window.activeFocusItem

    onHeldChanged: if (held) show(held.parent as FormField ?? held)

    function show(item: Item) {
        for (let above = item.parent; above; above = above.parent) {
            const view = above as Flickable
            if (!view) continue
            const at = item.mapToItem(view.contentItem, 0, 0)
            view.contentY = within(at.y, item.height, view.contentY, view.height, view.originY, view.contentHeight)
            view.contentX = within(at.x, item.width, view.contentX, view.width, view.originX, view.contentWidth)
        }
    }

    // Where the view begins so that it holds that stretch, with room for the ring around it.
    function within(from: real, length: real, now: real, room: real, first: real, whole: real): real {
        const air = 8, last = Math.max(first, first + whole - room)
        if (from - air < now) return Math.min(last, Math.max(first, from - air))
        if (from + length + air > now + room) return Math.min(last, from - air, from + length + air - room)
        return now
    }
}
