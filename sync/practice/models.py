"""What every model of the ward can do, and the call in which it does it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from sync.practice import domains, rights
from sync.practice.errors import AccessError, BrokenConstraint, MissingError, PythonError, ValidationError
from sync.practice.records import Database, Field, Record, Row, computed, moment, one, rounded
from sync.practice.shapes import shaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sync.practice.releases import Release

    Public = TypeVar("Public", bound=Callable[..., Any])

Values = dict[str, Any]
"""What a caller wants to store, by field: JSON values, ids, or lists of Odoo's commands."""

CREATE, UPDATE, DELETE, UNLINK, LINK, CLEAR, SET = range(7)
"""Odoo's commands for the records of a one2many or many2many."""


def api_model(method: Public) -> Public:
    """May be called remotely, without ids."""
    method.remote = "model"  # type: ignore[attr-defined]  # functions carry attributes, their types do not
    return method


def on_records(method: Public) -> Public:
    """May be called remotely, on the records named by `ids`."""
    method.remote = "records"  # type: ignore[attr-defined]  # functions carry attributes, their types do not
    return method


def since(major: int) -> Callable[[Public], Public]:
    """This method came with that Odoo."""

    def mark(method: Public) -> Public:
        method.since = major  # type: ignore[attr-defined]  # as above
        return method

    return mark


def until(major: int) -> Callable[[Public], Public]:
    """That Odoo was the last with this method."""

    def mark(method: Public) -> Public:
        method.until = major  # type: ignore[attr-defined]  # as above
        return method

    return mark


@dataclass(frozen=True)
class Call:
    """One request: who asks, with which context, when, and since when the data may have moved under it."""

    db: Database
    models: Mapping[str, Model]
    release: Release
    user: Record
    context: dict[str, Any]
    now: datetime
    snapshot: int
    superuser: bool = False
    groups: set[str] = field(default_factory=set)

    @property
    def company_id(self) -> int | None:
        """The company at work: the first the context allows, else the user's own."""
        allowed = self.context.get("allowed_company_ids") or ()
        own = self.user.company_id
        return int(allowed[0]) if allowed else own.id if own is not None else None

    def sudo(self) -> Call:
        return replace(self, superuser=True)

    def having(self, **context: Any) -> Call:
        return replace(self, context=self.context | context)

    def browse(self, model: str, ids: Iterable[int]) -> list[Record]:
        return [Record(self.db, model, key) for key in ids]

    def search(self, model: str, *domain: Any) -> list[Record]:
        return self.models[model].found(self, list(domain))

    def create(self, model: str, /, **values: Any) -> Record:
        return self.models[model].create_one(self, values)

    def write(self, records: Record | Sequence[Record], /, **values: Any) -> None:
        several = [records] if isinstance(records, Record) else list(records)
        if several:
            self.models[several[0].table].write_all(self, several, values)

    def put(self, record: Record, /, **changes: Any) -> None:
        """Store values as they are, without the model's rules; nothing happens where nothing changes."""
        row = self.db.rows[record.table].get(record.id)
        if row is None:
            raise self.missing(record)
        if all(row.get(name) == value for name, value in changes.items()):
            return
        self.db.refuse_conflict(record.table, record.id, self.snapshot)
        stamp = {"write_date": self.now, "write_uid": self.user.id}
        self.db.put(record.table, record.id, row | changes | stamp)

    def hidden(self, record: Record) -> bool:
        """Whether another call committed this record after ours began: PostgreSQL would not show it to us yet."""
        return self.db.changed_since(record.table, record.id, self.snapshot)

    def visible(self, model: str) -> Callable[[Record], bool] | None:
        """Whether a record is of a company at work, or of none; None where there is nothing to tell apart."""
        if self.superuser or len(self.db.rows["res.company"]) == 1 or model not in _OF_A_COMPANY:
            return None
        companies = set(self.context.get("allowed_company_ids") or [own.id for own in self.user.company_ids])

        def passes(record: Record) -> bool:
            own = record.company_id
            return own is None or own.id in companies

        return passes

    def refuse_foreign(self, records: Sequence[Record], operation: str) -> None:
        """Raise AccessError for a record of a company that is not at work."""
        visible = self.visible(records[0].table) if records else None
        foreign = [record for record in records if visible and record.exists and not visible(record)]
        if foreign:
            label = self.models[foreign[0].table].label
            raise AccessError(
                "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n"
                f"Sorry, {self.user.name} (id={self.user.id}) doesn't have '{operation}' access to:\n"
                + "\n".join(f"- {label} ({one.table}: {one.id})" for one in foreign)
            )

    def missing(self, record: Record) -> MissingError:
        return MissingError(
            f"Record does not exist or has been deleted.\n(Record: {record.table}({record.id},), User: {self.user.id})"
        )


_OF_A_COMPANY = frozenset({
    "stock.picking", "stock.move", "stock.move.line", "stock.quant", "stock.lot", "stock.location", "stock.warehouse",
    "stock.picking.type", "stock.warehouse.orderpoint", "product.product", "purchase.order", "stock.package",
    "stock.quant.package", "stock.putaway.rule",
})  # fmt: skip
"""Models whose records only their company sees."""


class Model:
    """A model's fields and its public methods. Children add what is particular to them."""

    name: ClassVar[str]
    label: ClassVar[str]
    order: str = "id"
    indexed: ClassVar[tuple[str, ...]] = ()
    of_companies: ClassVar[bool] = True
    first: ClassVar[int] = 0
    last: ClassVar[int] = 99
    """The Odoos that have the model, by major version."""
    own_fields: ClassVar[dict[str, Field]]

    def __init__(self, release: Release) -> None:
        self.release = release
        self.stored = shaped(self.name, self.own_fields, release)
        self.fields: dict[str, Field] = {
            "id": Field("integer", "ID", compute=lambda record: record.id),
            "display_name": computed("char", self.display_name, label="Display Name"),
            "create_date": moment("Created on"),
            "create_uid": one("res.users", "Created by"),
            "write_date": moment("Last Updated on"),
            "write_uid": one("res.users", "Last Updated by"),
            **self.stored,
        }

        self.order = ",".join(word for word in self.order.split(",") if word.split()[0] in self.fields)
        self.shown = [name for name in self.fields if not name.startswith("_")]

    def display_name(self, record: Record) -> str:
        return str(record.name or "")

    # -- reading ---------------------------------------------------------------------------------------------------

    @api_model
    def search_read(
        self,
        call: Call,
        domain: list[Any] | None = None,
        fields: list[str] | None = None,
        offset: int = 0,
        limit: int | None = None,
        order: str | None = None,
        **read_kwargs: Any,
    ) -> list[Values]:
        pairs = read_kwargs.pop("load", "_classic_read") == "_classic_read"
        for unknown in read_kwargs:
            raise PythonError("TypeError", f"BaseModel._read_format() got an unexpected keyword argument {unknown!r}")
        self.check_access(call, "read")
        self._known(fields)
        found = self._page(self.found(call, domain or [], order), offset, limit)
        return [self.wire(record, fields, pairs=pairs) for record in found]

    @api_model
    def search(
        self, call: Call, domain: list[Any], offset: int = 0, limit: int | None = None, order: str | None = None
    ) -> list[int]:
        self.check_access(call, "read")
        return [record.id for record in self._page(self.found(call, domain, order), offset, limit)]

    @api_model
    def search_count(self, call: Call, domain: list[Any], limit: int | None = None) -> int:
        self.check_access(call, "read")
        return len(self.found(call, domain)[:limit])

    @on_records
    def read(
        self, call: Call, records: list[Record], fields: list[str] | None = None, load: str = "_classic_read"
    ) -> list[Values]:
        """Missing records are left out in silence."""
        self.check_access(call, "read")
        self._known(fields)
        call.refuse_foreign(records, "read")
        return [self.wire(record, fields, pairs=load == "_classic_read") for record in records if record.exists]

    @since(19)
    @api_model
    def formatted_read_group(
        self,
        call: Call,
        domain: list[Any],
        groupby: Sequence[str] = (),
        aggregates: Sequence[str] = (),
        having: Sequence[Any] = (),
        offset: int = 0,
        limit: int | None = None,
        order: str | None = None,
    ) -> list[Values]:
        if having or order:
            raise NotImplementedError("the practice ward groups without having and order")
        self.check_access(call, "read")
        return self._groups(call, domain, groupby, aggregates, offset, limit)

    @on_records
    def get_metadata(self, call: Call, records: list[Record]) -> list[Values]:
        self.check_access(call, "read")
        return [self._metadata(call, record) for record in records if record.exists]

    @api_model
    def fields_get(
        self, call: Call, allfields: list[str] | None = None, attributes: list[str] | None = None
    ) -> dict[str, Values]:
        rights.check(call.groups, self.name, self.label, "read", rights.of(self.name, call.release))
        wanted = allfields or self.shown
        described = {name: _description(name, self.fields[name]) for name in wanted if name in self.shown}
        return {
            name: {key: value for key, value in facts.items() if not attributes or key in attributes}
            for name, facts in described.items()
        }

    @until(19)
    @api_model
    def read_group(
        self,
        call: Call,
        domain: list[Any],
        fields: Sequence[str],
        groupby: Sequence[str] | str,
        offset: int = 0,
        limit: int | None = None,
        orderby: str | bool = False,
        lazy: bool = True,
    ) -> list[Values]:
        """The older way of grouping: sums by their field's bare name, and the domain of each group."""
        names = [groupby] if isinstance(groupby, str) else list(groupby)
        if orderby or (lazy and len(names) > 1):
            raise NotImplementedError("the practice ward groups by all fields at once, in their order")
        self.check_access(call, "read")
        sums = [name if ":" in name else f"{name}:sum" for name in fields if name.partition(":")[0] not in names]
        count = f"{names[0]}_count" if lazy and names else "__count"
        return [
            _older_group(group, domain, names, count)
            for group in self._groups(call, domain, names, ["__count", *sums], offset, limit)
        ]

    @since(18)
    @on_records
    def has_access(self, call: Call, records: list[Record], operation: str) -> bool:  # noqa: ARG002  # as everywhere
        return self.may(call, operation)

    @until(17)
    @api_model
    def check_access_rights(self, call: Call, operation: str, raise_exception: bool = True) -> bool:
        if raise_exception:
            rights.check(call.groups, self.name, self.label, operation, rights.of(self.name, call.release))
        return self.may(call, operation)

    def may(self, call: Call, operation: str) -> bool:
        return call.superuser or rights.of(self.name, call.release).allows(call.groups, operation)

    # -- writing ---------------------------------------------------------------------------------------------------

    @api_model
    def create(self, call: Call, vals_list: list[Values] | Values) -> list[int]:
        several = [vals_list] if isinstance(vals_list, dict) else vals_list
        return [self.create_one(call, dict(values)).id for values in several]

    @on_records
    def write(self, call: Call, records: list[Record], vals: Values) -> bool:
        self.write_all(call, records, dict(vals))
        return True

    @on_records
    def unlink(self, call: Call, records: list[Record]) -> bool:
        self.unlink_all(call, records)
        return True

    @api_model
    def load(self, call: Call, fields: list[str], data: list[list[Any]]) -> Values:
        from sync.practice.loading import load  # noqa: PLC0415  # loading is written with models, not the reverse

        return load(call, self, fields, data)

    def create_one(self, call: Call, values: Values) -> Record:
        """Insert one record and the records commanded inside it; `id` in the values is an external id of a load."""
        self.check_access(call, "create")
        self._writable(values)
        external = values.pop("id", None)
        row, commands = self._split(call, self._defaults(call, values) | values)
        for name, own in self.stored.items():
            if own.required and row.get(name) is None:
                raise self._missing_value(call, name, own)
        record = Record(call.db, self.name, call.db.new_id(self.name))
        stamp = {"create_date": call.now, "create_uid": call.user.id, "write_date": call.now, "write_uid": call.user.id}
        call.db.put(self.name, record.id, row | stamp)
        self._obey(call, record, commands)
        self.check(call, record)
        if isinstance(external, str) and external and (module := call.context.get("_import_current_module")):
            full = external if "." in external else f"{module}.{external}"
            remember(call, full, record, noupdate=bool(call.context.get("noupdate")))
        return record

    def write_all(self, call: Call, records: list[Record], values: Values) -> None:
        self.check_access(call, "write")
        self._writable(values)
        row, commands = self._split(call, values)
        for record in records:
            if row:
                call.put(record, **row)
            self._obey(call, record, commands)
            self.check(call, record)

    def unlink_all(self, call: Call, records: list[Record]) -> None:
        self.check_access(call, "unlink")
        for record in records:
            call.db.refuse_conflict(self.name, record.id, call.snapshot)
            call.db.put(self.name, record.id, None)
            for known in call.db.find("ir.model.data", "_target", (self.name, record.id)):
                call.db.put("ir.model.data", known.id, None)
                call.db.ghosts.clear()

    def check(self, call: Call, record: Record) -> None:
        """Raise ValidationError where the record breaks a constraint of its model."""

    # -- for the models themselves ---------------------------------------------------------------------------------

    def check_access(self, call: Call, operation: str) -> None:
        if not call.superuser:
            rights.check(call.groups, self.name, self.label, operation, rights.of(self.name, call.release))
            self.check_companies(call)

    def check_companies(self, call: Call) -> None:
        """Odoo looks at the context's companies where records belong to one, and nowhere else: not at the groups."""
        own = {company.id for company in call.user.company_ids}
        if self.of_companies and not set(call.context.get("allowed_company_ids") or ()) <= own:
            raise AccessError("Access to unauthorized or invalid companies.")

    def found(self, call: Call, domain: list[Any], order: str | None = None) -> list[Record]:
        """The records of a domain, without rights; archived ones only where the domain speaks of `active`."""
        if "active" in self.fields and call.context.get("active_test", True) and not domains.mentions(domain, "active"):
            domain = [["active", "=", True], *domain]
        test = domains.matches(call.db, self.name, domain)
        visible = call.visible(self.name)
        return sorted(
            filter(test, filter(visible, call.db.all(self.name))),
            key=domains.sort_key(call.db, self.name, order or self.order),
        )

    def wire(self, record: Record, names: list[str] | None = None, *, pairs: bool = True) -> Values:
        wanted = names if names is not None else [name for name in self.shown if name != "id"]
        return {"id": record.id} | {
            name: to_wire(self.fields[name], call_value(record, name), names=pairs) for name in wanted
        }

    def _known(self, names: list[str] | None) -> None:
        for name in names or ():
            if name not in self.shown:
                where = f"model {self.name!r}" if self.release.old_units else repr(self.name)
                raise PythonError("ValueError", f"Invalid field {name!r} on {where}")

    def _writable(self, values: Values) -> None:
        for name in values:
            if name not in self.fields:
                where = f"on model {self.name!r}" if self.release.old_units else f"in {self.name!r}"
                raise PythonError("ValueError", f"Invalid field {name!r} {where}")

    @staticmethod
    def _page(found: list[Any], offset: int, limit: int | None) -> list[Any]:
        return found[offset : offset + limit if limit else None]

    def _defaults(self, call: Call, values: Values) -> Values:
        return {
            name: own.default(call) if callable(own.default) else own.default
            for name, own in self.stored.items()
            if own.default is not None and name not in values
        }

    def _split(self, call: Call, values: Values) -> tuple[Row, dict[str, list[Any]]]:
        """The stored values, and the commands for other records. Values of computed fields are dropped, as in Odoo."""
        row: Row = {}
        commands: dict[str, list[Any]] = {}
        for name, value in values.items():
            own = self.fields[name]
            if own.compute is not None:
                continue
            if own.kind == "one2many":
                commands[name] = value or []
            else:
                row[name] = to_stored(own, value)
                self._exists(call, own, row[name])
        return row, commands

    def _exists(self, call: Call, own: Field, value: Any) -> None:
        if own.kind == "many2one" and value and value not in call.db.rows[own.relation]:
            raise ValidationError(
                "The operation cannot be completed: another model requires the record being deleted. "
                "If possible, archive it instead."
            )

    def _missing_value(self, call: Call, name: str, own: Field) -> ValidationError:
        top = call.context.get("_loading")
        if self.release.old_units:
            table = f" on a linked model [{self.name.replace('.', '_')}]" if self.release.major >= 18 else ""  # noqa: PLR2004
            inner = f"Missing required value for the field '{name}'{table}"
            return BrokenConstraint(
                "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n"
                "- Delete: another model requires the record being deleted. If possible, archive it instead.\n\n"
                f"Model: {self.label} ({self.name})\nField: {own.label} ({name})\n",
                f"Missing required value for the field '{own.label}' ({name})" if top == self.name else inner,
                **({"field": name} if top == self.name else {}),
            )
        said = (
            f"Missing required value for the field '{own.label}' ({name}).\n"
            f"Model: '{self.label}' ({self.name})\n"
            "- create/update: a mandatory field is not set\n"
            "- delete: another model requires the record being deleted, you can archive it instead\n"
        )
        return BrokenConstraint(f"The operation cannot be completed: {said}", said, field=name)

    def _obey(self, call: Call, record: Record, commands: dict[str, list[Any]]) -> None:
        """Odoo updates first, then deletes, creates and links: a linked record is updated where it was before."""
        for name, several in commands.items():
            own = self.fields[name]
            model = call.models[own.relation]
            for kinds in ({UPDATE}, {DELETE, UNLINK}, {CREATE}, {LINK}):
                for command in several:
                    if command[0] in kinds:
                        _obey_one(call, model, {own.inverse: record.id}, command)

    def _groups(
        self,
        call: Call,
        domain: list[Any],
        groupby: Sequence[str],
        aggregates: Sequence[str],
        offset: int,
        limit: int | None,
    ) -> list[Values]:
        groups: dict[tuple[Any, ...], list[Record]] = {}
        for record in self.found(call, domain):
            groups.setdefault(tuple(getattr(record, name) for name in groupby), []).append(record)
        if not groupby and not groups:
            groups[()] = []
        ordered = sorted(groups.items(), key=lambda item: [_group_order(part) for part in item[0]])
        return [self._group(groupby, aggregates, *item) for item in self._page(ordered, offset, limit)]

    def _group(
        self, groupby: Sequence[str], aggregates: Sequence[str], key: tuple[Any, ...], members: list[Record]
    ) -> Values:
        facts = {name: to_wire(self.fields[name], part) for name, part in zip(groupby, key, strict=True)}
        leaves = [
            [name, "=", part.id if isinstance(part, Record) else part or False]
            for name, part in zip(groupby, key, strict=True)
        ]
        extra: list[Any] = ["&"] * (len(leaves) - 1) + leaves
        return facts | {"__extra_domain": extra} | {name: _aggregate(name, members) for name in aggregates}

    def _metadata(self, call: Call, record: Record) -> Values:
        own = call.db.find("ir.model.data", "_target", (self.name, record.id))
        full = [f"{key.module}.{key.name}" for key in own]
        stamps = ["create_uid", "create_date", "write_uid", "write_date"]
        return self.wire(record, stamps) | {
            "xmlid": full[0] if full else False,
            "noupdate": bool(own and own[0].noupdate),
            "xmlids": [{"xmlid": name, "noupdate": bool(key.noupdate)} for name, key in zip(full, own, strict=True)],
        }


def called(call: Call, name: str) -> dict[str, str]:
    """The name of a move that Odoo makes itself, where a move has one."""
    return {"name": name} if call.release.moves_are_named else {}


def remember(call: Call, external: str, record: Record, *, noupdate: bool) -> None:
    """Give the record an external id. Two calls at once that want the same one cannot both have it."""
    module, _, name = external.partition(".")
    call.db.ghosts.pop(external, None)
    for known in call.db.find("ir.model.data", "complete_name", external):
        call.db.refuse_conflict("ir.model.data", known.id, call.snapshot)
        call.sudo().put(known, model=record.table, res_id=record.id, _target=(record.table, record.id))
        return
    call.sudo().create(
        "ir.model.data", module=module, name=name, complete_name=external, model=record.table, res_id=record.id,
        _target=(record.table, record.id), noupdate=noupdate,
    )  # fmt: skip


def recall(call: Call, external: str) -> Record | None:
    """The entry of an external id, whether or not its record still exists."""
    for known in call.db.find("ir.model.data", "complete_name", external):
        call.db.refuse_conflict("ir.model.data", known.id, call.snapshot)
        return known
    return None


def call_value(record: Record, name: str) -> Any:
    return record.id if name == "id" else record.db.value(record, name)


def to_stored(own: Field, value: Any) -> Any:
    """A JSON value as the tables keep it."""
    if value is None or (value is False and own.kind != "boolean"):
        return False if own.kind == "boolean" else Decimal(0) if own.kind == "float" else None
    if own.kind == "many2one":
        return value.id if isinstance(value, Record) else int(value)
    if own.kind == "many2many":
        return linked_ids(value)
    if own.kind == "boolean":
        return bool(value)
    if own.kind == "float":
        exact = Decimal(str(value))
        return rounded(exact) if own.rounded else exact
    if own.kind == "datetime" and isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if own.kind == "html":
        return value if str(value).startswith("<") else f"<p>{value}</p>"
    return value


def to_wire(own: Field, value: Any, *, names: bool = True) -> Any:
    """A value as Odoo shows it in JSON: false for nothing, a pair for a many2one, ids for many."""
    if isinstance(value, Record):
        return [value.id, value.display_name] if names else value.id
    if isinstance(value, list):
        return [item.id if isinstance(item, Record) else item for item in value]
    if own.kind == "float":
        return float(value or 0)
    if own.kind == "integer":
        return value or 0
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return False if value is None else value


def linked_ids(value: Any, before: Sequence[int] = ()) -> tuple[int, ...]:
    """The ids a many2many has after these commands."""
    ids: list[int] = list(before)
    for item in value:
        if isinstance(item, int | Record):
            ids.append(item if isinstance(item, int) else item.id)
        elif item[0] == SET:
            ids = list(item[2])
        elif item[0] == LINK:
            ids.append(item[1])
        elif item[0] in {UNLINK, DELETE}:
            ids = [key for key in ids if key != item[1]]
        elif item[0] == CLEAR:
            ids = []
    return tuple(dict.fromkeys(ids))


def _obey_one(call: Call, model: Model, owner: Values, command: Sequence[Any]) -> None:
    kind = command[0]
    if kind == CREATE:
        model.create_one(call, dict(command[2]) | owner)
    elif kind == UPDATE:
        model.write_all(call, call.browse(model.name, [command[1]]), dict(command[2]))
    elif kind == LINK:
        linked = call.db.record(model.name, command[1])
        if any(call.db.rows[model.name].get(linked.id, {}).get(name) != value for name, value in owner.items()):
            model.write_all(call, [linked], dict(owner))
    elif kind in {DELETE, UNLINK}:
        model.unlink_all(call, call.browse(model.name, [command[1]]))


def _aggregate(name: str, members: list[Record]) -> Any:
    if name == "__count":
        return len(members)
    field_name, _, function = name.partition(":")
    values = [getattr(member, field_name) for member in members]
    if function == "sum":
        return float(sum(values, Decimal(0)))
    present = [value for value in values if value is not None]
    return to_wire(members[0].db.fields[members[0].table][field_name], {"max": max, "min": min}[function](present))


def _group_order(part: Any) -> tuple[bool, Any]:
    if isinstance(part, Record):
        return (False, part.display_name)
    return (part is None, part or "")


def _older_group(group: Values, domain: list[Any], names: list[str], count: str) -> Values:
    narrower = group.pop("__extra_domain")
    both = ["&"] * len(domain) + domain + narrower if domain else narrower
    told = {name.partition(":")[0]: value for name, value in group.items() if name != "__count"}
    return {name: told[name] for name in names} | {count: group["__count"]} | told | {"__domain": both}


def _description(name: str, own: Field) -> Values:
    facts: Values = {
        "name": name,
        "type": own.kind,
        "string": own.label or name,
        "required": own.required,
        "store": own.compute is None,
        "readonly": own.compute is not None,
    }
    return facts | ({"relation": own.relation} if own.relation else {})
