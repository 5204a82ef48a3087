"""What stands in each part of the settings: facts and choices as they are now. Nothing is changed here."""

import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from client import licences
from client.barcode.element_string import GS
from client.barcode.scanner import Scanner
from client.language import chosen as chosen_language
from client.pages.item import Item, act, choice, fact, head, line, note
from client.pages.manner import Manner
from client.pages.telling import Telling
from client.settings import Profile
from client.words import keys, support, tongue, written
from client.words.settings import name, percent
from client.work.desk import Desk
from client.work.site.scanners import scanner_of

THEMES: Final = ("system", "light", "dark", "contrast")
SIZES: Final = (100, 125, 150, 175, 200)
"""Percent."""


@dataclass(frozen=True)
class Seen:
    """All that the parts speak of. `ports` are asked of the machine when somebody looks; `made` is a bundle's file."""

    desk: Desk
    profile: Profile
    manner: Manner
    telling: Telling
    ports: Sequence[str] = ()
    made: str = ""
    writing: bool = False
    note: str = ""


def manner(seen: Seen) -> list[Item]:
    """Sound, colours, size, movement, language."""
    look, here = seen.manner.look, chosen_language(seen.profile.folder)
    language = [choice(f"language {code}", own, chosen=here == code) for code, own in tongue.LANGUAGES.items()]
    speaks = [
        head(name("language")),
        choice("language ", name("language_system"), chosen=not here),
        *language,
        note(name("language_next")),
    ]
    return [
        head(name("sound")),
        choice("sound", name("sound_on"), chosen=look.sound),
        head(name("theme")),
        *(choice(f"theme {one}", name(one), chosen=look.theme == one) for one in THEMES),
        head(name("text")),
        *(choice(f"text {one}", percent(one), chosen=round(look.text_scale * 100) == one) for one in SIZES),
        note(name("text_system")),
        head(name("motion")),
        choice("motion", name("motion_less"), chosen=look.reduce_motion),
        *([] if seen.profile.practice else speaks),  # in practice it would begin anew
    ]


def scanner(seen: Seen) -> list[Item]:
    """The test, what is known of each scanner, the port one is plugged into."""
    store = seen.desk.store
    wedge, serial = scanner_of(store, "wedge"), scanner_of(store, "serial")
    ports = [*seen.ports, *([serial.port] if serial.port and serial.port not in seen.ports else [])]
    return [
        act("go scanner", name("test"), "scan"),
        head(name("wedge")),
        *_record(wedge),
        *([act("forget wedge", name("forget"), "erase")] if wedge.tested_at else []),
        head(name("serial")),
        *(_record(serial) if serial.port else ()),
        choice("port ", name("no_port"), chosen=not serial.port),
        *(choice(f"port {port}", port, chosen=port == serial.port) for port in ports),
        note(seen.note or name("ports_next")),
    ]


def _record(one: Scanner) -> list[Item]:
    if one.tested_at is None:
        return [note(name("never_tested"))]
    kept = "separator_lost" if one.loses_separators else "separator_kept" if one.separator == GS else "separator_other"
    return [
        fact(name("tested"), written.day(one.tested_at.date())),
        fact(name("separator"), name(kept, by=one.separator)),
        fact(name("symbology"), name("symbology_told" if one.sends_symbology else "symbology_untold")),
        fact(name("keyboard"), one.layout or name("as_printed")),
    ]


def sync(seen: Seen) -> list[Item]:
    """When it was last in touch, what waits, and to try now."""
    store, telling = seen.desk.store, seen.telling
    summary = store.outbox.summary(*telling.today(seen.desk.clock.now()))
    return [
        fact(name("last_push"), _when(telling, store.device.last_push_at())),
        fact(name("last_pull"), _when(telling, store.device.last_pull_at())),
        fact(name("unsent"), str(summary.unsent)),
        fact(name("refused"), str(summary.refused)),
        *([note(seen.note, "ask")] if seen.note else []),
        act("sync", name("sync_now"), "online"),
        act("go outbox", name("outbox"), "outbox"),
    ]


def places(seen: Seen) -> list[Item]:
    """The company, the places, and what the site decided."""
    enrolment, catalogue = seen.desk.store.device.enrolment(), seen.desk.store.catalogue
    served = enrolment.location_ids if enrolment else ()
    known = [place.complete_name for one in served if (place := catalogue.location(one))]
    there = seen.profile.policy_file.exists()
    told = name("policy_there", file=seen.profile.policy_file) if there else name("policy_none")
    return [
        fact(name("company"), enrolment.company_name if enrolment else ""),
        fact(name("served"), "\n".join(known) or name("everything")),
        fact(name("policy"), told),
    ]


def key(seen: Seen) -> list[Item]:
    """Where both keys are: one that a thief could read is said as such."""
    ends = seen.desk.store.device.key_ends_at()
    where = seen.profile.key.where()
    return [
        head(name("store_key")),
        *(note(sentence, tone) for tone, sentence in keys.lines(where)),
        head(name("odoo_key")),
        note(name("odoo_key_ends", day=written.day(ends.date())) if ends else name("odoo_key_stays")),
    ]


def for_support(seen: Seen) -> list[Item]:
    """Once it is written, where; the way to write it, in sight; what never is inside, and what will be."""
    inside = [line(file, what) for file, what in support.INSIDE.items()]
    done = [note(support.say("lies_in", file=seen.made), "ok"), act("show", support.say("show"), "file")]
    again = support.say("again" if seen.made else "act")
    make = note(support.say("writing")) if seen.writing else act("bundle", again, "file")
    return [*(done if seen.made else []), make, note(support.never_inside()), *inside]


def about(seen: Seen) -> list[Item]:
    """What to tell whoever helps."""
    device, enrolment = seen.desk.store.device, seen.desk.store.device.enrolment()
    told: Mapping[str, str] = {
        "version": licences.own_version(),
        "device": device.name(),
        "device_id": device.id(),
        "odoo": enrolment.server_version if enrolment else "",
        "database": enrolment.database if enrolment else "",
        "address": enrolment.url if enrolment else "",
        "machine": f"Python {platform.python_version()} · {sys.platform}",
    }
    return [
        *(fact(name(code), text) for code, text in told.items() if text),
        head(name("licences")),
        note(name("own_licence")),
        *(line(f"{one} {licences.version(one)}".strip(), licence) for one, licence in licences.LICENCES.items()),
    ]


def _when(telling: Telling, moment: datetime | None) -> str:
    return telling.hour(moment) if moment else name("never")
