"""Controlled goods a card changes: the witness of the refused act did not see that, so another stands by (ward 30)."""

from collections import Counter
from dataclasses import replace

from client.work.answer import Said, no
from client.work.cards.settling import Instead
from client.work.site.people import same_person
from client.work.ward import Ward
from sync.transaction import Line, Transaction


def witnessed(made: Instead, was: Transaction, ward: Ward) -> Instead | Said:
    """The same with who stands by now as the witness of what is new, or that somebody has to."""
    told: list[Transaction] = []
    for one in made.transactions:
        line = _unseen(one, was, ward)
        second = ward.approver
        if line is None:
            told.append(one)
        elif second is None or any(same_person(second.name, name) for name in (ward.person.name, was.person)):
            product = ward.catalogue.product(line.product_id)
            return no("witness_for_card", reference=was.reference, product=product.name if product else "")
        else:
            told.append(replace(one, witness=second.name))
    return replace(made, transactions=tuple(told))


def _unseen(one: Transaction, was: Transaction, ward: Ward) -> Line | None:
    """A line of controlled goods that was not there before: other goods, another quantity, another way."""
    seen = Counter(map(_what, was.lines))
    for line in one.lines:
        product = ward.catalogue.product(line.product_id)
        if seen[_what(line)] > 0:
            seen[_what(line)] -= 1
        elif product and (ward.plan.controlled(product) or ward.plan.may_be_controlled(product)):
            return line
    return None


def _what(line: Line) -> tuple[object, ...]:
    goods = (line.product_id, line.lot_name, line.package_id, line.owner_id, line.done, line.counted)
    return (*goods, line.source_id, line.destination_id)
