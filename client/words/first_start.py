"""What the first start says: each step, what was found at that Odoo, what is in the way and what to do about it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from client.words.tongue import Sentences, tr, trn
from client.words.written import fill

ANSWERS: Final = {
    "sheet_read": ("The sheet is read", "{host}"),
    "sheet_unreadable": ("This code is no set-up sheet", "Scan the square code on the sheet of your administrator."),
    "sheet_broken": ("The sheet did not come through", "Scan it again. If that fails, open it as a file."),
    "sheet_newer": ("This sheet is of a newer Wardstock", "Install that version here, then scan it again."),
    "sheet_not_here": ("Nothing to scan at this step", "Go back if this device is to belong elsewhere."),
    "key_scanned": ("The key is read", "It is never shown, and kept encrypted."),
    "key_unfit": ("This is no Odoo key", "A key is one line of letters and digits, without blanks."),
    "rules_read": ("The rules are read", "They are held against Odoo before they count."),
    "file_unread": ("This file is none of ours", "{trouble}"),
    "field_scanned": ("Filled in", "{field}"),
    "place_scanned": ("{place} is chosen", ""),
    "place_unknown": ("No place there has this code", "Tick the place in the list, or give it this barcode in Odoo."),
    "badge_scanned": ("The badge is read", ""),
    "person_entered": ("{name} is entered", "{role}"),
    "not_now": ("{trouble}", ""),
}
"""Codes: `Said` in client/pages/setup.py and what it is made of."""
QUESTIONS: Final[dict[str, tuple[str, str]]] = {}
CHOICES: Final[dict[str, tuple[str, str]]] = {}

PHASES: Final = Sentences(
    {"connect": "Connect", "check": "Check", "places": "Places", "fetch": "Fetch", "people": "People"}
)

_STEPS: Final = Sentences(
    {
        "connect": (
            "Scan the set-up sheet",
            "Your administrator printed it. It holds the address of Odoo and your site's rules.",
        ),
        "form": ("Where is your Odoo?", "As it stands in the browser. The database may stay empty."),
        "confirm": ("Is this your hospital's Odoo?", "Nothing was sent to anybody yet."),
        "key": ("Scan or type the Odoo key", "In Odoo: your name, My Profile, Security, New API Key."),
        "test": ("Asking Odoo", "Nothing is changed there."),
        "tested": ("This device may work there", "This is what was found."),
        "failed": ("This is in the way", "Nothing is lost. Mend it, then try again."),
        "companies": ("Which company?", "This user has several in Odoo. A device works for one."),
        "databases": ("Which database?", "Odoo told these names."),
        "places": ("Which places does it serve?", "Scan a shelf, or tick. None ticked: all of the company."),
        "rules": (
            "The rules of your site",
            "What it decided, in one file (policy.json). The device works without it; it can be added later.",
        ),
        "fetch": ("Fetching what Odoo knows", "Products, lots, places, deliveries. It can be interrupted."),
        "fetched": ("All is here", "From now on it works without a network."),
        "paused": ("Stopped half-way", "What came is kept. Go on now, or later by itself."),
        "scanner": ("Now the scanner", ""),
        "people": ("Who works here?", "The first is a supervisor. Badges and PINs say who did what."),
    }
)
"""By step: the question, and what to know."""

_MAIN: Final = Sentences(
    {
        "form": "Go on",
        "confirm": "Yes, connect",
        "key": "Ask Odoo",
        "test": "Stop",
        "tested": "Go on",
        "failed": "Try again",
        "places": "Serve these places",
        "places_all": "Serve all places",
        "rules": "Write them down",
        "fetch": "Stop for now",
        "fetched": "Go on",
        "paused": "Go on fetching",
        "scanner": "Go on",
        "people": "Begin work",
        "people_later": "Begin without names",
    }
)
"""By step: what the main action does."""

FIELDS: Final = Sentences(
    {
        "url": "Address",
        "database": "Database",
        "login": "Login of the user",
        "key": "API key",
    }
)
_NOTES: Final = Sentences(
    {
        "url": "odoo.hospital.example",
        "database": "empty: Odoo is asked",
        "login": "Odoo 17 and 18 ask for it",
        "key": "",
    }
)
MISSING: Final = Sentences({"url": "Type or scan the address", "key": "Scan or type the key"})

_FOUND: Final = Sentences(
    {
        "server": ("Odoo {version} answers", "{host}"),
        "server_untested": ("Odoo {version} was never tested", "All fields that are needed are there."),
        "guard": (
            "Deliveries are received here, and not sent yet",
            "This version could not be shown to protect a delivery that is done.",
        ),
        "database": ("Database {database}", ""),
        "user": ("User {name}", "{login}"),
        "company": ("Company {company}", ""),
        "right": ("May receive, move, use and count", "Right Inventory / User"),
        "manager": ("May even administer the inventory", "More than needed: Inventory / User is enough."),
        "expiry": ("Expiry dates are kept", "Odoo's Expiration Dates is installed."),
        "purchase": ("Orders are found by their number", "Odoo's Purchase is installed."),
        "no_purchase": ("Deliveries are found by their own number", "Odoo's Purchase is not installed."),
        "clock": ("The clocks agree", ""),
        "clock_off": (
            "This device's clock is {minutes} minutes off",
            "Odoo's time is used. Set the clock in the system's settings.",
        ),
        "key_ends": ("The key ends on {day}", "Renew it before then. You are told two weeks ahead."),
        "host": ("{host}", "Who answers there gets what is scanned here."),
        "database_named": ("Database {database}", ""),
        "database_asked": ("Database", "Odoo is asked which there are."),
        "rules_come": ("The rules of your site come with it", "They are looked at after the connection."),
        "rules_here": ("The rules of your site lie on this device", "policy.json"),
        "rules_none": ("No rules came with it", "Safe ones hold until you write some."),
        "key_comes": ("The key comes with it", "Keep the sheet as safe as the key."),
        "key_wanted": ("The key is asked for next", ""),
        "places_come": ("It serves {places}", ""),
        "zone": ("Days of expiry are days in {zone}", "The rules can name another time zone."),
        "complete": ("All the rules name is in Odoo", ""),
        "offers": ("Use is offered at {use}, waste at {waste} places", "With all below them."),
        "no_places": (
            "Use and waste are not offered yet",
            "A file with rules says where such goods go. Ask whoever looks after your devices for it; all else works.",
        ),
        "ignored": ("Some of the rules mean nothing", "Not known in schema 1: {keys}. Write schema 2."),
    }
)
"""By what was found: the fact, and more of it."""

_WAYS: Final = Sentences(
    {
        "form": ("Change the address", ""),
        "key": ("Give another key", ""),
        "again": ("Try again", ""),
        "later": ("Go on without it", "It is fetched as soon as Odoo answers."),
        "rules_file": ("Open a file with rules", "policy.json"),
        "key_file": ("Open a file with the key", ""),
        "skip_scanner": ("Test it later", "Settings has the same test."),
        "add": ("Add somebody", "name, role, badge, PIN"),
    }
)

_FAILED: Final = Sentences(
    {
        "no_such_host": (
            "No server is called {host}",
            "Compare the address letter by letter. Away from the hospital a VPN may be needed.",
        ),
        "nobody_there": (
            "{host} is there, and no Odoo listens",
            "The address may need a port, as in odoo.example:8069. Else Odoo is switched off: ask who runs it.",
        ),
        "no_answer": ("{host} did not answer in time", "Check the network of this device, then try again."),
        "no_tls": (
            "{host} does not speak https",
            "Wardstock sends nothing in the open. Whoever runs Odoo puts a certificate in front of it.",
        ),
        "http_refused": (
            "{host} would be asked over plain http",
            "Anybody in between could read the key. Write https, or nothing before the address.",
        ),
        "certificate_refused": (
            "The certificate of {host} is not trusted here",
            "Whoever runs this device installs the hospital's certificate in its system. The system says: {message}",
        ),
        "certificate_clock": (
            "The certificate of {host} is not valid today",
            "If this device's date is wrong, set it first: here it is {today}. Else Odoo's certificate has run out.",
        ),
        "redirected": (
            "{host} sends us to another address",
            "Copy the address from the browser once Odoo is open there, and write that one.",
        ),
        "not_an_odoo": ("What answers at {host} is not Odoo", "Open the address in a browser and compare."),
        "unknown_database": ("{host} has no database {database}", "Ask your administrator for its exact name."),
        "database_of": ("{host} has no database {database}", "It has these: choose one."),
        "database_not_told": (
            "{host} tells nobody its databases",
            "Ask your administrator for the name and write it in.",
        ),
        "version_not_served": ("This Odoo is too old: {message}", "Wardstock works with Odoo 17 and later."),
        "version_unfit": (
            "Odoo {name} was never tested, and lacks something",
            "Wardstock needs there: {message}. A newer Wardstock may know that version.",
        ),
        "odoo_auth": (
            "Odoo does not accept the key",
            "Keys end after some time, and belong to one database. Make a new one in Odoo and give it here.",
        ),
        "login_needed": ("Odoo {message} also asks whose key it is", "Type the login of the user the key belongs to."),
        "login_wrong": ("Login and key do not fit", "The key belongs to another user, or the login is misspelt."),
        "login_differs": (
            "The key belongs to {login}, not to {expected}",
            "Give the key of that user, or leave the login out.",
        ),
        "login_cooldown": (
            "Odoo lets nobody in for a minute",
            "Too many wrong keys came from this network. Wait a minute, then try again.",
        ),
        "odoo_rights": ("The user may not do what is needed", "Odoo says: {message}"),
        "no_stock_rights": (
            "{name} has no right to work with stock",
            "In Odoo: Settings, Users, {name}: under Inventory choose User. Then try again.",
        ),
        "module_product_expiry": (
            "Odoo keeps no expiry dates yet",
            "In Odoo: Inventory, Configuration, Settings, Traceability: tick Expiration Dates (product_expiry).",
        ),
        "module_stock": ("Odoo has no Inventory yet", "In Odoo: Apps: install Inventory (stock)."),
        "company_not_allowed": (
            "The user does not belong to that company",
            "In Odoo: Settings, Users: add it under Allowed Companies. Or choose another below.",
        ),
        "location_unknown": (
            "No place there is called {name}",
            "The sheet names it. Its name or barcode may be newer.",
        ),
        "location_ambiguous": ("Several places are called {name}", "{found}. The sheet should name its barcode."),
        "policy_unreadable": ("The rules cannot be followed", "{why}"),
        "store_disk_full": ("The disk is full", "Make room on this device, then try again. Nothing is lost."),
        "disk_too_small": (
            "Only {free} MB are free on this device",
            "What Odoo knows takes up to {needed} MB. Make room, then try again.",
        ),
        "store_not_writable": ("The device's folder cannot be written", "Whoever runs this device gives the right."),
        "pass_running": ("Another Wardstock is at it", "Close the other window or command, then try again."),
        "pull_empty": (
            "Odoo shows this user no place and no kind of delivery",
            "In Odoo the user needs Inventory / User in the company of this device.",
        ),
        "abandoned": ("Stopped", "Nothing was changed."),
        "unanswered": ("Odoo did not answer properly", "It may be restarting. Try again in a moment."),
        "other": ("{trouble}", ""),
    }
)
"""By code of `failure`: what is in the way, and what to do."""

_KINDS: Final = Sentences(
    {
        "pickings": "Deliveries and transfers",
        "moves": "Their goods",
        "move_lines": "Their lines",
        "stock_rows": "Stock",
        "lots": "Lots",
        "products": "Products",
        "packagings": "Packagings",
        "vendor_codes": "Codes of suppliers",
        "locations": "Places",
        "picking_types": "Kinds of deliveries",
        "reorder_points": "Reorder points",
        "partners": "Suppliers",
        "packages": "Packages",
        "users": "Users",
    }
)

ROLES: Final = Sentences(
    {
        "supervisor": ("Supervisor", "approves, manages people, settles what Odoo refused"),
        "storekeeper": ("Storekeeper", "receives, moves, counts, changes lots"),
        "nurse": ("Nurse", "receives, moves, uses, throws away, counts"),
        "counter": ("Counter", "counts, nothing else"),
    }
)
_ENLIST: Final = Sentences(
    {
        "approver": ("Who approves it?", "A supervisor, with their PIN."),
        "approve": ("{name}: your PIN, please", "A supervisor approves who works here."),
        "name": ("What is their name?", "As it should stand in Odoo's notes."),
        "role": ("What does {name} do here?", ""),
        "role_first": ("What does {name} do here?", "The first is a supervisor: somebody must approve the others."),
        "badge": ("Scan the badge of {name}", "Any code on it that is theirs alone."),
        "pin": ("{name} types a new PIN", "4 to 12 digits, not in a row. Nobody else looks."),
        "pin_again": ("{name} types it once more", ""),
    }
)
NOBODY_YET: Final = Sentences(
    {"title": ("Nobody is entered yet", "Then anybody works here, and nobody can approve anything.")}
)


def step(name: str) -> tuple[str, str]:
    """The question of a step, and what to know before answering."""
    return _STEPS[name]


def main(name: str) -> str:
    """What the main action does."""
    return _MAIN[name]


def note(name: str) -> str:
    """Under the label of a field."""
    return _NOTES[name]


def found(code: str, **facts: object) -> tuple[str, str]:
    """A fact about that Odoo, and more of it."""
    return _filled(_FOUND[code], facts)


def way(code: str) -> tuple[str, str]:
    """Something else that can be done at a step."""
    return _WAYS[code]


def failed(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """What is in the way, and what to do about it."""
    return _filled(_FAILED[code], facts)


def has_failure(code: str) -> bool:
    """Whether the first start has a sentence of its own for that code."""
    return code in _FAILED


def kind(name: str) -> str:
    """A kind of record that is fetched."""
    return _KINDS.get(name, name)


def came(rows: str, total: str) -> str:
    """Behind a kind that is fetched: how many of them are here."""
    return fill(tr("{rows} of {total}"), {"rows": rows, "total": total}) if total else rows


def enlist(code: str, name: str) -> tuple[str, str]:
    """A question about somebody new."""
    return _filled(_ENLIST[code], {"name": name})


def enlist_main(step: str) -> str:
    """On the main action of such a question."""
    return tr("Enter them") if step == "pin_again" else tr("Go on")


def enlist_missing(step: str) -> str:
    """Instead, while it is not answered."""
    if step in {"role", "approver"}:
        return tr("Choose first, then scan")
    return tr("Type the name") if step == "name" else tr("Type the PIN")


def role(name: str) -> tuple[str, str]:
    """A role, and what it is for."""
    return ROLES[name]


def chosen(count: int) -> str:
    """How many places are ticked."""
    return trn("{count} place is ticked", "{count} places are ticked", count).format(count=count)


def nobody() -> tuple[str, str]:
    """Where nobody works yet."""
    return NOBODY_YET["title"]


def not_connected() -> str:
    """In the header, before the device belongs anywhere."""
    return tr("Not connected yet")


def asking(host: str) -> str:
    """While that Odoo is asked."""
    return fill(tr("Waiting for {host}"), {"host": host})


def fetching(rows: int) -> str:
    """While the first pull runs: how much came."""
    return fill(trn("{count} record came", "{count} records came", rows), {"count": Decimal(rows)})


def _filled(words: tuple[str, str], facts: Mapping[str, object]) -> tuple[str, str]:
    title, more = words
    return fill(title, facts), fill(more, facts)
