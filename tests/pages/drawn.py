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
    property string places
    onPageChanged: if (page) {
        const read = [], laid = []
        readAll(page, read, laid)
        texts = JSON.stringify(read)
        places = laid.join()
    }
    function readAll(item, read, laid) {
        const children = item.children
        for (let nth = 0; nth < children.length; nth++) {
            const child = children[nth]
            if (!child.visible || child.opacity === 0 || child.width <= 0) continue
            const its = has(child)
            laid.push(child.x, child.y, child.width, child.height, child.opacity)
            if (its.text || its.input) read.push(child.text)
            readAll(child, read, laid)
        }
    }
    function cut(one, other) {
        return one.map((side, nth) => nth < 2 ? Math.max(side, other[nth]) : Math.min(side, other[nth]))
    }
    function walk(item, above, clip, hard, seen, slid) {
        const children = Array.from(item.children), layers = children.map(child => child.z)
        if (layers.every(z => z === layers[0])) {
            for (const child of children) show(child, above, clip, hard, seen, slid)
            return
        }
        // The engine's own sort mixes equals.
        for (const z of new Set(layers.slice().sort((one, other) => one - other)))
            children.forEach((child, nth) => { if (layers[nth] === z) show(child, above, clip, hard, seen, slid) })
    }
    // What a kind of item has: to ask an item for what it has not takes long.
    property var kinds: new Map()
    function has(child) {
        const name = String(child).split("(")[0], known = kinds.get(name)
        if (known) return known
        const text = child.truncated !== undefined
        const told = {
            kind: name.split("_")[0], text: text, input: child.cursorPosition !== undefined && !text,
            flick: child.contentY !== undefined && child.flickableDirection !== undefined,
            icon: child.stroke !== undefined && child.sourceSize !== undefined,
            pressable: typeof child.clicked === "function", anywhere: child.anywhere !== undefined,
            colour: child.color !== undefined, border: child.border !== undefined,
            picture: child.source !== undefined && child.fillMode !== undefined && child.stroke === undefined,
            face: child.face !== undefined, rim: child.rimWidth !== undefined
        }
        kinds.set(name, told)
        return told
    }
    function show(child, above, clip, hard, seen, slid) {
        const opacity = child.opacity, width = child.width, height = child.height
        if (!child.visible || opacity === 0 || width <= 0) return
        const at = child.mapToItem(null, 0, 0, width, height)
        const box = [at.x, at.y, at.x + at.width, at.y + at.height]
        const its = has(child), text = its.text, input = its.input, font = text || input ? child.font : null
        const told = child.Accessible, place = all.length
        all.push([
            child.objectName, its.kind, above,
            box[0], box[1], width, height, clip, hard, slid,
            its.pressable, child.enabled, seen * opacity,
            child.activeFocusOnTab, child.activeFocus,
            // Of a secret Qt tells no name.
            told.passwordEdit ? "secret" : told.name,
            told.role, told.ignored,
            font ? child.text : null, text && child.truncated, input,
            text ? child.effectiveHorizontalAlignment : 0,
            text ? child.contentWidth : 0, text ? child.contentHeight : 0,
            font ? font.pixelSize : 0, font !== null && font.weight > 500,
            text && its.anywhere && child.anywhere === true,
            its.colour ? String(child.color) : "",
            its.border && child.border.width > 0 ? String(child.border.color) : "",
            its.picture, its.icon, its.icon ? child.name : "",
            its.face ? String(child.face) : "",
            its.rim && child.rimWidth > 0 ? String(child.rim) : ""
        ])
        const within = child.clip ? cut(clip, box) : clip
        const slides = its.flick && child.contentWidth > width + 1
        const held = child.clip ? cut(hard, box) : hard
        const wall = its.flick ? [slides ? -1e6 : within[0], -1e6, slides ? 1e6 : within[2], 1e6] : held
        walk(child, place, within, wall, seen * opacity, slid || slides)
    }
}
"""


class Drawn(msgspec.Struct, frozen=True, array_like=True):
    """One item of a page as QML sees it: Python's own hold on items is not needed, and not safe, for a walk.

    The fields stand in the order the probe tells them in: most of a walk's time would go into writing their names.

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
    typed: bool
    aligned: int
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
        self._read()
        return msgspec.json.decode(str(self.probe.property("texts")), type=list[str])

    def laid_out(self, most: int = 12) -> list[Drawn]:
        """What is drawn when nothing moves any more: each grab lays out all that was waiting for it."""
        before = ""
        for _ in range(most):
            settle(1)
            self.window.grabWindow()
            now = self._read()
            if now == before:
                break
            before = now
        return self.drawn()

    def _read(self) -> str:
        """Where all stands, and what is written there."""
        self.probe.setProperty("page", self.window.contentItem())
        self.probe.setProperty("page", None)
        return f"{self.probe.property('places')} {self.probe.property('texts')}"

    def _told(self) -> str:
        self.probe.setProperty("root", self.window.contentItem())
        told = str(self.probe.property("told"))
        self.probe.setProperty("root", None)
        return told


@contextmanager
def seen(shell: "Shell | SetupPage | UnlockPage", width: int, height: int) -> Iterator[Seen]:
    """The real window over a shell, laid out, with all pages built."""
    with engine_of(**{name_of(shell): shell}, width=width, height=height) as engine:
        engine.setInitialProperties({})
        engine.loadData(PROBE)
        settle(120)
        yield Seen(window_of(engine), engine.rootObjects()[1])
