"""What is said of the problems of a label: the sentence for each code of `Problem` in client/barcode/label.py."""

from collections.abc import Mapping
from typing import Final

from client.words.tongue import Sentences, tr

ELEMENTS: Final = Sentences(
    {
        "00": "the shipping unit number (00)",
        "01": "the product number (01)",
        "02": "the number of the product inside (02)",
        "10": "the lot (10)",
        "11": "the production date (11)",
        "15": "the best-before date (15)",
        "16": "the sell-by date (16)",
        "17": "the expiry date (17)",
        "20": "the variant (20)",
        "21": "the serial number (21)",
        "30": "the quantity (30)",
        "37": "the number of pieces inside (37)",
        "7003": "the expiry date and time (7003)",
        "LIC": "the maker's code",
        "PCN": "the product number",
        "UM": "the kind of pack",
        "QTY": "the quantity",
        "EXP": "the expiry date",
        "LOT": "the lot",
        "SN": "the serial number",
        "MFD": "the production date",
        "CHECK": "the check character",
        "9N": "the pharmacy product number (9N)",
        "1T": "the lot (1T)",
        "S": "the serial number (S)",
        "D": "the expiry date (D)",
        "16D": "the production date (16D)",
        "8P": "the product number (8P)",
        "Q": "the quantity (Q)",
        "=": "the donation number",
        "=/": "the device number (=/)",
        "=<": "the product code (=<)",
        "=)": "the container's number (=))",
        "=-": "the product's number (=-)",
        "=,": "the division (=,)",
        "=>": "the expiry date (=>)",
        "&>": "the expiry date and time (&>)",
        "=]": "the expiry month (=])",
        "=}": "the production date (=})",
        "&}": "the production date and time (&})",
        "&,1": "the lot (&,1)",
        "&)": "the container's lot (&))",
        "&-": "the lot (&-)",
    }
)
"""What each element is called in a sentence."""

PROBLEMS: Final = Sentences(
    {
        "ai_unknown": "“{value}” on this label is unknown to GS1.",
        "brackets": "The brackets do not add up at “{rest}”.",
        "caps_lock": "Caps lock seems to be on: capital and small letters may be swapped.",
        "characters": "There is a character in {what} that does not belong there: “{value}”.",
        "check_character": "A check character of this label is wrong: “{value}”. Please scan again.",
        "check_digit": "The check digit of {what} is wrong: “{value}”. Please scan again.",
        "code": "“{value}” is not a value GS1 allows for {what}.",
        "company_prefix": "“{value}” in {what} does not begin with a GS1 company number.",
        "damaged": "The label is damaged as well.",
        "date": "There is no such day: “{value}” in {what}.",
        "differs": "This label says {what} twice, and differently.",
        "empty": "Nothing is written for {what}.",
        "excludes": "A label with {what} cannot also have ({others}).",
        "incomplete": "This label announces more or fewer parts than came (“{value}”). Please scan again.",
        "link_compressed": "A compressed GS1 link cannot be read here. Please scan another code on the pack.",
        "link_place": "In this link, {what} stands where GS1 does not put it.",
        "link_repeats": "This link says {what} twice.",
        "link_without_key": "This is a web address that names no product.",
        "needs": "By GS1, {what} needs {others} beside it; it may stand on another label of the pack.",
        "not_a_gtin": "This is not a product number: “{value}”.",
        "not_flagged": "The label does not say that it follows GS1, but it reads as if it did.",
        "patient": "This is a patient's label. Nothing of it was kept.",
        "scan_too_long": "This is longer than any barcode can be ({length} characters).",
        "separator_lost": "The scanner lost the separators: what follows the product number cannot be told apart.",
        "separator_doubt": "A separator may be missing: {what} reads “{value}”. Please compare it with the pack.",
        "separator_replaced": "The scanner sends “{value}” where the label has a separator; it was read as one.",
        "serial": "A signed label (8030) needs the serial part of {what}.",
        "symbology_unknown": "The scanner announced a kind of barcode that does not exist.",
        "time": "There is no such time: “{value}” in {what}.",
        "too_long": "“{value}” is too long for {what}. A separator may be missing.",
        "too_short": "“{value}” is too short for {what}.",
    }
)
"""By code. {what} names the element in words, {value} is what the symbol says there."""


def problem_sentence(code: str, element: str, facts: Mapping[str, str]) -> str:
    """What to tell a person of one problem of a label. `facts["rule"]` says which rule between elements is meant."""
    unknown = tr("element ({element})").format(element=element) if element else tr("this code")
    what = ELEMENTS.get(element) or unknown
    sentence = PROBLEMS[facts.get("rule", code)].format_map({"what": what, "value": "", **facts})
    return sentence[0].upper() + sentence[1:]
