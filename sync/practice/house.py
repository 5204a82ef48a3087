"""The house around the stock: people and their keys, companies, partners, modules, attachments, external ids."""

from __future__ import annotations

import base64
import mimetypes
import re
from typing import TYPE_CHECKING, Any, ClassVar

from sync.practice import places
from sync.practice.calls import Call, recall
from sync.practice.errors import PythonError
from sync.practice.models import Model
from sync.practice.public import api_model, on_records, until
from sync.practice.records import Field, Record, choice, computed, flag, linked, many, moment, one, related, text
from sync.practice.rights import IMPLIED
from sync.practice.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable


_OF_ONESELF = {"name", "login", "company_id", "lang", "tz", "group_ids", "groups_id", "write_date"}
"""What everybody may read of the own record."""


class Users(Model):
    name = "res.users"
    label = "User"
    order = "name, login"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Name", required=True),
        "login": text("Login", required=True),
        "active": flag("Active", default=True),
        "lang": text("Language", default="en_US"),
        "tz": text("Timezone"),
        "company_id": one("res.company", "Company"),
        "company_ids": linked("res.company", "Companies"),
        "group_ids": linked("res.groups", "Groups"),
        "_groups": computed("many2many", lambda user: user.group_ids, "res.groups"),
    }

    @on_records
    def read(
        self, call: Call, records: list[Record], fields: list[str] | None = None, load: str = "_classic_read"
    ) -> list[Values]:
        """Who one is oneself may be read in whatever company one says to be."""
        oneself = records == [call.user] and fields and set(fields) <= _OF_ONESELF
        return super().read(call.sudo() if oneself else call, records, fields, load)

    @api_model
    def context_get(self, call: Call) -> Values:
        return {"lang": call.user.lang or False, "tz": call.user.tz or False, "uid": call.user.id}

    @until(17)
    @api_model
    def has_group_17(self, call: Call, group_ext_id: str) -> bool:
        """17 asks for oneself, without an id."""
        return group_ext_id in groups_of(call.user)

    @on_records
    def has_group(self, call: Call, records: list[Record], group_ext_id: str) -> bool:
        """Whoever's groups it does not remember, Odoo has to look for, in the companies the caller names."""
        if len(records) != 1:
            shown = ", ".join(str(record.id) for record in records)
            raise PythonError("ValueError", f"Expected singleton: res.users({shown})")
        if records[0].id not in call.db.known_groups:
            call.refuse_foreign_company()
            call.db.known_groups.add(records[0].id)
        return group_ext_id in groups_of(records[0])


def groups_of(user: Record) -> set[str]:
    """The external ids of a user's groups, with those they imply."""
    return set[str]().union(*(IMPLIED[group._external] for group in user._groups))


class Groups(Model):
    name = "res.groups"
    label = "Access Groups"
    own_fields: ClassVar[dict[str, Field]] = {"name": text("Name", required=True), "_external": text()}


class ApiKeys(Model):
    name = "res.users.apikeys"
    label = "Users API Keys"
    indexed = ("_secret",)
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Description", required=True),
        "user_id": one("res.users", "User", required=True),
        "scope": text("Scope", default="rpc"),
        "expiration_date": moment("Expiration Date"),
        "_secret": text(),
    }

    def found(self, call: Call, domain: list[Any], order: str | None = None) -> list[Record]:
        """Everybody sees the own keys only."""
        return super().found(call, [["user_id", "=", call.user.id], *domain], order)


class Companies(Model):
    name = "res.company"
    label = "Companies"
    order = "sequence, name"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Company Name", required=True),
        "sequence": Field("integer", default=10),
        "partner_id": one("res.partner", "Partner"),
        "nomenclature_id": one("barcode.nomenclature", "Nomenclature"),
    }

    def create_one(self, call: Call, values: Values) -> Record:
        """A company comes with places of its own, and is one of those of who made it."""
        company = super().create_one(call, values)
        if call.user.id != 1:  # the seed makes the first one, and its house, itself
            call.put(call.user, company_ids=(*(own.id for own in call.user.company_ids), company.id))
            places.open_company(call.sudo(), company)
        return company


class Partners(Model):
    name = "res.partner"
    label = "Contact"
    order = "complete_name, id desc"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Name", required=True),
        "complete_name": related("name"),
        "ref": text("Reference"),
        "active": flag("Active", default=True),
        "is_company": flag("Is a Company"),
        "supplier_rank": Field("integer", default=0),
        "barcode": text("Barcode"),
        "email": text("Email"),
        "phone": text("Phone"),
        "company_id": one("res.company", "Company"),
    }


class Modules(Model):
    name = "ir.module.module"
    of_companies = False
    label = "Module"
    order = "name, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Technical Name", required=True),
        "state": choice("Status", default="installed"),
        "latest_version": text("Installed Version"),
    }


class ModelData(Model):
    """External ids: (module, name) is unique, and points to one record for as long as that exists."""

    name = "ir.model.data"
    label = "Model Data"
    indexed = ("complete_name", "_target")
    own_fields: ClassVar[dict[str, Field]] = {
        "module": text("Module", required=True),
        "name": text("External Identifier", required=True),
        "complete_name": text("Complete ID"),
        "model": text("Model Name", required=True),
        "res_id": Field("integer", "Record ID"),
        "_target": Field("other"),
        "noupdate": flag("Non Updatable"),
    }

    @api_model
    def check_object_reference(
        self,
        call: Call,
        module: str,
        xml_id: str,
        raise_on_access_error: bool = False,  # noqa: ARG002  # Odoo's own
    ) -> list[Any]:
        """[model, id]; the id is false where the record was there once and is gone (contract 15).

        And where a load that failed had made it on the way, until something with an external id is deleted.
        """
        known = recall(call, f"{module}.{xml_id}")
        if known is None and (ghost := call.db.ghosts.get(f"{module}.{xml_id}")):
            return [ghost, False]
        if known is None:
            raise PythonError("ValueError", f"External ID not found in the system: {module}.{xml_id}")
        call.models[known.model].check_companies(call)
        there = known.res_id in call.db.rows[known.model] and call.models[known.model].may(call, "read")
        return [known.model, known.res_id if there else False]


def _words(attachment: Record) -> str | None:
    """What Odoo can be asked to search in: a text's runs of plain signs, and of anything else its kind."""
    kind = str(attachment.mimetype or "").partition("/")[0]
    if kind != "text" or not attachment.datas:
        return kind or None
    return "\n".join(re.findall(r"[\x20-\x7E]{4,}", base64.b64decode(attachment.datas).decode("latin-1")))


class Attachments(Model):
    name = "ir.attachment"
    label = "Attachment"
    order = "id desc"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Name", required=True),
        "description": Field("text", "Description"),
        "res_model": text("Resource Model"),
        "res_id": Field("integer", "Resource ID"),
        "type": choice("Type", default="binary"),
        "mimetype": text("Mime Type"),
        "datas": Field("binary", "File Content (base64)"),
        "file_size": computed("integer", lambda record: len(record.datas or "") * 3 // 4),
        "index_content": computed("text", _words),
        "company_id": one("res.company", "Company"),
    }

    def create_one(self, call: Call, values: Values) -> Record:
        kind = mimetypes.guess_type(str(values.get("name") or ""))[0]
        return super().create_one(call, {"mimetype": kind or "application/octet-stream"} | values)


class Messages(Model):
    name = "mail.message"
    label = "Message"
    order = "id desc"
    own_fields: ClassVar[dict[str, Field]] = {
        "body": Field("html", "Contents"),
        "model": text("Related Document Model"),
        "res_id": Field("integer", "Related Document ID"),
        "message_type": choice("Type", default="notification"),
        "author_id": one("res.users", "Author"),
        "date": moment("Date"),
    }

    def display_name(self, record: Record) -> str:
        return f"{record.model},{record.res_id}"


class ConfigParameters(Model):
    name = "ir.config_parameter"
    label = "System Parameter"
    own_fields: ClassVar[dict[str, Field]] = {"key": text("Key", required=True), "value": Field("text", "Value")}


class Nomenclatures(Model):
    name = "barcode.nomenclature"
    label = "Barcode Nomenclature"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Barcode Nomenclature", required=True),
        "rule_ids": many("barcode.rule", "barcode_nomenclature_id"),
        "upc_ean_conv": choice("UPC/EAN Conversion", default="always"),
        "is_gs1_nomenclature": flag("Is GS1 Nomenclature"),
        "gs1_separator_fnc1": text("FNC1 Separator", default=r"(Alt029|#|\x1D)"),
    }


class BarcodeRules(Model):
    name = "barcode.rule"
    label = "Barcode Rule"
    order = "sequence, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Rule Name", required=True),
        "barcode_nomenclature_id": one("barcode.nomenclature", "Barcode Nomenclature"),
        "sequence": Field("integer", "Sequence", default=10),
        "encoding": choice("Encoding", default="any"),
        "type": text("Type"),
        "pattern": text("Barcode Pattern", required=True),
        "gs1_content_type": text("GS1 Content Type"),
        "gs1_decimal_usage": flag("Decimal"),
        "associated_uom_id": one("uom.uom", "Associated Uom"),
    }


def note(call: Call, record: Record, body: str) -> None:
    """A line in the document's history."""
    call.sudo().create(
        "mail.message", model=record.table, res_id=record.id, body=body, date=call.now, author_id=call.user.id
    )


MODELS: Iterable[type[Model]] = (
    Users, Groups, ApiKeys, Companies, Partners, Modules, ModelData, Attachments, Messages, ConfigParameters,
    Nomenclatures, BarcodeRules,
)  # fmt: skip
