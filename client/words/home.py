"""What is said at home, at the change of people, and of drafts."""

from typing import Final

ANSWERS: Final = {
    "nothing_open": ("No delivery is open", "Scan an order or a product that is expected"),
    "finished_here": ("{document} is finished here", "{reference} goes first; what is left comes back with a sync"),
    "refused_here": ("{document} waits for a decision", "Odoo refused {reference}. Settle it in the Outbox first"),
    "picking_gone": ("No longer visible", "This delivery is not on the device any more"),
    "approved": ("{person} stands by you", "For the next answer"),
    "scan_the_order": ("Scan the order or the delivery", "Or anything that is expected"),
    "no_job_for_papers": ("{document} is worked off in Odoo", "There is no job for it here"),
    "which_papers": ("{count} papers: which one?", "{names}"),
    "what_here": ("{place}", "What do you want to do here?"),
    "take_over": ("{title}: {person} began it", "{document} · nothing of it is lost"),
    "which_draft": ("Open jobs: {count}", "Which one?"),
    "no_drafts": ("No job is open", "Nothing waits to be finished"),
    "no_such_draft": ("No open job is called that", "{text}"),
    "person_now": ("{person}", "Works here now"),
    "pin_wanted": ("{person}: your PIN, please", "It stands for this one answer"),
    "same_person": ("It must be somebody else", "{person} cannot stand by themselves"),
    "proved": ("{person}, thank you", "Go on"),
    "locked": ("Locked", "Scan your badge first. This scan was not taken"),
    "locked_here": ("Locked", "Scan your badge first, or tap your name"),
    "pin_wrong": ("Wrong PIN", "{person}: try again"),
    "pin_wait": ("Too many wrong PINs", "{person}: wait {seconds} seconds"),
    "pin_none": ("{person} has no PIN yet", "A supervisor sets it: Settings, People"),
    "person_unknown": ("Nobody of that name works here", "{person}"),
    "witness": ("A second person, please", "{balances}: scan their badge, then their PIN"),
}
QUESTIONS: Final = {
    "pin": ("{person}: your PIN", "It stands for this one answer. The badge alone only says who."),
    "which_papers": ("Which of the {count}?", "Scan its barcode, or choose."),
    "take_over": ("Go on with what {person} began?", "What was scanned is kept: {lines}. The job is yours then."),
    "which_draft": ("Which of the {count}?", "Choose one to go on with."),
    "what_here": ("What do you want to do in {place}?", "Or scan an item to move from here."),
    "witness": (
        "Who stands by?",
        "{balances}. A badge and its PIN.",
    ),
}
CHOICES: Final = {
    "these_papers": ("{document}", "{order}"),
    "move_from_here": ("Move goods from here", ""),
    "use_here": ("Use goods here", ""),
    "waste_here": ("Throw goods away", ""),
    "take_now_here": ("Take now, no questions", "What is missing is completed later"),
    "count_here": ("Count here", ""),
    "this_draft": ("{title}", "{document} {person}, {lines} scans"),
    "take_it_over": ("Yes, I go on with it", ""),
    "nothing": ("Nothing", ""),
}
