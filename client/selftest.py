"""Is this machine able to run Wardstock: each thing it stands on, tried for real and offscreen."""

import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from client.paths import default_profile, resource

ROOM = 200 * 1024 * 1024
"""Bytes that a device should have left: a catalogue, the outbox of some days and a copy before a migration."""
LABEL = "(01)09506000134352(17)270630(10)LOT1(21)S1"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing tried. `detail` is a version or a figure, or what went wrong."""

    name: str
    ok: bool
    detail: str


def run(profile: Path | None = None) -> list[Check]:
    """Try everything; a fault of one check is its result and stops none of the others."""
    folder = profile or default_profile()
    tries: dict[str, Callable[[], str]] = {
        "python": _python,
        "disk": lambda: _disk(folder),
        "store": _store,
        "codes": _codes,
        "pictures": _pictures,
        "https": _https,
        "time zones": _time_zones,
        "resources": _resources,
        "languages": _languages,
        "sound": _sound,
        "PINs": _pins,
        "keys": _keys,
        **_of_qt(),
    }
    return [_tried(name, act) for name, act in tries.items()]


def _tried(name: str, act: Callable[[], str]) -> Check:
    try:
        return Check(name, True, act())
    except Exception as error:  # noqa: BLE001  # whatever is wrong with this machine is what we came to find
        return Check(name, False, f"{type(error).__name__}: {error}")


def _python() -> str:
    return f"Python {platform.python_version()} on {platform.platform(terse=True)}"


def _disk(folder: Path) -> str:
    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    with tempfile.TemporaryFile(dir=there) as file:
        file.write(b"ward")
        file.flush()
        os.fsync(file.fileno())
    free = shutil.disk_usage(there).free
    if free < ROOM:
        raise ValueError(f"only {free >> 20} MB are free where the profile goes")
    return f"{free >> 20} MB free, durable writes work"


def _store() -> str:
    from sync.store import selfcheck

    with tempfile.TemporaryDirectory() as folder:
        return selfcheck.check(Path(folder))


def _codes() -> str:
    """A GS1 DataMatrix drawn, seen and understood."""
    import zxingcpp

    from client.barcode.label import RawScan
    from client.barcode.read import read

    drawn = zxingcpp.create_barcode(LABEL, zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    (seen,) = zxingcpp.read_barcodes(drawn.to_image(scale=4))
    text = seen.symbology_identifier + seen.bytes.decode()
    label = read(RawScan.received(text, source="selftest", device="", scanned_at=datetime.now(UTC)))
    if (label.gtin, label.lot, label.serial, str(label.expiry)) != ("09506000134352", "LOT1", "S1", "2027-06-30"):
        raise ValueError(f"a GS1 DataMatrix was read as {text!r}")
    return f"a GS1 DataMatrix written and read as {seen.symbology_identifier}"


def _pictures() -> str:
    """A linear code found in a picture file in which it stands aslant."""
    import zxingcpp

    from client.barcode.image import View
    from client.barcode.ladder import turned
    from client.barcode.opencv import cv2, np
    from client.barcode.still import stills

    drawn = zxingcpp.create_barcode(LABEL, zxingcpp.BarcodeFormat.Code128, gs1=True)
    stood = np.pad(np.asarray(drawn.to_image(scale=3), dtype=np.uint8), 40, constant_values=255)
    aslant = turned(View(stood), 30)
    found = [code.seen.symbology for code in stills(cv2.imencode(".png", aslant.picture)[1].tobytes())]
    if found != ["]C1"]:
        raise ValueError(f"a GS1-128 held aslant was read as {found}")
    return f"OpenCV {cv2.__version__}: a GS1-128 held aslant found in a PNG"


def _https() -> str:
    import ssl

    from sync.odoo.wire.session import Server, Session

    with Session(Server("https://odoo.invalid", "ward", "key")):
        return f"{ssl.OPENSSL_VERSION}, {len(ssl.create_default_context().get_ca_certs())} certificates known so far"


def _time_zones() -> str:
    summer = datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()
    return f"Europe/Berlin is {summer} from UTC in July"


def _resources() -> str:
    fonts = [path.name for path in resource("fonts").iterdir() if path.suffix in {".ttf", ".otf"}]
    if not fonts:
        raise ValueError("there are no fonts")
    return ", ".join(sorted(fonts))


def _languages() -> str:
    from client.words import tongue

    for language in tongue.LANGUAGES:
        tongue.catalogue(language)
    return ", ".join(tongue.LANGUAGES.values())


def _sound() -> str:
    import miniaudio

    return f"miniaudio {miniaudio.__version__}"


def _pins() -> str:
    """What one look at a PIN costs on this machine, with the parameters PINs are kept with."""
    from time import perf_counter

    from client.work.site.pin import CHECKED, fits, hashed

    kept, began = hashed("4711"), perf_counter()
    if not fits("4711", kept) or fits("4712", kept):
        raise ValueError("a PIN was not told from another")
    return f"argon2id, {CHECKED.memory_kib >> 10} MB: {(perf_counter() - began) * 500:.0f} ms a try"


def _keys() -> str:
    """Which keyrings this program finds; that a passphrase opens what it sealed."""
    from sync.keys import selfcheck

    with tempfile.TemporaryDirectory() as folder:
        return selfcheck.check(Path(folder))


def _of_qt() -> dict[str, Callable[[], str]]:
    """Qt last, and only when asked: a machine that lacks its libraries still hears about the rest."""

    def asked(question: str) -> Callable[[], str]:
        def act() -> str:
            from client.pages import selfcheck

            selfcheck.application()
            return str(getattr(selfcheck, question)())

        return act

    return {
        "window": asked("draws_a_window"),
        "pages": asked("every_page_can_be_built"),
        "icons": asked("every_icon_is_drawn"),
        "references": asked("loses_no_reference"),
    }
