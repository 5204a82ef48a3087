"""The last steps of the first start: the scanner is tried, people are entered, work begins."""

from collections.abc import Callable
from typing import Final

from client.beginning import Beginning, Step
from client.pages.enlist import EnlistPage
from client.pages.setup_stage import Face, FactRow, Hands, Stage, way
from client.words import first_start as words
from client.work.answer import Said, no, ok
from client.work.site.staff import managers

_PICTURE: Final = "person"


class Scanner(Stage):
    """The scanner test, which hears scans itself."""

    def face(self) -> Face:
        title, hint = words.step("scanner")
        return Face(title, hint, main=words.main("scanner"))

    def act(self) -> None:
        self.hands.go(Step.PEOPLE)

    def back(self) -> Step | None:
        return Step.FETCH


class People(Stage):
    """Who works here; `page` asks about somebody new. `over`: the device goes to work."""

    def __init__(self, on: Beginning, hands: Hands, page: Callable[[], EnlistPage], over: Callable[[], None]) -> None:
        super().__init__(on, hands)
        self._page, self._over = page, over

    def face(self) -> Face:
        title, hint = words.step("people")
        able = bool(self.on.store and managers(self.on.store, self.on.policy()))
        rows = self._rows()
        main = words.main("people" if able else "people_later")
        return Face(title, hint, facts=rows, ways=[way("add", "plus")], main=main, glyph="check")

    def _rows(self) -> list[FactRow]:
        here = self.on.store.people.everyone() if self.on.store else []
        if not here:
            return [FactRow("nobody", *words.nobody(), "question", "")]
        return [FactRow(one.name, one.name, words.role(one.role)[0], _PICTURE, "") for one in here]

    def scanned(self, text: str) -> Said:
        page = self._page()
        if not page.is_open:
            return no("sheet_not_here")
        trouble = page.heard(text)
        return no("not_now", trouble=trouble) if trouble else ok("badge_scanned")

    def choose(self, _key: str) -> None:
        self._page().begin()
        self.hands.tell()

    def act(self) -> None:
        self._over()

    def back(self) -> Step | None:
        return None if self._page().back() else Step.SCANNER
