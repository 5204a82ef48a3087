"""Every sentence Wardstock says to people. No Qt here: the window and the command line speak the same words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from client import words
from client.words import cards, shift_end
from client.words.label import problem_sentence
from client.work.answer import Choice, Question, Said
from sync.transaction import Difference, Kind, Outcome, Transaction

if TYPE_CHECKING:
    from client.work.shift_end import Owed

# ---------------------------------------------------------------- how facts are written


def number(value: Decimal) -> str:
    """A quantity without trailing zeros or exponent: 12, 0.5."""
    return f"{value.normalize():f}" if value else "0"


def _written(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def _fill(template: str, facts: Mapping[str, object]) -> str:
    """A template with its facts; a fact nobody gave reads as nothing, for stored facts may be older than sentences."""
    told = {name: _written(value) for name, value in facts.items()}
    return template.format_map(_Facts(words.more(told) | told)).strip()


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return ""


# ---------------------------------------------------------------- answers to a scan or a command
# Codes: Said in client/work. First what changed or why not, second the lot, the place or what to do.

_ANSWERS: Final[dict[str, tuple[str, str]]] = {
    "ready": ("Ready to scan", ""),
    "opened": ("{document} is open", "{partner} · order {order}"),
    "resumed_closed": ("{document} was finished in Odoo meanwhile", "Your scans stay. Look there before sending."),
    "resumed_gone": ("{document} is no longer visible in Odoo", "Your scans stay."),
    "resumed_stale": ("{product}: not what it was in Odoo", "Archived, taken away or counted otherwise. {document}"),
    "resumed": ("Going on with {document}", "{lines} scans kept"),
    "already_open": ("{document} is open already", "Scan the goods"),
    "added": ("+{amount} {product}", "{which} · on order {order}"),
    "added_beside": ("+{amount} {product}", "{which} · beside order {order}"),
    "changed": ("Now {amount} {product}", "{which} · was {was}"),
    "changed_beside": ("Now {amount} {product}", "{which} · was {was}, beside the order"),
    "left_as_it_was": ("Left as it was", "{product}"),
    "put_in": ("{quantity} put in {place}", "{product}"),
    "undone": ("Took back {quantity} {product}", "{total} of it left"),
    "withdrawn": ("Withdrawn", "{reference}"),
    "withdraw_wished": ("Odoo is asked to take it back", "{reference} may be there already; the next pass tells."),
    "undone_open": ("Took back the last scan", "Nothing of it was added"),
    "set_aside": ("Set aside, not received", "{product} {lot}"),
    "confirmed": ("Delivery finished", "{reference} is saved here and waits to be sent {then} {printed} {kept}"),
    "resumed_changed": ("{product}: no longer on the order", "It stays, beside the order. {document}"),
    # asked
    "several_products": ("Several products have this code", "Nothing is added until you choose"),
    "product_missing": ("Of which product?", "Nothing is added yet {lot}"),
    "label_damaged": ("Part of the label cannot be read", "{fault}"),
    "content_count": ("How many are inside?", "{product}"),
    "past_removal": ("To be removed since {day}", "{product} · lot {lot}"),
    "too_much_now": ("{total} of {ordered}: {over} too many", "{product}. The order is smaller now"),
    "pack_size": ("A pack of unknown size", "{product}"),
    "not_on_order": ("Not on this order", "{product}"),
    "separator_doubt": ("Compare with the pack", "{product} · lot {lot}"),
    "lot_missing": ("Which lot?", "{product}"),
    "serial_missing": ("Which serial number?", "{product}"),
    "pack_seen_before": ("This pack was received before", "{product} · serial {serial}"),
    "lot_nearly_known": ("Nearly a lot we know", "{lot} or {known}?"),
    "lot_of_another": ("This lot is known elsewhere", "{lot} belongs to {other}"),
    "expiry_missing": ("Which expiry date?", "{product} · lot {lot}"),
    "best_before_only": ("Only a best-before date", "{product} · {day}"),
    "sell_by_only": ("Only a sell-by date", "{product} · {day}"),
    "lot_two_dates": ("Same lot, another date", "{product}"),
    "expired": ("Expired on {day}", "{product} · lot {lot}"),
    "short_dated": ("Only {days} days left", "{product} · lot {lot} · {day}"),
    "too_much": ("{total} of {ordered}: {over} too many", "{product}"),
    "short": ("Not everything came", "{received} of {ordered} {product}"),
    "short_never": ("Not everything came", "{received} of {ordered} {product}"),
    # refused
    "already_confirmed": ("This is finished", "Go home to open the next one"),
    "patient_label": ("This is a patient's label", "Nothing of it was kept"),
    "another_order": ("{document} is another delivery", "Go home first. {open} stays open, nothing is lost"),
    "misread": ("Misread, nothing was added", "{fault}"),
    "reason_missing": ("Why is there no lot?", "Say the reason with it"),
    "not_a_pack_size": ("{text} cannot be in a pack", "Whole pieces, at least one"),
    "shelf_elsewhere": ("Not in {place}", "This delivery goes to {within} first"),
    "unknown_code": ("Nobody knows this code here", "{code}"),
    "unknown_command": ("No such command here", "{command}"),
    "answer_first": ("Answer first", "This scan was not added. {asked}"),
    "answer_first_then_place": ("Answer first", "Then scan {place} again"),
    "not_a_shelf": ("Nothing can be put there", "{place}"),
    "item_before_place": ("First an item, then its shelf", "{place}"),
    "item_before_qty": ("First an item, then how many", ""),
    "nothing_asked": ("Nothing was asked", "{command}"),
    "not_a_choice": ("That does not answer the question", "{asked}"),
    "needs_role": ("Your role may not do this", "{right}"),
    "lot_is_no_lot": ("That is not a lot", "“{lot}” would hide which goods these are"),
    "lot_not_asked": ("No lot was asked for", "{lot}"),
    "expiry_not_asked": ("No date was asked for", "{day}"),
    "not_a_day": ("No such day: {day}", "Write it as 2027-06-30 or 06/2027"),
    "not_a_number": ("Not a number: {text}", ""),
    "product_archived": ("Archived in Odoo", "{product} can no longer be received"),
    "serial_counts_one": ("A serial number is one piece", "{product} · {serial}"),
    "serial_twice": ("Scanned already", "{product} · serial {serial} is on this delivery"),
    "serial_in_stock": ("This serial is in stock already", "{serial} is in {place}"),
    "pack_twice": ("The same pack twice", "{product} · serial {serial}"),
    "quantity_zero": ("Nothing is not a quantity", "Use Undo to take something back"),
    "quantity_too_large": ("{quantity} cannot be right", "Was a barcode read into the quantity?"),
    "quantity_fraction": ("{quantity} {unit} cannot be", "{product} goes in steps of {step}"),
    "nothing_to_undo": ("Nothing to take back", ""),
    "nothing_scanned": ("Nothing is scanned yet", "Scan the goods first"),
    "nothing_open": ("No delivery is open", "Scan an order or a product that is expected"),
    "finished_here": ("{document} is finished here", "{reference} goes first; what is left comes back with a sync"),
    "refused_here": ("{document} waits for a decision", "Odoo refused {reference}. Settle it in the Outbox first"),
    "nothing_expected": ("Nothing is expected any more", "{document}"),
    "picking_gone": ("No longer visible", "This delivery is not on the device any more"),
    "product_not_expected": ("{product}", "No delivery expects this"),
    "trouble": ("Not possible now", "{trouble}"),
    "code_of_several": ("Several products have this code", "{products}"),
    **words.ANSWERS,
}

_RIGHTS: Final = {
    "receive": "Receiving is for storekeepers, nurses and supervisors",
    "close_short": "Only a supervisor closes an order short",
    "over_receive": "Only a supervisor takes in so much more than ordered",
    "accept_expired": "Only a supervisor takes in expired goods",
    "change_expiry": "Only a supervisor changes the date of a lot",
    "make_lot": "Only store staff make a lot of their own",
    "withdraw": "Only a supervisor withdraws what others did or Odoo refused",
    "settle": "A supervisor settles what others did",
    "blind_receipt": "Only a supervisor takes in goods without an order",
    "accept_held": "Only a supervisor moves goods that are on hold",
    "quarantine": "Goods are put on hold by nurses, storekeepers and supervisors",
    "count": "Counting is not for this role",
    "move": "Moving goods is for nurses, storekeepers and supervisors",
    "use": "Using goods is for nurses, storekeepers and supervisors",
    "waste": "Throwing away is for nurses, storekeepers and supervisors",
    "return": "Giving back is for nurses, storekeepers and supervisors",
    "other_lot": "Only store staff send another lot than planned",
    "lot_change": "Only store staff change the lot of goods",
    "supplier_return": "Only store staff send goods back to a supplier",
    "take_reserved": "Only store staff take what is reserved for another; say a reason instead",
}


def title(said: Said) -> str:
    """The first line of an answer: what changed, or why not."""
    return _fill(_ANSWERS[said.code][0], _told(said))


def detail(said: Said) -> str:
    """The second line: lot, place, document, or what to do now."""
    return _fill(_ANSWERS[said.code][1], _told(said)).strip(" ·")


def _told(said: Said) -> dict[str, object]:
    facts = dict(said.facts)
    facts["right"] = _RIGHTS.get(str(facts.get("act", "")), "")
    asked = _QUESTIONS.get(str(facts.get("question", "")))
    facts["asked"] = _fill(asked[0], facts) if asked else ""
    facts["fault"] = _fault(facts)
    if "choice" in facts:
        facts |= {"way": cards.WAYS.get(str(facts["choice"]), ("", ""))[0], "again": cards.WAYS["post-again"][0]}
    if said.code == "card":
        facts |= _refused_told(facts)
    if "owed" in facts:
        facts["list"] = "; ".join(left_open(one) for one in said.facts["owed"])  # type: ignore[attr-defined]  # Owed
    facts["printed"] = f"· labels to print: {facts['labels']}" if facts.get("labels") else ""
    facts["then"] = _steps_told(facts)
    if "amount" not in facts and {"quantity", "pack"} <= facts.keys():
        facts |= {"amount": _amount(facts), "which": _which(facts)}
    return facts


def _steps_told(facts: Mapping[str, object]) -> str:
    """In Input, 2 steps to go: WH/QC/00001, WH/STOR/00002 (ward 20)."""
    if not facts.get("steps"):
        return ""
    count = int(str(facts.get("count", 1)))
    where = f"in {facts['place']}, " if facts.get("place") else ""
    return f"· {where}{count} step{'' if count == 1 else 's'} to go: {facts['steps']}"


def _fault(facts: Mapping[str, object]) -> str:
    """What is wrong with a label, in the words `parse` uses."""
    told = {name: str(value) for name, value in facts.items()}
    return problem_sentence(told["problem"], told.get("element", ""), told) if "problem" in told else ""


def _amount(facts: Mapping[str, object]) -> str:
    """4 × Box of 10 = 40, or just 40."""
    quantity = _written(facts["quantity"])
    return f"{_written(facts['count'])} × {facts['pack']} = {quantity}" if facts["pack"] else f"{quantity}"


def _which(facts: Mapping[str, object]) -> str:
    kind = "Serial" if facts["serial"] else "Lot"
    parts = [f"{kind} {facts['lot']}"] if facts["lot"] else _so_far(facts)
    parts += [f"{_written(facts['day'])}"] if facts["day"] else []
    parts += ["its date is not kept in Odoo"] if facts.get("date_not_kept") else []
    return " · ".join(parts)


def _so_far(facts: Mapping[str, object]) -> list[str]:
    return [f"{_written(facts['total'])} of {_written(facts['ordered'])}"] if facts["ordered"] else []


# ---------------------------------------------------------------- questions and the ways to answer them

_QUESTIONS: Final[dict[str, tuple[str, str]]] = {
    "several_products": ("Which product is it?", "Several have this code."),
    "product_missing": ("Scan the product of this label", "What it says is kept until then. {lot}"),
    "label_damaged": ("Go on with what can be read?", "{product}. {fault} It will be asked for."),
    "content_count": ("How many are inside?", "The label names {product}, not how many ({unit})."),
    "past_removal": ("Refuse it at the door?", "Lot {lot} should have been removed by {day}."),
    "too_much_now": ("Really {total} instead of {ordered}?", "{product}. The order was changed in Odoo meanwhile."),
    "pack_size": ("How many {unit} are in this pack?", "Nobody has recorded this pack of {product}."),
    "not_on_order": ("Take it in beside the order?", "{order} does not have {product}. It gets a receipt of its own."),
    "separator_doubt": ("Is this what the pack says?", "Lot {lot} {serial}. The scanner may have lost a separator."),
    "lot_missing": ("Scan or type the lot", "{product} cannot be traced without it."),
    "serial_missing": ("Scan or type the serial number", "{product}, one piece at a time."),
    "pack_seen_before": ("Is this another pack?", "Serial {serial} was received within the last 30 days."),
    "lot_nearly_known": ("Which lot is on the pack?", "Capitals, spaces, O and 0, I and 1 are easily confused."),
    "lot_of_another": ("Is the lot right?", "{lot} is a lot of {other}. This is {product}."),
    "expiry_missing": ("What is the expiry date?", "Lot {lot}. 06/2027 means the last day of June."),
    "best_before_only": ("Is the best-before date the expiry?", "The label says best before {day}, no expiry."),
    "sell_by_only": ("Is the sell-by date the expiry?", "The label says sell by {day}, no expiry."),
    "lot_two_dates": ("Which date is on the pack?", "Lot {lot}. Nothing is added until you answer."),
    "expired": ("Refuse it at the door?", "Lot {lot} expired on {day}."),
    "short_dated": ("Take it in all the same?", "{days} days left, {wanted} are wanted."),
    "too_much": ("Really {total} instead of {ordered}?", "{product}. Count once more before you answer."),
    "short": ("What about the rest?", "Not complete: {lines}. {product} has {received} of {ordered}."),
    "how_many": ("How many of this lot?", "{product}"),
    "short_never": ("Odoo will cancel the rest", "Here an incomplete delivery is closed for good."),
    **words.QUESTIONS,
}

_CHOICES: Final[dict[str, tuple[str, str]]] = {
    "this_product": ("{product}", ""),
    "set_aside": ("Set it aside", "Not received"),
    "refuse_at_door": ("Refuse it at the door", "Not received, the order stays open"),
    "receive_beside": ("Take it in beside the order", "A receipt of its own, naming the order"),
    "label_as_read": ("Yes, as on the pack", ""),
    "make_lot": ("There is none: make a lot", "Marked as our own, with a label to print"),
    "make_lot_unreadable": ("It cannot be read: make a lot", "Marked as our own, with a label to print"),
    "go_on_without": ("Go on, I can read the pack", "What is missing is asked for"),
    "take_past_removal": ("Take it in all the same", ""),
    "another_pack": ("Yes, another pack", ""),
    "use_known_lot": ("{lot}", "The lot we know"),
    "keep_scanned_lot": ("{lot}", "As on this label"),
    "lot_is_right": ("Yes, the lot is right", ""),
    "use_as_expiry": ("Use {day}", "As the expiry date"),
    "as_on_label": ("{day}, as on this label", "Changes the date in Odoo"),
    "as_in_odoo": ("{day}, as in Odoo", "The label was misread or misprinted"),
    "as_in_delivery": ("{day}, as scanned before", "The label was misread or misprinted"),
    "take_expired": ("Take it in although expired", ""),
    "take_short_dated": ("Take it in", ""),
    "take_more": ("Yes, {total} came", ""),
    "keep_rest_open": ("Keep the rest open", "Odoo makes a backorder"),
    "close_short": ("Close the order short", "The rest is cancelled in Odoo"),
    "rest_cancelled_by_odoo": ("Finish, the rest is cancelled", ""),
    "go_on_scanning": ("Go on scanning", ""),
    **words.CHOICES,
}


def question(asked: Question) -> str:
    """The question, in one sentence."""
    return _fill(_asked_about(asked)[0], _told_of(asked))


def question_hint(asked: Question) -> str:
    """What to know before answering."""
    return _fill(_asked_about(asked)[1], _counted(_told_of(asked)))


def _asked_about(asked: Question) -> tuple[str, str]:
    """An item that became impossible while it was asked about can only be set aside: the refusal is the question."""
    return _QUESTIONS.get(asked.code) or _ANSWERS[asked.code]


def _told_of(asked: Question) -> dict[str, object]:
    told = _refused_told(asked.facts) if asked.code == "card" else {}
    return {**asked.facts, **told, "fault": _fault(asked.facts)}


def _refused_told(facts: Mapping[str, object]) -> dict[str, object]:
    """A card's `code` and `about`, its facts, in words."""
    about = facts.get("about")
    heading, told = refusal(str(facts.get("code", "")), about if isinstance(about, Mapping) else {})
    return {"heading": heading, "told": told}


def choice(way: Choice) -> str:
    """One way to answer."""
    facts = {name: whole_day(fact) if isinstance(fact, date) else fact for name, fact in way.facts.items()}
    return _fill(_CHOICES[way.code][0], facts)


def choice_detail(way: Choice) -> str:
    """What this way means; where the role may not, who may."""
    return _fill(_CHOICES[way.code][1], way.facts) if way.allowed else _RIGHTS[way.act]


# ---------------------------------------------------------------- what comes next on the receiving page

_HINTS: Final[dict[str, tuple[str, str]]] = {
    "scan_first": ("Scan the delivery note, or the first item", "{lines} expected"),
    "more_of_this": ("Scan the next item", "{left} {unit} to come, then {lines}. How many of this lot? Press its line"),
    "last_of_this": ("Scan the next item", "{left} {unit} to come. How many of this lot? Press its line"),
    "scan_next": ("Scan the next item", "Count what is there"),
    "lines_to_come": ("Scan the next item", "{lines} to come"),
    "all_here": ("Everything is here", "Finish, or scan what came in addition"),
    "scan_anything": ("Scan anything", "an order, or a product that is expected"),
}

_ACTIONS: Final = {
    "finish_delivery": "Finish delivery",
    "scan_something": "Scan the first item",
    "answer_first": "Answer the question",
    "finished": "Next delivery",
}


def next_step(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """The sentence that says what to scan next, and the hint below it."""
    if code == "more_of_this" and not facts.get("lines"):
        code = "last_of_this"
    return _fill(_HINTS[code][0], facts), _fill(_HINTS[code][1], _counted(facts))


def _counted(facts: Mapping[str, object]) -> Mapping[str, object]:
    """The same facts, with a number of lines in words: 1 line, 3 lines."""
    lines = facts.get("lines")
    return facts if lines is None else {**facts, "lines": f"{lines} line{'' if lines == 1 else 's'}"}


def action(code: str) -> str:
    """The words on the main action."""
    return _ACTIONS[code]


# ---------------------------------------------------------------- what pages show

_FIELD_LABELS: Final = {
    "lot": "Lot",
    "serial": "Serial number",
    "qty": "How many",
    "expiry": "Expiry",
    "note": "Delivery note",
    "cold": "Temperature in °C",
}
_MISSING: Final = {
    "lot": "Type or scan the lot",
    "serial": "Type or scan the serial",
    "qty": "Type how many",
    "expiry": "Type year and month",
    "note": "Type or scan the number",
    "cold": "Type the reading",
}
_CLAIMS: Final = {"label": "This label", "odoo": "Odoo has", "delivery": "Scanned before"}
_LINE_BADGES: Final = {"ok": "just now", "ask": "in question", "no": "not added"}
_STATES: Final = {
    "queued": "To send",
    "sending": "Being sent",
    "waiting": "Waiting behind {behind}",
    "refused": "Refused",
    "done": "Done",
    "withdrawn": "Withdrawn",
}
_TITLES: Final = {
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
_EVENTS: Final = {
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
_EMPTY: Final = {
    "all": ("Nothing today", "What you confirm is listed here."),
    "refused": ("Nothing is refused", ""),
    "waiting": ("Nothing waits", ""),
    "send": ("Nothing unsent", ""),
    "done": ("Nothing done today yet", ""),
}


def month(day: date) -> str:
    """Jun 2027: where a person decides, months are words."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def whole_day(day: date) -> str:
    """30 Jun 2027."""
    return f"{day.day} {month(day)}"


def today(now: datetime) -> str:
    """Sat 21 Nov, 09:58; `now` in the site's time zone."""
    return f"{_WEEKDAYS[now.weekday()]} {now.day} {_MONTHS[now.month - 1]}, {now:%H:%M}"


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def field_label(name: str) -> str:
    """What stands inside the field whose answer is this command."""
    return _FIELD_LABELS[name]


def still_missing(name: str) -> str:
    """On the main action while the field is not filled."""
    return _MISSING.get(name, "Answer the question")


def use_typed(value: date | str, name: str) -> str:
    """On the main action once the field is filled: the answer itself, so that it is read before it is given."""
    return f"Use {whole_day(value) if isinstance(value, date) else value}" if name else ""


def undo(asked: str, *, whole: bool) -> str:
    """Undo beside a main action, or alone below a question; a number about to be changed is only left."""
    if asked == "how_many":
        return "Cancel"
    return "Undo this scan" if whole else "Undo"


def claim(source: str) -> str:
    """Whose date it is, above one of two that do not agree."""
    return _CLAIMS[source]


def section(order: str, document: str, begun: int, rows: int, *, beside: bool) -> tuple[str, str]:
    """The head of a section of lines, and how far it is."""
    if beside:
        return f"Beside order {order}" if order else "Beside the order", "a receipt of its own"
    return " · ".join(part for part in (order, document) if part), f"{begun} of {rows} begun"


def line_detail(lots: Sequence[tuple[str, date | None]], place: str, *, serial: bool) -> tuple[str, str]:
    """Lot and day of a line, or where it goes while nothing of it was scanned."""
    if not lots:
        return (put_in(place) if place else ""), ""
    kind = "Serial" if serial else "Lot"
    if len(lots) == 1:
        lot, day = lots[0]
        return f"{kind} {lot}", day.isoformat() if day else ""
    return f"{kind}s {', '.join(lot for lot, _ in lots)}", ""


def line_code(code: str, unit: str) -> str:
    """Under the name of a line whose details are open."""
    return " · ".join(part for part in (code, unit) if part)


def line_badge(tone: str) -> str:
    """What the last answer did to the line whose details are open."""
    return _LINE_BADGES[tone]


def put_in(place: str) -> str:
    """Where the goods go."""
    return f"Put in {place}"


def steps_to_go(steps: int) -> str:
    """How many pickings Odoo has after this one (ward 20)."""
    return f"then {steps} step{'' if steps == 1 else 's'} to go"


def of_expected(expected: Decimal) -> str:
    """Under the number of a line."""
    return f"of {number(expected)}"


def too_many(over: Decimal, unit: str) -> str:
    """On a line of which more came than was ordered."""
    return f"{number(over)} {unit} too many"


def finished(references: Sequence[str], steps: int) -> tuple[str, str]:
    """Where "what next" stands, once the delivery is confirmed."""
    kept = f"Kept here as {', '.join(references)}, it goes to Odoo by itself."
    return "This delivery is finished", f"{kept} {steps_to_go(steps).capitalize()}." if steps else kept


def lines_to_receive(lines: int) -> str:
    """Under the number of lines of a delivery."""
    return "line" if lines == 1 else "lines"


def transaction_title(transaction: Transaction, name: Callable[[int], str]) -> str:
    """What was done to which goods: the one product, by its `name`, or how many lines."""
    kind, lines = transaction.kind, transaction.lines
    if len({line.product_id for line in lines}) != 1:
        return _TITLES[kind].format(goods=f"{len(lines)} lines")
    total = sum((line.done if line.counted is None else line.counted for line in lines), Decimal(0))
    much = total / 2 if kind is Kind.LOT_CHANGE else total  # out of one lot, and into the other
    return _TITLES[kind].format(goods=f"{number(much)} {name(lines[0].product_id)}")


def transaction_state(state: str, behind: str = "") -> str:
    """Where a transaction is, as its badge says it."""
    return _fill(_STATES[state], {"behind": behind})


def event(name: str, facts: Mapping[str, object]) -> str:
    """One step of a transaction's story, as the journal has it."""
    way = cards.WAYS.get(str(facts.get("choice", "")), ("", ""))[0]
    return _fill(_EVENTS.get(name, name.replace("_", " ")), {"way": way, **facts})


def nothing_in_outbox(tab: str, last_sent: str) -> tuple[str, str]:
    """An empty list, with when something was last sent."""
    sentence, hint = _EMPTY[tab]
    return sentence, hint or (f"Last sent {last_sent}." if last_sent else "")


def transaction_detail(transaction: Transaction, outcome: Outcome | None, at: str, *, done: bool) -> str:
    """Under a transaction's title: Odoo's document, who, when."""
    name = (outcome.picking_name if outcome else "") or transaction.document.picking_name or transaction.reference
    return f"{name} · done {at}" if done else f"{name} · {transaction.person}, {at}"


def document(transaction: Transaction, outcome: Outcome | None) -> str:
    """The papers of a transaction: Odoo's once it is done, the order's and ours before."""
    if outcome:
        rest = f", the rest waits as {outcome.backorder_name}" if outcome.backorder_name else ""
        return f"{outcome.picking_name} in Odoo{rest}"
    told = papers(transaction.document.origin, transaction.document.picking_name)
    return told if transaction.document.picking_name else papers(told, transaction.reference)


def left_open(owed: "Owed") -> str:
    """One thing somebody left open at the end of a shift."""
    facts = {"name": owed.name, "behind": owed.behind, "lines": owed.lines, "heading": refusal(owed.code, {})[0]}
    return _fill(shift_end.LEFT[owed.left], facts)


def shift_line(code: str, **facts: object) -> str:
    """A line of what is told at the end of a shift."""
    return shift_end.LINES[code].format_map(_Facts(facts))


def age(past: timedelta) -> str:
    """How long ago, in the two largest units: 3 d 4 h, 5 h 12 min, 7 min."""
    minutes = int(past.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def seen_to_by(choice: str, person: str) -> str:
    """Who took a way after which a card stays."""
    return event("taken_up", {"choice": choice, "person": person})


def differs(differences: Sequence[Difference]) -> str:
    """What Odoo holds other than it was sent."""
    told = "; ".join(f"{one.what}: {one.theirs} instead of {one.ours}" for one in differences)
    return f"Odoo has it differently. {told}" if told else ""


def done_today() -> str:
    """Heads the part of the outbox that is finished."""
    return "Done today"


def refused_count(refused: int) -> tuple[str, str]:
    """On Home, when a person must settle something."""
    return f"Odoo refused {refused} receipt{'' if refused == 1 else 's'}", "Nothing is lost. See why, and settle it."


# Codes: Refused in sync/odoo. First what happened, second to which line, who else, what is known.
_REFUSALS: Final = {
    "already_done": ("Already booked in Odoo", "{person} finished {picking}, {at}: {lines}"),
    "cancelled_before": ("Cancelled in Odoo", "{picking} was cancelled and cannot be used again."),
    "count_overtaken": (
        "Counted again since",
        "{goods}: {person} counted it later, {document}, {at}.",
    ),
    "count_pending": (
        "Somebody else counted this too",
        "{goods} in {location}: {person} says {theirs}, {at}; here {ours}.",
    ),
    "count_time_unsure": (
        "Nobody knows when this was counted",
        "{goods}: goods moved meanwhile, and a clock was never set or our note in Odoo was changed.",
    ),
    "counted_twice": ("Counted twice in one count", "{goods} in {location}."),
    "draft_closed": ("This delivery was finished elsewhere", "Its lines are in the outbox."),
    "expiry_differs": ("Two expiry dates for one lot", "{product}, lot {lot}: here {ours}, in Odoo {theirs}."),
    "expiry_missing": ("The expiry date is missing", "{product}, lot {lot}."),
    "goods_held": ("These goods are on hold", "{goods}: {why}."),
    "goods_in_child": (
        "The goods lie in a bin below",
        "{goods}: not in {location} itself, but in {lies}.",
    ),
    "lines_changed": (
        "Somebody changed this in Odoo",
        "The lines of {picking} were changed meanwhile; ours are removed.",
    ),
    "location_archived": ("This place is archived in Odoo", "{location}"),
    "location_gone": ("A place is no longer visible in Odoo", "Its number there is {location_id}."),
    "lot_missing": ("The lot is missing", "Odoo wants a lot for {product}."),
    "lot_renamed": ("This lot has another name in Odoo now", "{product}, lot {lot}."),
    "lot_unknown": ("Odoo has never seen this lot", "{product}, lot {lot}, cannot leave a shelf."),
    "not_for_counts": ("Nothing is counted in this place", "{location}"),
    "not_on_picking": ("No longer expected on this delivery", "Line {line}."),
    "not_received_there": (
        "These goods were not received there",
        "{product} does not belong to the receipt it should go back to.",
    ),
    "left_in_odoo": ("Odoo does not let us take it back", "Please look at {picking}: {message}"),
    "odoo_asks": ("Odoo asks something first", "{picking}: {quoted}"),
    "odoo_bug": ("Odoo did not understand us", "Show this to support: {message}"),
    "odoo_refused": ("Odoo refused this", "{says}"),
    "odoo_unrecognised": ("Odoo said something we do not know", "Show this to support: {message}"),
    "odoo_rights": ("This user may not do that in Odoo", "{message}"),
    "package_or_owner": (
        "The goods lie in a package, or belong to somebody",
        "{goods} in {location}: {lies}.",
    ),
    "picked_by_person": ("Somebody has begun this in Odoo", "{person} picked on {picking}, {at}: {lines}"),
    "picking_cancelled": ("Cancelled in Odoo", "{person} cancelled {picking}, {at}."),
    "picking_gone": ("This delivery is no longer visible in Odoo", "Nothing was received on it."),
    "picking_not_ready": ("This is not ready in Odoo", "{picking} is {state} there. {earlier}"),
    "product_archived": ("This product is archived in Odoo", "{product}"),
    "product_gone": ("A product is no longer visible in Odoo", "Line {line}."),
    "quant_rows": (
        "Odoo keeps these goods in several rows",
        "{goods} in {location}: {rows}. A count would be wrong until they are one.",
    ),
    "refused_before": ("Refused or withdrawn before", "{reason}"),
    "serial_elsewhere": (
        "This serial is in another place",
        "{product}, serial {lot}, is in {location}, not in {source}.",
    ),
    "serial_in_stock": ("This serial is in stock already", "{product}, serial {lot}, is in {location}."),
    "serial_quantity": ("A serial number is one piece", "{product}, serial {lot}: {done}."),
    "taken_by_device": (
        "Another device received this too",
        "{product}: here {ours}, there {theirs}, expected {expected}.",
    ),
    "too_little_stock": (
        "Too little stock",
        "{goods} in {location}: {done} wanted, {there} there.",
    ),
    "unit_changed": ("The unit of a product was changed in Odoo", "{product} is counted in {unit} there now."),
    "withdraw_too_late": ("Odoo had it already", "It stands there as {picking}; {person} wanted it back."),
}


def refusal(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """Why Odoo, or we, said no: a title and what is known. Odoo's own words where we have none."""
    heading, told = _REFUSALS.get(code, ("Odoo refused this", "{message}"))
    known = {**facts, "reason": _reason_before(facts)} if code == "refused_before" else dict(facts)
    if facts.get("product") and not facts.get("goods"):
        known["goods"] = f"{facts['product']}, lot {facts['lot']}" if facts.get("lot") else facts["product"]
    if facts.get("waits_for"):
        known["earlier"] = f"First must be done: {facts['waits_for']}."
    if code == "odoo_asks":
        known["quoted"] = ". ".join(_sentence(str(facts[name])) for name in ("asks", "says") if facts.get(name))
    return _fill(heading, known), _fill(told, known)


def _sentence(told: str) -> str:
    return " ".join(told.split()).rstrip(".")


def _reason_before(facts: Mapping[str, object]) -> str:
    """What a copy of this device, or this one before, was told."""
    why, before = str(facts.get("why", "")), facts.get("before")
    if why == "withdrawn" or not why:
        return "It was withdrawn, or cancelled in Odoo."
    title, below = refusal(why, before if isinstance(before, Mapping) else {})
    return f"{title}. {below}"


def way_out(command: str, *, allowed: bool, act: str = "") -> tuple[str, str]:
    """A way to settle what was refused; where the role may not, who may: by the right it needs."""
    title, below = cards.WAYS[command]
    return title, below if allowed else _RIGHTS[act or command]


def of_lines(lines: int) -> str:
    """Under the number of lines begun."""
    return f"of {lines} line{'' if lines == 1 else 's'}"


def papers(order: str, document: str) -> str:
    """The order and Odoo's picking, as they stand on a page."""
    return " · ".join(part for part in (order, document) if part)


_AGENDA: Final = {"begun": "Begun here", "to_do": "To do"}
_PAGES: Final = {
    "home": "Wardstock",
    "start": "Wardstock",
    "deliveries": "Receive",
    "receive": "Receive",
    "outbox": "Outbox",
}


def agenda(part: str) -> str:
    """Heads a part of the list of the day."""
    return _AGENDA[part]


def page_title(page: str) -> str:
    """What the header says of the page."""
    return _PAGES[page]


def not_connected() -> str:
    """Where the place stands, on a device that is not enrolled."""
    return "Not connected yet"


def role(name: str) -> str:
    """The role of the person at the device."""
    return name.capitalize()


def short_day(moment: datetime) -> str:
    """A time of another day: 20 Nov 16:05."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%H:%M}"


def product_gone() -> str:
    """A product the catalogue no longer has."""
    return "a product no longer visible"


def symbol(symbology: str, elements: Sequence[tuple[str, str]], text: str) -> str:
    """A scan as it was read: its elements one by one where it has any, its separators made visible elsewhere."""
    read = " ".join(f"{ai} {value}" for ai, value in elements) or text
    return f"{symbology} {read}".strip().replace("\x1d", "<GS>")
