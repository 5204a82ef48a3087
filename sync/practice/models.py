"""What every model of the ward can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sync.practice import domains, rights
from sync.practice.calls import Call, remember
from sync.practice.errors import BrokenConstraint, PythonError, ValidationError
from sync.practice.grouping import grouped, older
from sync.practice.public import api_model, on_records, since, until
from sync.practice.records import Field, Record, Row, computed, moment, one
from sync.practice.shapes import shaped
from sync.practice.values import CREATE, DELETE, LINK, UNLINK, UPDATE, Values, call_value, to_stored, to_wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.practice.releases import Release


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
        return self._page(grouped(self, self.found(call, domain), groupby, aggregates), offset, limit)

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
        groups = grouped(self, self.found(call, domain), names, ["__count", *sums])
        return [older(group, domain, names, count) for group in self._page(groups, offset, limit)]

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
        if self.of_companies:
            call.refuse_foreign_company()

    def found(self, call: Call, domain: list[Any], order: str | None = None) -> list[Record]:
        """The records of a domain, without rights; archived ones only where the domain speaks of `active`."""
        if "active" in self.fields and call.context.get("active_test", True) and not domains.mentions(domain, "active"):
            domain = [["active", "=", True], *domain]
        test = domains.matches(call.db, self.name, domain)
        visible = call.visible(self.name)
        return sorted(
            filter(test, filter(visible, domains.possible(call.db, self.name, domain))),
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

    def _metadata(self, call: Call, record: Record) -> Values:
        own = call.db.find("ir.model.data", "_target", (self.name, record.id))
        full = [f"{key.module}.{key.name}" for key in own]
        stamps = ["create_uid", "create_date", "write_uid", "write_date"]
        return self.wire(record, stamps) | {
            "xmlid": full[0] if full else False,
            "noupdate": bool(own and own[0].noupdate),
            "xmlids": [{"xmlid": name, "noupdate": bool(key.noupdate)} for name, key in zip(full, own, strict=True)],
        }


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
