"""Who and what stands behind a transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from sync.transaction import Moment


@dataclass(frozen=True, slots=True)
class Signature:
    """Who acted, on which device, for which company, when. `reference` gives this device's next number for people."""

    person: str
    device: str
    company_id: int
    acted_at: Moment
    reference: Callable[[], str]
