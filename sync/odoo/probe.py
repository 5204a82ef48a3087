"""Can this device work with that Odoo: version, user, rights, modules, key, guard. Asked when enrolling (design 8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sync.odoo.untested import guard_holds, look_closely
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.fields import Row, link, moment, text
from sync.odoo.wire.session import Session

STOCK_USER = "stock.group_stock_user"
STOCK_MANAGER = "stock.group_stock_manager"

NEEDED_MODULES = ("stock", "product_expiry")
"""Without `product_expiry` Odoo keeps no expiry of a lot."""
KNOWN_MODULES = (*NEEDED_MODULES, "purchase_stock", "barcodes_gs1_nomenclature", "stock_picking_batch")


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What was found. `missing` are codes of what keeps this device from working; empty means all is well.

    Codes: `no_stock_rights`, `module_<name>`, `company_not_allowed`, `company_to_choose`. Of a version that is not
    `tested` planned receipts stay on the device while `guard_holds` is false (contract 14.20).
    """

    version: str
    major: int
    tested: bool
    json2: bool
    user_id: int
    login: str
    user_name: str
    company_id: int | None
    companies: tuple[tuple[int, str], ...]
    stock_user: bool
    stock_manager: bool
    modules: frozenset[str]
    key_expires_at: datetime | None
    guard_holds: bool
    missing: tuple[str, ...]


def probe(session: Session) -> ServerFacts:
    """Ask everything. Raises `OdooError` where nothing more can be asked: not reached, no Odoo, a refused key.

    Also `version_unfit`, of a version nobody tested that lacks what we need.
    """
    can = session.can
    user_id = int(session.call("res.users", "context_get")["uid"])
    user = session.call("res.users", "read", ids=[user_id], fields=["name", "login", "company_id", "company_ids"])[0]
    companies = _companies(session, user)
    stock_user = session.has_group(user_id, STOCK_USER)
    modules = _modules(session)
    if stock_user:
        look_closely(session)
    guard = can.tested or (stock_user and guard_holds(session))
    company_id = session.server.company_id or (link(user["company_id"]) if len(companies) == 1 else None)
    return ServerFacts(
        version=session.version,
        major=can.major,
        tested=can.tested,
        json2=can.json2,
        user_id=user_id,
        login=text(user["login"]),
        user_name=text(user["name"]),
        company_id=company_id,
        companies=companies,
        stock_user=stock_user,
        stock_manager=session.has_group(user_id, STOCK_MANAGER),
        modules=modules,
        key_expires_at=key_expires_at(session),
        guard_holds=guard,
        missing=tuple(_missing(stock_user, modules, company_id, companies)),
    )


def still_may(session: Session) -> bool:
    """Whether the user still has stock rights: asked after a refusal for rights, before anyone is blamed (design 4).

    In a company that is no longer the user's, Odoo answers who it is and `has_access` as ever, and of the groups what
    it remembers; where it has to look, it refuses that too (seen on 18). Looking for transfers tells in any case.
    """
    try:
        user_id = int(session.call("res.users", "context_get")["uid"])
        if not session.has_group(user_id, STOCK_USER):
            return False
        session.call("stock.picking", "search_count", domain=[["id", "=", 0]])
    except OdooError as error:
        if error.family is Family.RIGHTS:
            return False
        raise
    return True


def _companies(session: Session, user: Row) -> tuple[tuple[int, str], ...]:
    # A wrong company in the context is refused by Odoo: the user's own are asked for without it.
    rows = session.call(
        "res.company",
        "read",
        ids=user["company_ids"],
        context={"allowed_company_ids": user["company_ids"]},
        fields=["name"],
    )
    return tuple((row["id"], text(row["name"])) for row in rows)


def _modules(session: Session) -> frozenset[str]:
    domain = [["name", "in", list(KNOWN_MODULES)], ["state", "=", "installed"]]
    rows = session.call("ir.module.module", "search_read", domain=domain, fields=["name"])
    return frozenset(text(row["name"]) for row in rows)


def key_expires_at(session: Session) -> datetime | None:
    """The first of the user's keys to end: Odoo does not tell which of them we hold. On 17 none ends."""
    if not session.can.key_expiry:
        return None
    rows = session.call("res.users.apikeys", "search_read", domain=[], fields=["name", "expiration_date"])
    ends = [at for row in rows if (at := moment(row["expiration_date"]))]
    return min(ends, default=None)


def _missing(
    stock_user: bool,
    modules: frozenset[str],
    company_id: int | None,
    companies: tuple[tuple[int, str], ...],
) -> Iterator[str]:
    if not stock_user:
        yield "no_stock_rights"
    yield from (f"module_{name}" for name in NEEDED_MODULES if name not in modules)
    if company_id is None:
        yield "company_to_choose"
    elif company_id not in {id_ for id_, _ in companies}:
        yield "company_not_allowed"
