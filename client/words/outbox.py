"""What is said of transactions on their way: what each is called, where it stands, its story."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from client.words.cards import WAYS
from client.words.tongue import Sentences, tr
from client.words.window import papers
from client.words.written import fill, number
from client.words.written import lines as lines_told
from sync.transaction import Difference, Kind, Outcome, Transaction

STATES: Final = Sentences(
    {
        "queued": "To send",
        "sending": "Being sent",
        "waiting": "Waiting behind {behind}",
        "refused": "Refused",
        "done": "Done",
        "withdrawn": "Withdrawn",
    }
)
TITLES: Final = Sentences(
    {
        Kind.RECEIPT: "Receipt of {goods}",
        Kind.PLANNED_TRANSFER: "Transfer of {goods}",
        Kind.BLIND_RECEIPT: "Receipt without an order of {goods}",
        Kind.TRANSFER: "Transfer of {goods}",
        Kind.USE: "Use of {goods}",
        Kind.WASTE: "Waste of {goods}",
        Kind.WARD_RETURN: "Return of {goods}",
        Kind.SUPPLIER_RETURN: "Return to the supplier of {goods}",
        Kind.LOT_CHANGE: "Another lot for {goods}",
        Kind.DISPATCH: "On its way: {goods}",
        Kind.ARRIVAL: "Arrival of {goods}",
        Kind.COUNT: "Count: {goods}",
        Kind.ADJUSTMENT: "Count: {goods}",
    }
)
EVENTS: Final = Sentences(
    {
        "confirmed": "confirmed and saved here",
        "sending": "on its way to Odoo",
        "done": "Odoo has it as {picking}",
        "unknown": "no answer from Odoo, asking again",
        "not_reached": "Odoo could not be reached",
        "refused": "Odoo refused it",
        "withdrawn": "withdrawn by {person}",
        "withdraw_wished": "{person} wants it back, Odoo is asked",
        "withdraw_too_late": "{person} wanted it back too late",
        "released": "{person} let it go although it waited",
        "settled": "{person} settled it: {way}",
        "taken_up": "{person} sees to it: {way}",
        "stone_laid": "Odoo will not take it from any copy of this device",
        "posted_by_copy": "a copy of this device had sent it: {picking}",
    }
)
_EMPTY: Final = Sentences(
    {
        "all": ("Nothing today", "What you confirm is listed here."),
        "refused": ("Nothing is refused", ""),
        "waiting": ("Nothing waits", ""),
        "send": ("Nothing unsent", ""),
        "done": ("Nothing done today yet", ""),
    }
)


def transaction_title(transaction: Transaction, name: Callable[[int], str]) -> str:
    """What was done to which goods: the one product, by its `name`, or how many lines."""
    kind, lines = transaction.kind, transaction.lines
    if len({line.product_id for line in lines}) != 1:
        return TITLES[kind].format(goods=lines_told(len(lines)))
    total = sum((line.done if line.counted is None else line.counted for line in lines), Decimal(0))
    much = total / 2 if kind is Kind.LOT_CHANGE else total  # out of one lot, and into the other
    return TITLES[kind].format(goods=f"{number(much)} {name(lines[0].product_id)}")


def transaction_state(state: str, behind: str = "") -> str:
    """Where a transaction is, as its badge says it."""
    return fill(STATES[state], {"behind": behind})


def transaction_detail(transaction: Transaction, outcome: Outcome | None, at: str, *, done: bool) -> str:
    """Under a transaction's title: Odoo's document, who, when."""
    name = (outcome.picking_name if outcome else "") or transaction.document.picking_name or transaction.reference
    if done:
        return tr("{name} · done {at}").format(name=name, at=at)
    return f"{name} · {transaction.person}, {at}"


def document(transaction: Transaction, outcome: Outcome | None) -> str:
    """The papers of a transaction: Odoo's once it is done, the order's and ours before."""
    if outcome:
        facts = {"picking": outcome.picking_name, "backorder": outcome.backorder_name}
        if outcome.backorder_name:
            return tr("{picking} in Odoo, the rest waits as {backorder}").format(**facts)
        return tr("{picking} in Odoo").format(**facts)
    told = papers(transaction.document.origin, transaction.document.picking_name)
    return told if transaction.document.picking_name else papers(told, transaction.reference)


def event(name: str, facts: Mapping[str, object]) -> str:
    """One step of a transaction's story, as the journal has it."""
    way = WAYS.get(str(facts.get("choice", "")), ("", ""))[0]
    return fill(EVENTS.get(name, name.replace("_", " ")), {"way": way, **facts})


def seen_to_by(choice: str, person: str) -> str:
    """Who took a way after which a card stays."""
    return event("taken_up", {"choice": choice, "person": person})


def differs(differences: Sequence[Difference]) -> str:
    """What Odoo holds other than it was sent."""
    one_by_one = tr("{what}: {theirs} instead of {ours}")
    told = "; ".join(one_by_one.format(what=one.what, theirs=one.theirs, ours=one.ours) for one in differences)
    return tr("Odoo has it differently. {told}").format(told=told) if told else ""


def symbol(symbology: str, elements: Sequence[tuple[str, str]], text: str) -> str:
    """A scan as it was read: its elements one by one where it has any, its separators made visible elsewhere."""
    read = " ".join(f"{ai} {value}" for ai, value in elements) or text
    return f"{symbology} {read}".strip().replace("\x1d", "<GS>")


def nothing_in_outbox(tab: str, last_sent: str) -> tuple[str, str]:
    """An empty list, with when something was last sent."""
    sentence, hint = _EMPTY[tab]
    return sentence, hint or (tr("Last sent {at}.").format(at=last_sent) if last_sent else "")


def cut(shown: int, of: int) -> str:
    """Below the first of very many."""
    return tr("{shown} of {count}: the others come up as these are sent.").format(shown=shown, count=of)


def done_today() -> str:
    """Heads the part of the outbox that is finished."""
    return tr("Done today")
