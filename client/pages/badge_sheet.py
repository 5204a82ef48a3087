"""Badges as somebody prints them: whose, and what becomes of the badge they had. A supervisor's PIN comes first."""

from collections.abc import Sequence

from client import papers
from client.pages.approval import Approval, Proof
from client.pages.item import Item, choice, note
from client.pages.sheet import Page, badge_pages
from client.words import papers_page as words
from client.work.desk import Desk
from client.work.site.badges import Card, card, is_ours, keep
from client.work.site.people import Act
from sync.store.people import Colleague


class BadgeSheet:
    """One visit. New badges are nobody's until `keep`; what was printed once is printed the same again."""

    def __init__(self, desk: Desk, proof: Proof) -> None:
        self._desk = desk
        self.approval = Approval(desk, Act.MANAGE_PEOPLE, proof)
        self._cards = dict[str, Card]()
        self._chosen = set[str]()

    def begin(self, name: str = "") -> None:
        """For one person, or for all who have no badge."""
        self._cards = {one.name: card(self._desk.store, one) for one in self._desk.store.people.everyone()}
        without = {one.name for one in self._desk.store.people.everyone() if not one.badge}
        self._chosen = {name} if name else without

    def forget(self) -> None:
        """Another page comes up."""
        self._cards, self._chosen = {}, set()

    def turn(self, name: str) -> None:
        """Print for them, or do not."""
        self._chosen ^= {name}

    @property
    def chosen(self) -> list[Card]:
        """What will be printed."""
        return [one for name, one in self._cards.items() if name in self._chosen]

    def pages(self) -> Sequence[Page]:
        """The cards; none before somebody approved."""
        return badge_pages([papers.badge_label(one) for one in self.chosen]) if self.approval.by else ()

    def keep(self) -> None:
        """They count from now on. Raises WardstockError: person_unknown where somebody was removed meanwhile."""
        keep(self._desk.store, self.chosen, self._desk.clock.now(), self.approval.by)
        self.begin_again()

    def begin_again(self) -> None:
        """Those just kept are printed the same from now on."""
        kept = {one.name: one for one in self._desk.store.people.everyone()}
        self._cards |= {name: card(self._desk.store, kept[name]) for name in self._chosen if name in kept}

    def items(self) -> list[Item]:
        """Everybody, or why nobody is shown."""
        here = self._desk.store.people.everyone()
        if not here:
            return [note(words.say("nobody"), "ask")]
        if not self.approval.may:
            return [note(words.say("locked"), "ask")]
        return [_row(one, chosen=one.name in self._chosen) for one in here if one.name in self._cards]


def _row(one: Colleague, *, chosen: bool) -> Item:
    what = "badge_none" if not one.badge else "badge_ours" if is_ours(one.badge) else "badge_others"
    return choice(f"badge {one.name}", one.name, chosen=chosen, detail=words.say(what))
