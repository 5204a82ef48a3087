"""What went wrong outside, and what the commands say: the sentences of `client.messages` that belong to no page."""

from collections.abc import Mapping, Sequence
from typing import Final

from client.words.refusals import refusal
from client.words.tongue import Sentences, tr

# Codes: WardstockError in sync and client. What happened, and what to do; never whose fault.
_TROUBLES: Final = Sentences(
    {
        "left_in_odoo": (
            "Odoo refused this and does not let us take our lines back. Please look at {picking}: {message}"
        ),
        "validate_under_way": "Odoo may still be working on this. It is looked at again in some minutes.",
        "own_bug": (
            "Wardstock made a mistake here. Nothing is lost; it tries again. The log says more: {name} {message}"
        ),
        "other_device_first": "Another device is sending for the same delivery. This one follows in a moment.",
        "address_unfit": "“{address}” is no address of a server. Write it as odoo.hospital.example.",
        "disk_too_small": "Only {free} MB are free on this device. What Odoo knows takes up to {needed} MB.",
        "file_not_readable": "{file} cannot be read.",
        "invitation_newer": "This set-up sheet was made by a newer Wardstock. Install that version here.",
        "invitation_unreadable": "This is no set-up sheet.",
        "policy_not_written": "{path} cannot be written: {why}",
        "abandoned": "The pass was stopped. What was on its way is asked about again next time.",
        "badge_of_others": "Wardstock did not make the badge of {name}, so it does not print it again."
        " A new one, with which that one ends: --new",
        "badges_all_there": "Everybody here has a badge. Say whose is to be printed.",
        "badge_is_known": "This code is known here as {name}: the badge would never be read as one.",
        "badge_taken": "This is the badge of {name}.",
        "badge_unfit": "This cannot be a badge: a command, a patient's number, or shorter than {shortest} characters.",
        "by_whom": "Name the supervisor who approves it: --by NAME",
        "certificate_refused": "The certificate of this server is not trusted here: {message}",
        "draft_closed": "This delivery was finished or dropped elsewhere.",
        "draft_gone": "This delivery is no longer open on this device.",
        "enrol_while_unsent": (
            "Not all is in Odoo: {unsent} unsent or refused, {drafts} open deliveries. First settle it."
        ),
        "places_while_unsent": (
            "Unsent or refused: {unsent}. Open on this device: {drafts}. Until that is done, places can be added,"
            " and none left out."
        ),
        "folder_of_another": "{folder} belongs to another account. A device's data is kept in a folder of one's own.",
        "folder_writable_by_others": "Others may write in {folder}. Take their rights away: chmod 700 {folder}",
        "guard_unproven": (
            "This version of Odoo could not be shown to protect a delivery that is done, so none is posted."
        ),
        "http_refused": "{host} would be asked over plain http. Only https is allowed, except on this very machine.",
        "hold_file_unreadable": "{file} is no hold list: {why}",
        "hold_file_wrong": "{file}: nothing was imported.\n{rows}",
        "hold_list_not_yet": "{at} has not come yet: a list cannot speak of it.",
        "hold_needs_lot": "{product}: name the lot with --lot, or hold all of it with --all.",
        "hold_source_reserved": (
            "“{source}” is the list of what people here put on hold. Give the file another --source."
        ),
        "key_damaged": "{file} does not hold a key.",
        "device_clock_wrong": (
            "The clock of this device is wrong: {device}, in Odoo it is {server}. Odoo's time is used."
        ),
        "key_empty": "{file} holds no Odoo key.",
        "key_ends_soon": "A key of this device's user ends on {day}. Renew it before: wardstock key set",
        "key_left_behind": "The key has moved, but a copy of it could not be taken away. Run the command again.",
        "key_malformed": "{file}: An Odoo key is one line of plain letters, digits and signs, without blanks.",
        "key_missing": "The key of the store, {file}, is missing. Without it nothing in the store can be read.",
        "key_moving": "The key is being moved right now. Try again in a moment.",
        "key_not_in_keyring": (
            "The keyring of this account does not hold the key of this device's data: it was moved here from another"
            " machine or account, or the keyring was reset. Nothing was changed."
        ),
        "key_not_readable": "{file} cannot be read.",
        "key_not_writable": "{file} cannot be written.",
        "key_of_another": (
            "This key belongs to {login}, the device to {expected}. Another user is another: wardstock enrol"
        ),
        "key_not_ours": "{file} does not hold this device's Odoo key.",
        "key_place_damaged": "{file} cannot be read, so nobody knows where the key is. Restore it from a backup.",
        "key_place_needed": (
            "No keyring works here. Give a passphrase with --passphrase-stdin or WARDSTOCK_PASSPHRASE, or keep the key"
            " in a file explicitly: --key-store file"
        ),
        "keyring_absent": "No keyring answers in this session. Nothing was changed.",
        "keyring_locked": "The keyring is locked. Unlock it, then try again. Nothing was changed.",
        "keyring_refused": "The keyring did not do it. Nothing was changed. {name} {message}",
        "key_readable_by_others": "{file} can be read by others. Take their rights away: chmod 600 {file}",
        "last_supervisor": "{name} is the only supervisor with a PIN. Without one nobody could manage people.",
        "lines_moving": "Somebody is working on this delivery in Odoo right now. It is asked about again.",
        "location_ambiguous": (
            "Several places are called {name}: {found}. Name the one by its whole name or its barcode."
        ),
        "location_unknown": "No place in Odoo is called {name}, nor has it as a barcode.",
        "login_differs": "This key belongs to {login}, not to {expected}.",
        "gtin_missing": "{product} has no product number (GTIN) in Odoo: nothing to print that a scanner would find.",
        "gtin_wrong": "The check digit of {value} is wrong. Correct the barcode of {product} in Odoo first.",
        "no_such_folder": "There is no folder {folder}.",
        "not_a_number_of_labels": "{text} is no number of labels: 1 to {most}.",
        "not_a_practice_folder": "{folder} is not empty. The practice ward never works in a folder that was there.",
        "practice_profile": "This folder belongs to the practice ward. A device for real work takes another: --profile",
        "printer_refuses": "{printer} does not print. Is it switched on? Saved as PDF it can be printed elsewhere.",
        "not_a_day_on_paper": "{text} is no day. Write it as 2027-06-30.",
        "not_printable": "“{text}” cannot stand in a GS1 label: letters, digits and simple signs only, 20 at most.",
        "paper_not_written": "{file} could not be written: {why}",
        "place_without_barcode": "Neither {place} nor a place below it has a barcode in Odoo.",
        "no_one_product": "{text} does not name one product here. Look it up: wardstock search",
        "taught_code_unknown": "{taught} was not taught here. See: wardstock codes list",
        "no_such_hold": "No hold has the number {id}. See: wardstock holds list",
        "not_a_moment": "{text} is no moment. Write it as 2026-11-21T07:12.",
        "patient_label": "This is a patient's label. Nothing of it was kept.",
        "nothing_like_it": "Nothing here is called {text}, nor has it as its barcode. Words: wardstock search",
        "recall_over": "This search is over. Begin a new one.",
        "no_such_transaction": "Nothing in the outbox is called {text}.",
        "login_needed": "Odoo {message} asks whose key this is: name the user with --login.",
        "login_cooldown": "Odoo lets nobody in from here for a minute: too many wrong keys were tried.",
        "may_not": "{name} may not do that. It takes: {roles}.",
        "no_supervisor": "Nobody manages people here yet. First: wardstock people add NAME --role supervisor",
        "not_an_odoo": "What answers there is not Odoo.",
        "not_waiting": "This waits for nobody, so there is nothing to release.",
        "not_refused": "{reference} waits for nobody's decision.",
        "settled_already": "This was settled otherwise before.",
        "not_enrolled": "This device does not belong to an Odoo yet. Connect it with: wardstock enrol",
        "odoo_auth": "Odoo does not accept the key. Renew it with: wardstock key set",
        "odoo_bug": "Odoo did not understand us: {message}",
        "odoo_config": "Odoo does not answer as it should: {message}",
        "odoo_data": "Odoo refused: {message}",
        "odoo_not_reached": "Odoo could not be reached. Everything is kept here.",
        "odoo_rights": "This user may not do that in Odoo: {message}",
        "odoo_transient_unknown": "Odoo did not answer properly. Everything is kept here, and asked again.",
        "odoo_unrecognised": "Odoo said something we do not know: {message}",
        "own_act": "{name} did this, so somebody else has to approve it: the site wants two people.",
        "pass_running": "Another pass is under way on this device.",
        "passphrase_easy": "This passphrase is guessed first: too few different characters.",
        "passphrase_needed": (
            "The passphrase of this device is needed: run it in a terminal, or give it with --passphrase-stdin or"
            " WARDSTOCK_PASSPHRASE."
        ),
        "passphrase_short": "A passphrase has {shortest} characters at least. Four words are good.",
        "passphrase_wait": "Too many wrong passphrases. Try again in {seconds} seconds.",
        "passphrase_wrong": "Wrong passphrase.",
        "no_screen": (
            "There is no screen here for the window: neither DISPLAY nor WAYLAND_DISPLAY is set."
            " What works without one: wardstock --help"
        ),
        "people_file": "{file} changes nobody. Wrong in line:\n{why}",
        "person_exists": "{name} works here already.",
        "person_unknown": "Nobody called {name} works here.",
        "person_was_here": "{name} worked here until {removed_at}. The same person: --again. Another: another name.",
        "person_without_name": "The name is missing, or has characters nobody can see.",
        "pins_differ": "The two PINs are not the same. Type it anew.",
        "pin_none": "{name} has no PIN yet. A supervisor sets it: wardstock people pin NAME --by SUPERVISOR",
        "pin_not_digits": "A PIN has 4 to 12 digits, and nothing else.",
        "pin_too_easy": "This PIN is guessed first: not all the same digit, nor digits in a row.",
        "pin_wait": "Too many wrong PINs. {name} may try again in {seconds} seconds.",
        "pin_wrong": "Wrong PIN.",
        "place_not_mapped": "Nobody said where goods of {place} go then. A supervisor adds it to the site's policy.",
        "picking_gone": "This delivery is no longer visible.",
        "picking_reopened": "Odoo does not show this delivery as done. It is asked about again.",
        "picking_type_gone": "How {document} is to be received is no longer known here. Pull, then try again.",
        "without_witness": "No category in Odoo is called {categories}: what is controlled moves WITHOUT A WITNESS.",
        "policy_ignored": "The policy is written for schema 1, which does not know: {keys}. Write schema 2.",
        "policy_incomplete": "The policy names {missing} things Odoo does not have: wardstock policy check",
        "policy_unreadable": "{path} cannot be followed: {why}",
        "pull_empty": "What came names no place or no kind of delivery. Nothing was changed here.",
        "pull_overtaken": "Another pull began meanwhile, so this one stopped.",
        "picture_missing": "There is no file {file}.",
        "picture_too_large": "{file} is too large for a picture.",
        "picture_unreadable": "{file} is no picture that can be read here.",
        "port_taken": "Port {port} is in use on this machine. Any free one: --port 0",
        "role_is_settled": "{name} works here as {role}. Another role: wardstock people role",
        "role_unknown": "{role} is no role. There are: {roles}.",
        "redirected": "The server sends us to another address. Enrol with the address it really has.",
        "rights_lost": "The user no longer has the right Inventory / User in Odoo: {message}",
        "server_clock_odd": "The server says it is {server}, this device {device}. That is not believed for now.",
        "several_transactions": "{text} begins the name of {count} transactions. Write more of it.",
        "sheet_too_long": "The rules make the code too large ({length} signs of {most}). Write a .json file instead.",
        "store_busy": "{file} is in use by another program. Try again in a moment.",
        "store_damaged": "{file} is damaged. Do not delete it: what is in it can be saved by support.",
        "store_disk_fails": "The disk does not take what is written to {file}.",
        "store_disk_full": "The disk is full. Nothing new was saved. Make room, then do it again.",
        "store_newer": "{file} was written by a newer Wardstock. Install that version; nothing was changed.",
        "store_not_writable": "{file} cannot be written.",
        "store_wrong_key": "{file} cannot be opened with this key. Nothing was changed.",
        "supervised": "{name} manages people here already: wardstock people add NAME --by {name}",
        "time_unsure": "When this was done is unsure: the device has not met Odoo since it was switched on.",
        "unit_just_made": "A unit was made in Odoo while we pulled. Pull again.",
        "unknown_database": "The server does not know this database.",
        "unreachable": "Odoo could not be reached. Everything is kept here.",
        "version_unfit": "Odoo {name} was never tested, and lacks what is needed here: {message}",
        "version_not_served": "This Odoo is too old: 17 or later is needed here. It is {message}.",
        "withdraw_too_late": "Odoo had this already as {picking} when {person} wanted it back. Make a correction.",
    }
)

_MISSING_THERE: Final = Sentences(
    {
        "company_not_allowed": "The user does not belong to this company.",
        "company_to_choose": "The user has several companies: choose one with --company.",
        "module_product_expiry": "Odoo's Expiration Dates (product_expiry) is not installed.",
        "module_stock": "Odoo's Inventory (stock) is not installed.",
        "no_stock_rights": "The user lacks the right Inventory / User.",
    }
)

_TOLD: Final = Sentences(
    {
        "server": "Odoo {version} at {host}, database {database}",
        "untested": "Odoo {version} was never tested with Wardstock. All fields that are needed are there.",
        "guard_unproven": "It could not be shown to protect a delivery that is done. Until it is, none is posted.",
        "user": "User {name} ({login})",
        "user_right": "Right Inventory / User: {answer}",
        "manager_right": "Right Inventory / Administrator (not needed): {answer}",
        "company": "Company {id}: {name}",
        "key_ends": "The key ends on {day}.",
        "enrolled": "{device} now belongs to this Odoo and works for {person}.",
        "key_set": "The new key is kept.",
        "key_set_unchecked": (
            "The new key is kept. Odoo could not be reached, so nobody knows yet whether it accepts it."
        ),
        "pulled": "Up to date: {products} products, {lots} lots, {pickings} deliveries expected.",
        "pushed": "{done} done, {refused} refused, {unsent} unsent",
        "unsent": "{unsent} unsent, the oldest since {since}",
        "nothing_unsent": "Nothing unsent",
        "refused": "{refused} refused",
        "done_today": "{done} done today",
        "open_drafts": "{drafts} open deliveries",
        "last_push": "Last sent {at}",
        "last_pull": "Last pulled {at}",
        "pass_failed": "Stopped at {at}: {why}",
        "outbox_line": "{reference}  {state}  {title}  {document}",
        "journal_ok": "The journal is unbroken: {rows} entries.",
        "journal_broken": "The journal is broken at entry {entry}.",
        "practice_at": "Practice ward at {url}, database {database}",
        "practice_key": "{role}: login {login}, key {key}",
        "practice_open": "It is open until Ctrl-C, and forgets everything then.",
        "withdrawn": "{reference} is withdrawn.",
        "withdraw_wished": "Odoo may have {reference} already: the next pass finds out, and takes it back if it can.",
        "wish": "{person} wants it back; the next pass asks Odoo.",
        "released": "{reference} waits for nobody any more.",
        "recount_went_negative": "Count {product} at {place}: in Odoo it is below zero now.",
        "recount_older_than_count": "Count {product} at {place} again: it was counted before this reached Odoo.",
        "recount_asked_for": "Count {product} at {place}: somebody wished it.",
        "robbed": "In Odoo these goods were reserved for {names}.",
        "retried": "{reference} is tried in the next pass.",
        "holds_brought": "{source}: {holds} holds are in force.",
        "holds_not_here": "{not_here} of them name goods not on this device. They are kept, for when the goods arrive.",
        "hold_lifted": "Hold {id} is lifted.",
        "hold_comes_back": "If the list of {source} still names it, it comes back with the next import.",
        "code_taught": "{taught}  {product}  taught by {person} on {day}",
        "code_overruled": "{taught}  {product}  taught by {person} on {day}; in Odoo it is {by} now",
        "code_forgotten": "{taught} is no longer taught.",
        "no_codes_taught": "No code was taught on this device.",
        "no_recalls": "No search for goods is under way.",
        "nothing_found": "No product here has words beginning like {text}.",
        "nothing_to_watch": "Nothing of that kind at {place}.",
        "bad_json_line": "Line {line} is no JSON string.",
        "pin_of": "PIN of {name}",
        "new_pin": "New PIN for {name}",
        "new_pin_or_none": "New PIN for {name} (empty: none yet)",
        "badge_or_none": "Say what the badge says, or --none.",
        "person": "{name}  {role}  {signs}",
        "with_badge": "badge",
        "with_pin": "PIN",
        "was_removed": "until {at}",
        "nobody_yet": "Nobody is entered yet: anybody may say who they are."
        " First: wardstock people add NAME --role supervisor",
        "person_added": "{name} is entered, as {role}.",
        "person_changed": "{name} is changed.",
        "person_removed": "{name} works here no more. What they did stays under their name.",
        "people_imported": "{added} added, {changed} changed, {unchanged} as they were.",
        "nobody_approves": "Nobody can approve here yet. First: wardstock people add NAME --role supervisor",
        "policy_reads": "{file} can be followed.",
        "policy_defaults": "{file} is not there: the defaults hold.",
        "policy_unchecked": "Whether Odoo has what it names shows after: wardstock enrol, wardstock pull",
        "policy_offers": "Places with all below them where it is offered: use {use}, waste {waste}.",
        "policy_complete": "All it names is in Odoo.",
        "code_not_sure": "(ask first)",
        "no_code_found": "{file}: no code was found.",
        "check_ok": "ok      {name}: {detail}",
        "check_failed": "FAILED  {name}: {detail}",
        "never": "never",
        "yes": "yes",
        "no": "no",
    }
)


_ROWS: Final = Sentences(
    {
        "no_product": "names no product: fill in reference, gtin or id",
        "two_products": "names its product twice: {value}",
        "not_a_gtin": "“{value}” is not a GTIN: it has 8, 12, 13 or 14 digits, and the last one fits the others",
        "not_an_id": "“{value}” is not a number of Odoo",
        "no_lots": "names no lots: write them, parted by |, or the word all",
        "no_reason": "gives no reason",
        "not_a_day": "“{value}” is not a day: write it as 2026-11-21",
        "not_yet": "{value} has not come yet",
        "unknown_column": "nobody knows what “{value}” is",
        "missing_column": "“{value}” is missing",
        "not_a_row": "is no row of this list",
    }
)
"""What is wrong with a row of a hold list, by `client.work.site.hold_file.Problem`."""


def _rows(facts: Mapping[str, object]) -> dict[str, str]:
    """The rows of a file that are wrong, a line each."""
    problems = facts.get("problems")
    if not isinstance(problems, list):
        return {}
    return {"rows": "\n".join(_row(one) for one in problems)}


def _row(one: Mapping[str, object]) -> str:
    return tr("Row {row}: {problem}.").format(row=one["row"], problem=_ROWS[str(one["code"])].format_map(_Facts(one)))


class _Facts(dict[str, object]):
    """A fact nobody gave reads as nothing: stored facts may be older than sentences."""

    def __missing__(self, name: str) -> str:
        return ""


def say(code: str, **facts: object) -> str:
    """One line of a command."""
    return _TOLD[code].format_map(_Facts(facts)).strip()


def trouble(code: str, facts: Mapping[str, object]) -> str:
    """What stopped a command or a pass. A code nobody wrote a sentence for is shown as it is, for support."""
    sentence = _TROUBLES.get(code, "{code} {message}")
    return sentence.format_map(_Facts({"code": code, **facts, **_rows(facts)})).strip(" :")


def why_not_done(code: str, facts: Mapping[str, object], *, refused: bool) -> str:
    """Why a transaction is not in Odoo: what it was refused for, or why its last try did not end."""
    if not refused:
        return trouble(code, facts)
    heading, told = refusal(code, facts)
    return f"{heading}. {told}" if told else f"{heading}."


def missing_there(codes: Sequence[str]) -> tuple[str, ...]:
    """What keeps a device from working with an Odoo."""
    return tuple(_MISSING_THERE[code] for code in codes)
