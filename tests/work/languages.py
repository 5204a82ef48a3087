"""Products whose labels do not speak GS1, and their labels."""

from dataclasses import replace

from client.barcode.hibc import check_character
from client.barcode.ppn import ppn_check
from sync.stock import Tracking
from tests.work.conftest import product


def hibc(text: str) -> str:
    """A HIBC symbol with its check character."""
    return text + check_character(text)


def ppn(pzn: str, *fields: str) -> str:
    """A PPN in its envelope, as a scanner sends it."""
    number = f"11{pzn}"
    return "]d1[)>\x1e06\x1d" + "\x1d".join((f"9N{number}{ppn_check(number)}", *fields)) + "\x1e\x04"


DRAIN_ID = "A999DRAIN10"
DRAIN = replace(product(61, "Wound drain", Tracking.LOT, dated=True), barcode=hibc(f"+{DRAIN_ID}"))
"""Its barcode is the primary symbol; unit of measure 0."""
ASPIRIN = replace(product(62, "Aspirin 100 mg", Tracking.LOT, dated=True), barcode="", code="03752864")
"""Known by its PZN."""
GRAFT = replace(product(63, "Bone graft", Tracking.SERIAL), barcode="A9999XYZ100T0476")
"""Its barcode is the device identifier of ISBT 128."""
