"""Pictures of codes as `wardstock decode --json` prints them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from client.barcode.agreement import Code
from client.barcode.image import scan_of
from client.barcode.read import read
from client.barcode.still import stills


def decode_json(file: Path, known: Callable[[str], bool], *, upc_e: bool = False) -> dict[str, Any]:
    """The codes of one picture, and how long it took to read and decode it. What a patient's code says is left out.

    Raises WardstockError: picture_missing, picture_unreadable, picture_too_large.
    """
    began = time.perf_counter()
    codes = stills(file, known, upc_e=upc_e)
    took = (time.perf_counter() - began) * 1000
    return {"file": str(file), "codes": [_code(code) for code in codes], "ms": round(took, 2)}


def _code(code: Code) -> dict[str, object]:
    seen = code.seen
    label = read(scan_of(seen, source="still", device="", at=datetime.now(UTC)))
    is_patient = label.kind == "patient"
    return {
        "format": seen.format,
        "text": "" if is_patient else seen.text,
        "bytes": "" if is_patient else seen.data.hex(),
        "symbology": seen.symbology,
        "decoder": seen.decoder,
        "pass": seen.step,
        "sure": code.sure,
    }
