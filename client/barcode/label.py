"""What a scanner delivered, and what the symbol says: the evidence and the Label. Frozen values, no Qt."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self

from client.barcode.aim import split_aim

# Stored with every line as evidence, so that a disputed lot can be read again by the same rules (design 3).
PARSER_VERSION = "wardstock/2"

Kind = Literal["gs1", "digital_link", "hibc", "ppn", "isbt128", "gtin", "patient", "plain", "command"]


@dataclass(frozen=True, slots=True)
class RawScan:
    """One scan as it arrived. `text` is without the symbology id, `data` is every byte received, id included."""

    text: str
    data: bytes
    symbology: str  # AIM id such as "]d2", "" when the scanner sends none
    source: str  # "wedge", "replay", "camera", …
    device: str
    scanned_at: datetime

    @classmethod
    def received(cls, text: str, *, source: str, device: str, scanned_at: datetime) -> Self:
        """A scan from the text a scanner sent, which may begin with an AIM id and end with its terminator."""
        data = text.encode("utf-8", errors="surrogatepass")
        symbology, content = split_aim(text.strip("\r\n\t"))
        return cls(content, data, symbology, source, device, scanned_at)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a GS1 symbol, value exactly as printed. `ai` is "" where nothing known begins."""

    ai: str
    value: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about the symbol. The sentence for `code` stands in client/words/label.py.

    `element` is the AI it speaks of, "" for the whole symbol.
    """

    code: str
    element: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def breaks(self) -> bool:
        """Whether the symbol itself is at fault, rather than its company or its scanner."""
        return self.code not in NOTES


# Said to people, but the symbol's format, characters, check digits and dates are all right.
NOTES = frozenset({"association", "not_flagged", "separator_doubt", "separator_replaced", "caps_lock", "patient"})


@dataclass(frozen=True, slots=True)
class Repaired:
    """One legal reading of a symbol whose separators were lost: every element, in order. Never used without a person,
    unless `sure`: the reading is the only one and its one element of open length comes last (facts/scanning 3.5).
    """

    elements: tuple[Element, ...]
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one symbol says, nothing added. A field is None when the symbol does not say it soundly.

    Days are days as printed; `quantity` counts base units of `gtin` (AI 30) or of `content_gtin` (AI 37): design 13.6.
    """

    kind: Kind
    raw: RawScan
    text: str  # the content without symbology id: what a plain code is looked up by; "" for a patient
    gtin: str | None = None  # always 14 digits
    content_gtin: str | None = None  # AI 02, 14 digits: what is inside, counted by `quantity`
    lot: str | None = None
    expiry: date | None = None
    best_before: date | None = None
    sell_by: date | None = None
    production: date | None = None
    serial: str | None = None
    quantity: Decimal | None = None
    net_weight_kg: Decimal | None = None  # AI 310n: a quantity only for goods measured by mass (design 13.6)
    variant: str | None = None
    sscc: str | None = None
    device_id: str | None = None  # the device identifier of HIBC, IFA and ISBT symbols, as its issuer writes it
    other_numbers: tuple[str, ...] = ()  # what else names the product: PZN, NTIN, a national number
    command: str | None = None  # "confirm" of the command barcode WS!confirm
    elements: tuple[Element, ...] = ()
    problems: tuple[Problem, ...] = ()
    readings: tuple[Repaired, ...] = ()  # how it reads if a separator was lost, likeliest first
    parser_version: str = PARSER_VERSION

    @property
    def valid(self) -> bool:
        """Format, characters, check digits and dates are right. Says nothing of rules between elements."""
        return not any(problem.breaks for problem in self.problems)


def plain(raw: RawScan, text: str, *problems: Problem) -> Label:
    return Label(kind="plain", raw=raw, text=text, problems=problems)
