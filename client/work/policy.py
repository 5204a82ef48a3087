"""What the site decided: time zone, tolerances, shelf life. One small file a device, with defaults that are safe."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.errors import WardstockError

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """A site's decisions. `shelf_life_days` is what a receipt must still have, else a person is asked (ward 13).

    Up to `over_receipt_percent` above the order anyone who receives may say yes, beyond it a supervisor (ward 33).
    """

    time_zone: str = "UTC"
    shelf_life_days: int = 90
    over_receipt_percent: Decimal = Decimal(10)

    @classmethod
    def read(cls, path: Path) -> "Policy":
        """The file's policy, or the defaults where there is none. A file nobody can follow is refused in words."""
        if not path.exists():
            return cls()
        try:
            raw = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
            return cls._from(raw)
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, ZoneInfoNotFoundError) as error:
            raise WardstockError("policy_unreadable", path=str(path), why=str(error)) from error

    @classmethod
    def _from(cls, raw: dict[str, object]) -> "Policy":
        if raw.get("schema") != SCHEMA:
            raise ValueError(f"schema {raw.get('schema')}, this version reads {SCHEMA}")
        known = {name: raw[name] for name in cls.__dataclass_fields__ if name in raw}
        if "over_receipt_percent" in known:
            known["over_receipt_percent"] = Decimal(str(known["over_receipt_percent"]))
        if "shelf_life_days" in known:
            known["shelf_life_days"] = int(str(known["shelf_life_days"]))
        ZoneInfo(str(known.get("time_zone", "UTC")))
        return cls(**known)  # type: ignore[arg-type]  # the names are the dataclass's own, the values just checked

    def day_of(self, moment: datetime) -> date:
        """The day at the site: expiry is judged in it, not in UTC (design 13.4)."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()
