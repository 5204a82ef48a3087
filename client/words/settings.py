"""What the settings page says: its parts, what stands in them, and what was done."""

from typing import Final

from client.words.tongue import Sentences, tr

PARTS: Final = Sentences(
    {
        "manner": ("Sound, colours, text", "How it looks and sounds, and in which language"),
        "scanner": ("Scanner", "Test it, or listen at a serial port"),
        "people": ("People", "Names, roles, badges, PINs"),
        "papers": ("Papers", "Labels, command barcodes, count sheets"),
        "sync": ("Sending", "Last time, and try now"),
        "places": ("Place", "What this device serves"),
        "key": ("Keys", "Where they are kept"),
        "support": ("For support", "One file with what helps to find a fault"),
        "about": ("About", "Version, device, licences"),
        "practice": ("Practice ward", "Try everything, nothing is real"),
        "training": ("Three short exercises", "Receive, move, count"),
    }
)
"""By part: what its row says, and what is in it."""

QUESTIONS: Final = Sentences(
    {
        "": ("What do you want to see or change?", "What you may not change shows a lock."),
        "manner": ("How should it look and sound?", "It changes at once, on this device alone."),
        "manner_practised": ("How should it look and sound?", "It changes at once, until you leave the practice ward."),
        "scanner": ("How does the scanner work?", "Six codes tell whether it is set up well."),
        "people": ("Who works here?", "Tap a name to change it."),
        "sync": ("Is everything in Odoo?", "It sends by itself. You may try now."),
        "places": ("Where does this device work?", "It knows stock of these places and of all below them."),
        "key": ("Where are the keys kept?", "Whoever has them can read what is here, and send in its name."),
        "support": ("Write a file for support?", "Nothing is sent. You give it to whoever helps you."),
        "support_done": ("The bundle is written", "Nothing is sent. You give it to whoever helps you."),
        "about": ("What is this?", "Tell these lines to whoever helps you."),
    }
)
"""Over each part: the question, and what to know."""

NAMES: Final = Sentences(
    {
        "sound": "Sound",
        "sound_on": "Answers are heard",
        "theme": "Colours",
        "light": "Light",
        "dark": "Dark",
        "contrast": "High contrast",
        "system": "As this machine is set",
        "text": "Size of the text",
        "text_system": "100 % is as large as this machine shows things.",
        "motion": "Movement",
        "motion_less": "Nothing slides",
        "language": "Language",
        "language_system": "As this machine is set",
        "language_next": "The window opens anew, the open job stays as it is.",
        "test": "Test the scanner",
        "wedge": "The scanner that types",
        "serial": "A scanner at a serial port",
        "never_tested": "Never tested: nothing is assumed of it",
        "tested": "Tested",
        "separator": "Separator of GS1 codes",
        "separator_kept": "arrives",
        "separator_lost": "is swallowed: Wardstock asks where a code can be read in two ways",
        "separator_other": "arrives as {by}",
        "symbology": "Kind of code",
        "symbology_told": "is told",
        "symbology_untold": "is not told",
        "keyboard": "Keyboard",
        "as_printed": "as printed",
        "no_port": "None",
        "no_folders": "Nothing here opens folders. The file lies in {folder}.",
        "ports_next": "It is heard at once, and from each start on.",
        "forget": "Forget what is known of it",
        "forgotten": "Nothing is assumed of it any more.",
        "company": "Company",
        "served": "Serves",
        "everything": "All places of the company",
        "policy": "What the site decided",
        "policy_there": "in {file}",
        "policy_none": "nothing: the defaults hold",
        "last_push": "Last sent",
        "last_pull": "Last fetched",
        "unsent": "Unsent",
        "refused": "Refused",
        "never": "never",
        "sync_now": "Try now",
        "outbox": "Show the outbox",
        "odoo_key": "The key to Odoo",
        "odoo_key_ends": "It is in the encrypted store, and ends on {day}. Renew it before: wardstock key set",
        "odoo_key_stays": "It is in the encrypted store. When it ends is not known.",
        "store_key": "The key of this device's data",
        "version": "Wardstock",
        "device": "Device",
        "device_id": "Device id",
        "odoo": "Odoo",
        "database": "Database",
        "address": "Address",
        "schema": "Store",
        "machine": "Machine",
        "licences": "Licences",
        "own_licence": "Wardstock is free software under the Apache License 2.0.",
    }
)
"""Single words and lines, by what they name."""

CREW: Final = Sentences(
    {
        "add": "Add somebody",
        "print": "Print badges",
        "print_what": "For all who have none",
        "role": "Role",
        "badge": "Badge",
        "badge_new": "Another badge",
        "badge_print": "Print a badge",
        "badge_print_first": "Their first",
        "badge_print_again": "The same again",
        "badge_print_new": "A new one: their present badge ends",
        "badge_none": "The badge is lost: take it away",
        "badge_there": "has one",
        "badge_missing": "has none",
        "pin": "PIN",
        "pin_new": "Another PIN",
        "remove": "Works here no more",
        "remove_what": "What they did stays under their name.",
        "with": "badge and PIN",
        "with_badge": "badge, no PIN",
        "with_pin": "PIN, no badge",
        "with_none": "neither badge nor PIN",
        "locked": "Takes a supervisor: they scan their badge first",
        "person": "{name}, {role}",
        "changed": "{name} is changed",
        "removed": "{name} works here no more",
        "added": "{name} is entered",
        "go_on": "Go on",
    }
)
"""Of the people of a device."""

CREW_ASKS: Final = Sentences(
    {
        "one": ("What changes for {name}?", "A lock shows what takes a supervisor."),
        "approve": ("{name}: your PIN, please", "So that nobody changes people under your name."),
        "own_pin": ("{name}: your old PIN, please", "Then the new one, twice."),
        "badge": ("Scan the new badge of {name}", "It is not shown, and nobody's until it is kept."),
        "new_pin": ("A new PIN for {name}", "4 to 12 digits. {name} types it, nobody else looks."),
        "again": ("The same PIN once more", "So that no finger slipped."),
        "remove": ("Does {name} work here no more?", "What they did stays under their name."),
    }
)
"""What is asked before somebody is changed."""

_SERVING: Final = Sentences(
    {
        "choose": "Choose other places",
        "locked": "Takes a supervisor: they scan their badge first",
        "means": "Places that are added are fetched as soon as Odoo is reached. Those left out are not shown any more."
        " What is unsent stays, and is sent.",
        "only_more": "Unsent or refused: {unsent}. Open on this device: {drafts}. Until that is done, places can be"
        " added, and none left out.",
        "waits": "Others were chosen. What lies there is known after the next time Odoo is reached.",
        "kept": "Kept. It is fetched as soon as Odoo is reached.",
        "ticked": "{place} is ticked",
        "no_place": "No place here has this code",
        "serve": "Serve these places",
        "serve_all": "Serve all places",
    }
)
_SERVING_ASKS: Final = Sentences(
    {
        "approve": ("{name}: your PIN, please", "Then choose what this device serves."),
        "choose": ("Which places does it serve?", "Scan a shelf, or tick. None ticked: all of the company."),
    }
)

PIN_DIFFERS: Final = "These were two different PINs. Nothing was changed."


def part(key: str) -> tuple[str, str]:
    """A row of the list."""
    return PARTS[key]


def question(key: str) -> tuple[str, str]:
    """Over a part."""
    return QUESTIONS[key]


def name(code: str, **facts: object) -> str:
    """One word or line."""
    return NAMES[code].format_map(facts)


def crew(code: str, **facts: object) -> str:
    """One word or line about people."""
    return CREW[code].format_map(facts)


def crew_asks(code: str, name: str) -> tuple[str, str]:
    """A question about somebody."""
    asked, hint = CREW_ASKS[code]
    return asked.format(name=name), hint.format(name=name)


def serving(code: str, **facts: object) -> str:
    """One word or line about the places this device serves."""
    return _SERVING[code].format_map(facts)


def serving_asks(code: str, name: str) -> tuple[str, str]:
    """What is asked before they are others."""
    asked, hint = _SERVING_ASKS[code]
    return asked.format(name=name), hint


def pin_differs() -> str:
    """The second PIN was another."""
    return tr(PIN_DIFFERS)


def percent(size: int) -> str:
    """How large the text is."""
    return tr("{size} %").format(size=size)
