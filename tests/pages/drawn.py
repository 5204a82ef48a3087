"""What a window shows, item by item in the order it is painted, as QML itself sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickWindow

from client.pages.drive import settle
from client.pages.setup import SetupPage
from client.pages.shell import Shell
from client.pages.unlock import UnlockPage
from client.pages.window import engine_of, name_of, window_of

PROBE = b"""
import QtQuick
QtObject {
    property Item root: null
    property string told
    property var all: []
    readonly property list<real> endless: [-1e6, -1e6, 1e6, 1e6]
    onRootChanged: if (root) { all = []; walk(root, -1, endless, endless, 1, false); told = JSON.stringify(all) }
    property Item page: null
    property string texts
    onPageChanged: if (page) { const read = []; readAll(page, read); texts = JSON.stringify(read) }
    function readAll(item, read) {
        const children = item.children
        for (let nth = 0; nth < children.length; nth++) {
            const child = children[nth]
            if (!child.visible || child.opacity === 0 || child.width <= 0) continue
            if (child.truncated !== undefined || child.cursorPosition !== undefined) read.push(child.text)
            readAll(child, read)
        }
    }
    function cut(one, other) {
        return one.map((side, nth) => nth < 2 ? Math.max(side, other[nth]) : Math.min(side, other[nth]))
    }
    function walk(item, above, clip, hard, seen, slid) {
        const children = Array.from(item.children)
        // The engine's own sort mixes equals.
        for (const z of new Set(children.map(child => child.z).sort((one, other) => one - other)))
            for (const child of children.filter(child => child.z === z)) show(child, above, clip, hard, seen, slid)
    }
    function show(child, above, clip, hard, seen, slid) {
        if (!child.visible || child.opacity === 0 || child.width <= 0) return
        const at = child.mapToItem(null, 0, 0), far = child.mapToItem(null, child.width, child.height)
        const box = [Math.min(at.x, far.x), Math.min(at.y, far.y), Math.max(at.x, far.x), Math.max(at.y, far.y)]
        const text = child.truncated !== undefined, input = child.cursorPosition !== undefined && !text
        const flick = child.contentY !== undefined && child.flickableDirection !== undefined
        const icon = child.stroke !== undefined && child.ratio !== undefined
        const place = all.length
        all.push({
            name: child.objectName, kind: String(child).split(/[_(]/)[0], above: above,
            x: box[0], y: box[1], width: child.width, height: child.height, clip: clip, hard: hard, slid: slid,
            pressable: typeof child.clicked === "function", enabled: child.enabled, opacity: seen * child.opacity,
            stop: child.activeFocusOnTab, focused: child.activeFocus,
            // Of a secret Qt tells no name.
            says: child.Accessible.passwordEdit ? "secret" : child.Accessible.name,
            role: child.Accessible.role, ignored: child.Accessible.ignored,
            text: text || input ? child.text : null, truncated: text && child.truncated, typed: input,
            aligned: text ? child.effectiveHorizontalAlignment : 0,
            paintedWidth: text ? child.contentWidth : 0, paintedHeight: text ? child.contentHeight : 0,
            pixels: text || input ? child.font.pixelSize : 0, bold: (text || input) && child.font.weight > 500,
            breaking: text && child.anywhere === true,
            colour: child.color !== undefined ? String(child.color) : "",
            edge: child.border !== undefined && child.border.width > 0 ? String(child.border.color) : "",
            picture: child.source !== undefined && child.fillMode !== undefined,
            icon: icon, glyph: icon ? child.name : "",
            face: child.face !== undefined ? String(child.face) : "",
            rim: child.rimWidth > 0 ? String(child.rim) : ""
        })
        const within = child.clip ? cut(clip, box) : clip
        const slides = flick && child.contentWidth > child.width + 1
        const held = child.clip ? cut(hard, box) : hard
        const wall = flick ? [slides ? -1e6 : within[0], -1e6, slides ? 1e6 : within[2], 1e6] : held
        walk(child, place, within, wall, seen * child.opacity, slid || slides)
    }
}
"""


@dataclass(frozen=True)
class Drawn:
    """One item of a page as QML sees it: Python's own hold on items is not needed, and not safe, for a walk.

    `above` is the place of its parent in the walk. `clip` are left, top, right and bottom of what its ancestors let be
    seen, `hard` the same without what can be scrolled into view. `slid`: it can be
    drawn into view sideways. `stop`: Tab stops here.
    """

    name: str
    kind: str
    above: int
    x: float
    y: float
    width: float
    height: float
    clip: tuple[float, float, float, float]
    hard: tuple[float, float, float, float]
    slid: bool
    pressable: bool
    enabled: bool
    opacity: float
    stop: bool
    focused: bool
    says: str
    role: int
    ignored: bool
    text: str | None
    truncated: bool
    aligned: int
    typed: bool
    paintedWidth: float
    paintedHeight: float
    pixels: int
    bold: bool
    breaking: bool
    colour: str
    edge: str
    picture: bool
    icon: bool
    glyph: str
    face: str
    rim: str


@dataclass
class Seen:
    """A window, and what is drawn in it."""

    window: QQuickWindow
    probe: QObject

    def drawn(self) -> list[Drawn]:
        """All items that are drawn now, in the order they are painted."""
        return msgspec.json.decode(self._told(), type=list[Drawn])

    def texts(self) -> list[str]:
        """All texts that are drawn now: quicker than all that is known of them."""
        self.probe.setProperty("page", self.window.contentItem())
        told = str(self.probe.property("texts"))
        self.probe.setProperty("page", None)
        return msgspec.json.decode(told, type=list[str])

    def _told(self) -> str:
        self.probe.setProperty("root", self.window.contentItem())
        told = str(self.probe.property("told"))
        self.probe.setProperty("root", None)
        return told

    def laid_out(self, most: int = 12) -> list[Drawn]:
        """What is drawn when nothing moves any more: each grab lays out all that was waiting for it."""
        before = ""
        for _ in range(most):
            settle(1)
            self.window.grabWindow()
            now = self._told()
            if now == before:
                break
            before = now
        return msgspec.json.decode(before, type=list[Drawn])


@contextmanager
def seen(shell: "Shell | SetupPage | UnlockPage", width: int, height: int) -> Iterator[Seen]:
    """The real window over a shell, laid out, with all pages built."""
    with engine_of(**{name_of(shell): shell}, width=width, height=height) as engine:
        engine.setInitialProperties({})
        engine.loadData(PROBE)
        settle(120)
        yield Seen(window_of(engine), engine.rootObjects()[1])
