"""What is said of a scanner: its test, each fault and how to mend it, and the port it is plugged into."""

from collections.abc import Mapping
from typing import Final

from client.words.tongue import Sentences, tr, trn

LAYOUTS: Final = Sentences({
    "us": "US English", "gb": "UK English", "fr": "French", "be": "Belgian", "de": "German", "ch": "Swiss",
    "es": "Spanish", "pt": "Portuguese", "br": "Brazilian", "it": "Italian", "nl": "Dutch", "dk": "Danish",
    "no": "Norwegian", "se": "Swedish", "cz": "Czech", "hu": "Hungarian", "tr": "Turkish", "other": "another country's",
})  # fmt: skip
"""Keyboards by the names of client/barcode/layouts.py."""

SYMBOLS: Final = Sentences(
    {
        "letters": "Letters, as Code 128",
        "digits": "Digits, as EAN-13",
        "separator_linear": "A separator, as GS1-128",
        "separator_2d": "A separator, as GS1 DataMatrix",
        "signs": "Signs, as DataMatrix",
        "long": "A long one, as QR code",
    }
)
"""By name of a trial: what it shows, and what kind of symbol it is."""

FAULTS: Final = Sentences(
    {
        "layout": (
            "The scanner types for a US keyboard, this device is set to {layout}.",
            (
                "From now on Wardstock reads the keys as on a US keyboard. Better still: set the scanner's “country"
                " keyboard” to {layout} with the code from its manual, then test again."
            ),
        ),
        "scanner_layout": (
            "The scanner is set to a {layout} keyboard, this device is not.",
            (
                "Scan “country keyboard: US English” in the scanner's manual, then test again. Until then"
                " letters and signs"
                " may arrive as others."
            ),
        ),
        "caps_lock": (
            "Capital and small letters arrive swapped.",
            (
                "Caps lock is on: press it once. If it was off, scan “caps lock: normal” in the scanner's"
                " manual. Then test"
                " again."
            ),
        ),
        "separator_lost": (
            "The scanner swallows the separator between two parts of a GS1 code.",
            (
                "Scan “send control characters” or “GS1 separator: GS, ASCII 29” in the scanner's manual (some"
                " call it Ctrl"
                " codes or function key mapping), then test again. Until then Wardstock asks when a code can be"
                " read in two"
                " ways."
            ),
        ),
        "separator_like_data": (
            "The scanner sends “{by}” in place of the separator, as lots and product numbers have it too.",
            (
                "Scan “GS1 separator: GS, ASCII 29” in the scanner's manual, then test again. Until then Wardstock asks"
                " when a code can be read in two ways."
            ),
        ),
        "separator_replaced": (
            "The scanner sends “{by}” in place of the separator.",
            (
                "Wardstock reads it as the separator from now on. Better still: scan “GS1 separator: GS, ASCII"
                " 29” in the"
                " scanner's manual, for “{by}” may stand in a lot too."
            ),
        ),
        "garbled": (
            "Not understood: {symbols}.",
            (
                "What arrived is not what was printed. Hold the scanner straight over one code alone; if it"
                " happens again,"
                " reset"
                " the scanner to its factory settings with the code from its manual, then test again."
            ),
        ),
        "no_terminator": (
            "The scanner presses no Enter behind a code.",
            (
                "Wardstock waits for a short silence in its place. Scan “suffix: Enter (CR)” in the scanner's manual:"
                " answers come sooner and no half code is taken for a whole one."
            ),
        ),
        "no_symbology": (
            "The scanner does not say what kind of code it read.",
            "Scan “transmit AIM code identifier” in the scanner's manual: then no two kinds of code are ever confused.",
        ),
        "doubled": (
            "The scanner sent a code twice for one pull of the trigger.",
            (
                "Scan “same-symbol delay: 1 second” or “trigger mode: manual” in the scanner's manual. What"
                " comes a second"
                " time at once is left out by Wardstock, what comes later is not."
            ),
        ),
        "too_slow": (
            "The scanner types slowly: up to {milliseconds} ms from key to key.",
            (
                "Wardstock waits longer from now on, so keys pressed by hand appear later too. Scan “inter-character"
                " delay: 0” in the scanner's manual, then test again."
            ),
        ),
        "nothing_understood": (
            "Nothing that arrived was one of the six codes.",
            (
                "Scan the codes of this test, one after the other. If you did: reset the scanner to its factory"
                " settings"
                " with the code from its manual, then test again."
            ),
        ),
    }
)
"""By code of a `Fault` in client/barcode/acceptance.py: what is wrong, and how to mend it."""

STATES: Final = Sentences(
    {
        "open": "The scanner at {port} is connected.",
        "lost": "The scanner at {port} is not there. It is tried again until it is.",
        "half": "Half a code came from the scanner at {port}. Please scan again.",
    }
)
"""By state of client/barcode/serial_port.py."""

_COMMANDS: Final = Sentences(
    {
        "no_ports": "This machine has no serial port with anything plugged in.",
        "no_raw_terminal": "This terminal does not tell keys one by one. Use the page of the app, or --port.",
        "no_scanner_known": "No scanner was tested here yet: wardstock scanner-test",
        "nothing_scanned": "Nothing was scanned.",
        "page_nothing_kept": "What this device knew of its scanner stays as it was.",
        "page_scan": "Scan this code",
        "page_port": "Where is the scanner plugged in?",
        "page_port_hint": "A scanner that types needs no port. One at a cable or Bluetooth may have one.",
        "no_port": "Nowhere: it types",
        "look_again": "Look again",
        "page_trial": "{number} of {of} · {symbol}",
        "pdf_or_png": "Write it as .pdf or .png.",
        "port_used": "From the next start on Wardstock listens at {port}.",
        "scan_trial": "Scan {number} of {of}: {symbol}",
        "scanner_forgotten": "Forgotten.",
        "scanner_kept": "This device remembers it.",
        "scanner_not_kept": "There is no device here yet to remember it: wardstock enrol",
        "scanner_sheet": "The six codes to scan: {file}",
    }
)
"""What the commands about scanners say."""


def good() -> tuple[str, str]:
    """Nothing to mend."""
    return (
        tr("This scanner is set up well."),
        tr("Nothing to mend: layout, separator, Enter and code identifier arrive."),
    )


STEPS: Final = Sentences(
    {
        "read": "read",
        "garbled": "not understood",
        "left_out": "left out",
        "next": "now",
        "to_come": "",
    }
)
"""How it went with one of the six codes."""


def to_mend(faults: int) -> str:
    """How much is wrong."""
    return trn("One thing to mend", "{faults} things to mend", faults).format(faults=faults)


def say(code: str, **facts: object) -> str:
    """One line of a command."""
    return _COMMANDS[code].format(**facts)


def sentences(code: str, facts: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong, and how to mend it."""
    said = {**facts}
    if "layout" in said:
        said["layout"] = LAYOUTS.get(said["layout"], said["layout"])
    if "by" in said:
        said["by"] = _shown(said["by"])
    if "symbols" in said:
        said["symbols"] = ", ".join(SYMBOLS.get(name, name) for name in said["symbols"].split(", "))
    what, how = FAULTS[code]
    return what.format(**said), how.format(**said)


def _shown(text: str) -> str:
    """A control character by its number, a space by its name."""
    named = {" ": tr("space")}
    return "".join(named.get(one, one if one.isprintable() else f"<{ord(one)}>") for one in text)
