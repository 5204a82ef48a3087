"""What the practice ward says to who tries it: three exercises, step by step."""

from typing import Final

from client.words.tongue import Sentences, tr

TASKS: Final = Sentences(
    {
        "receive": ("Receive a delivery", "Two goods of one order"),
        "move": ("Move goods to a ward", "Ten syringes from a shelf"),
        "count": ("Count a shelf", "One kind of goods"),
    }
)
STATES: Final = Sentences({"open": "Not tried yet", "begun": "Begun", "done": "Done: Odoo has it as {document}"})
STEPS: Final = Sentences(
    {
        "receive open": "Scan the order {thing}",
        "receive goods1": "Scan the box of {thing}",
        "receive goods2": "Scan the box of {thing}",
        "receive confirm": "Scan Confirm: the delivery is finished",
        "move move": "Scan Move",
        "move from": "Scan the shelf {thing}: goods come from here",
        "move goods": "Scan the {thing}",
        "move to": "Scan where they go: {thing}",
        "move confirm": "Scan Confirm: the goods are moved",
        "count count": "Scan Count",
        "count shelf": "Scan the shelf {thing}",
        "count counted": "Scan what lies there: {thing}",
        "count confirm": "Scan Confirm: the shelf is counted",
    }
)
TAGS: Final = Sentences(
    {
        "open": "Order {thing}",
        "confirm": "Confirm",
        "move": "Move",
        "count": "Count",
        "from": "Shelf {thing}",
        "to": "{thing}",
        "shelf": "Shelf {thing}",
        "goods": "{thing}",
        "goods1": "{thing}",
        "goods2": "{thing}",
        "counted": "{thing}",
    }
)
_SAID: Final = Sentences(
    {
        "welcome": "Try it: nothing here is real",
        "welcome_hint": "Three short exercises lead you by the hand. Or look around as you like.",
        "all_done": "You have done all three",
        "all_done_hint": "Go on trying, or leave the practice ward.",
        "how": "Step {number} of {of}. Hold the scanner to the screen, or tap the label: a tap counts as a scan.",
        "sending": "It is on its way to Odoo",
        "sending_hint": "It sends by itself. Nothing to do.",
        "refused": "Odoo refused it",
        "refused_hint": "See in the outbox why, and settle it: nothing is lost.",
        "done": "Done: Odoo has it",
        "done_hint": "As {document}. In real work it is the same.",
        "asked": "Wardstock asks: {question}",
        "asked_hint": "Look at the page and answer there. Then go on with the labels.",
        "quantity": "{count} pieces",
        "lot": "Lot {lot} · {day}",
        "strip": "Three short exercises",
        "begin": "Begin: {task}",
        "again": "Look around",
        "sheet": "PRACTICE · never stick these on goods",
    }
)


def task(exercise: str) -> tuple[str, str]:
    """Its name, and what it is."""
    return TASKS[exercise]


def state(code: str, document: str = "") -> str:
    """How far one is."""
    return STATES[code].format(document=document)


def step(exercise: str, code: str, thing: str) -> str:
    """What to scan next."""
    return STEPS[f"{exercise} {code}"].format(thing=thing)


def tag(code: str, thing: str) -> str:
    """What stands beside a label."""
    return TAGS[code].format(thing=thing)


def say(code: str, **facts: object) -> str:
    """One sentence."""
    return _SAID[code].format_map(facts)


def of_tasks(done: int, tasks: int) -> str:
    """How many are done."""
    return tr("{done} of {tasks} done").format(done=done, tasks=tasks)
