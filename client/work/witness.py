"""A second person for goods the site wants one for: what is asked, and the balances they vouch for (ward 30)."""

from collections.abc import Iterator
from decimal import Decimal

from client.work.answer import Choice, Command, Question
from client.work.case import GO_ON
from client.work.job import Job
from client.work.stock import total
from client.work.ward import Ward
from sync.stock import Usage

WITNESS = "witness"
"""What a question asks for that a second person answers by badge and PIN (ward 30)."""
ANOTHER = "another"
"""What a question asks for that is answered by whoever takes the desk next."""


def witness_question(job: Job, ward: Ward) -> Question | None:
    """Goods of a category that wants a second, different person for each movement and count (ward 30)."""
    if job.witness:
        return None
    controlled = next((add.product for add in job.additions if ward.plan.controlled(add.product)), None)
    if controlled is None:
        return unsure(job, ward)
    facts = {"product": controlled.name, "unit": controlled.uom_name, "quantity": job.taken(controlled.id)}
    facts["balances"] = "; ".join(_balances(job, ward))
    return Question("witness", facts, (GO_ON,), asks_for=WITNESS)


def unsure(job: Job, ward: Ward) -> Question | None:
    """Nobody can tell whether goods are controlled: a witness signs, or the person's name stands for no."""
    doubted = next((add.product for add in job.additions if ward.plan.may_be_controlled(add.product)), None)
    if doubted is None or any(answer.question == "witness_unsure" for answer in job.answers):
        return None
    ways = (Choice(Command("yes"), "none_is_controlled"), GO_ON)
    return Question("witness_unsure", {"product": doubted.name}, ways, asks_for=WITNESS)


def _balances(job: Job, ward: Ward) -> Iterator[str]:
    """Of each controlled product at each place it leaves, or comes to from outside: before and after (ward 30).

    Where somebody counts only the difference: the count is blind (complaint 12).
    """
    keys = {(add.product.id, add.source_id or add.destination_id): add for add in job.additions}
    for (product_id, place_id), add in keys.items():
        place = ward.catalogue.location(place_id)
        if place is None or place.usage not in _HOLDS_STOCK or not ward.plan.controlled(add.product):
            continue
        before = total(ward.shelves.of(product_id, place.parent_path))
        mine = (one for one in job.additions if (one.source_id or one.destination_id) == place_id)
        moved = sum((one.quantity for one in mine if one.product.id == product_id), Decimal(0))
        back = (one for one in job.additions if one.source_id and one.destination_id == place_id)
        moved -= sum((one.quantity for one in back if one.product.id == product_id), Decimal(0))
        change = -moved if add.source_id else moved
        told = f"{change:+f}" if ward.counting.blind(place_id) else f"{before:f} → {before + change:f}"
        yield f"{add.product.name}, {place.name}: {told}"


_HOLDS_STOCK = frozenset({Usage.INTERNAL, Usage.TRANSIT})
