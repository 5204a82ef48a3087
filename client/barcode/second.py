"""A second opinion on linear codes of still pictures: zbar, where this machine has it. Never sure of anything.

Its DataBar decoder is left out: it prints assertions and reads wrong contents (facts/scanning 1.1).
"""

from typing import Any, Final

from client.barcode.image import Seen, View

_NAMES: Final = {"EAN13": "EAN13", "EAN8": "EAN8", "UPCA": "UPCA", "CODE128": "Code128", "QRCODE": "QRCode"}
_SYMBOLOGIES: Final = {"EAN13": "]E0", "UPCA": "]E0", "EAN8": "]E4"}
"""zbar tells of no FNC1: whether a Code 128 is a GS1-128 stays open, so it has no symbology here."""


def second_look(view: View, step: str) -> list[Seen]:
    """What zbar reads; nothing where its library is missing."""
    try:
        from pyzbar import pyzbar  # noqa: PLC0415 - its library may be missing, and is loaded only for stills
    except (ImportError, OSError):
        return []
    symbols = [pyzbar.ZBarSymbol[name] for name in _NAMES]
    return [_seen(one, view, step) for one in pyzbar.decode(view.picture, symbols=symbols)]


def _seen(one: Any, view: View, step: str) -> Seen:  # Any: pyzbar has no types
    text = one.data.decode("utf-8", errors="replace")
    if one.type == "UPCA":
        text = text.zfill(13)  # as zxing-cpp writes it
    return Seen(
        format=_NAMES[one.type],
        text=text,
        data=one.data if one.type != "UPCA" else text.encode(),
        symbology=_SYMBOLOGIES.get(one.type, ""),
        corners=tuple(view.origin((point.x, point.y)) for point in one.polygon),
        decoder="pyzbar",
        step=step,
    )
