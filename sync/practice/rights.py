"""Who may do what: the access table of an Odoo 19 with stock and purchase (contract 12)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sync.practice.errors import AccessError

if TYPE_CHECKING:
    from sync.practice.releases import Release

USER = "base.group_user"
STOCK_USER = "stock.group_stock_user"
STOCK_MANAGER = "stock.group_stock_manager"
ADMIN = "base.group_system"

IMPLIED = {
    USER: {USER},
    STOCK_USER: {STOCK_USER, USER},
    STOCK_MANAGER: {STOCK_MANAGER, STOCK_USER, USER},
    ADMIN: {ADMIN, STOCK_MANAGER, STOCK_USER, USER},
}
"""What membership of a group brings with it."""

_VERBS = {"read": "access", "write": "modify", "create": "create", "unlink": "delete"}


@dataclass(frozen=True, slots=True)
class Access:
    """Which operations (letters of "rwcu") a group has on a model, and which groups Odoo names when it refuses."""

    user: str = ""
    stock_user: str = ""
    stock_manager: str = ""
    others: dict[str, str] | None = None

    def allows(self, groups: set[str], operation: str) -> bool:
        own = {USER: self.user, STOCK_USER: self.stock_user, STOCK_MANAGER: self.stock_manager, ADMIN: "rwcu"}
        return any(operation[0] in own[group] for group in groups)

    def named_groups(self, operation: str) -> list[str]:
        named = {
            "Role/User": self.user,
            "Inventory/User": self.stock_user,
            "Inventory/Administrator": self.stock_manager,
            **(self.others or {}),
        }
        return sorted(name for name, operations in named.items() if operation[0] in operations)


_DOCUMENTS = {
    "Accounting/Invoicing": "rwc",
    "Purchase/Administrator": "rwcu",
    "Show Accounting Features - Readonly": "r",
}
_PRODUCTS = {"Products/Create": "rwcu"}
_SETTINGS = {"Access Rights": "rwcu"}

ACCESS = {
    "res.users": Access("r", others=_SETTINGS),
    "res.users.apikeys": Access("r"),
    "res.groups": Access("r", others=_SETTINGS),
    "res.company": Access("r", others=_SETTINGS),
    "ir.module.module": Access("r", others={"Role/Administrator": "rwcu"}),
    "ir.model.data": Access(others=_SETTINGS),
    "ir.config_parameter": Access(others={"Role/Administrator": "rwcu"}),
    "ir.attachment": Access("rwcu"),
    "mail.message": Access("rwcu"),
    "res.partner": Access("r", "", "rwc", {"Contact/Creation": "rwcu", "Purchase/Administrator": "rwc"}),
    "product.product": Access("r", "r", others=_PRODUCTS),
    "product.template": Access("r", "r", others=_PRODUCTS),
    "product.category": Access("r", others=_PRODUCTS),
    "product.supplierinfo": Access("r", others=_PRODUCTS | {"Purchase/Administrator": "rwcu"}),
    "product.uom": Access("r", others=_PRODUCTS),
    "uom.uom": Access("r", others=_PRODUCTS | {"Role/Administrator": "rwcu"}),
    "barcode.nomenclature": Access("r", "r", "rwcu", _SETTINGS),
    "barcode.rule": Access("r", "r", "rwcu", _SETTINGS),
    "stock.lot": Access(stock_user="rwcu"),
    "stock.location": Access("r", "", "rwcu"),
    "stock.warehouse": Access("r", "", "rwcu"),
    "stock.warehouse.orderpoint": Access("", "r", "rwcu"),
    "stock.picking.type": Access("r", "r", "rwcu"),
    "stock.putaway.rule": Access("r", "", "rwcu"),
    "stock.package": Access("r", "rwcu", "rwcu"),
    "stock.picking": Access("", "rwcu", "rwcu", _DOCUMENTS | {"Purchase/User": "rwcu"}),
    "stock.move": Access("", "rwc", "rwcu", _DOCUMENTS | {"Purchase/User": "rwc"}),
    "stock.move.line": Access("rwcu", "rwcu", "rwcu"),
    "stock.quant": Access("r", "rwc"),
    "stock.inventory.conflict": Access("", "", "rwc"),
    "purchase.order": Access("", "r", others=_DOCUMENTS | {"Purchase/User": "rwcu", "Accounting/Invoicing": "rw"}),
    "purchase.order.line": Access("", "r", others=_DOCUMENTS | {"Purchase/User": "rwcu", "Accounting/Invoicing": "rw"}),
}


_PRODUCTS_17 = {"Administration/Settings": "rwcu", "Invoicing/Billing Administrator": "rwcu",
                "Purchase/Administrator": "rwcu"}  # fmt: skip
_OLD_DOCUMENTS = {"Purchase/Administrator": "rwcu", "Technical/Show Accounting Features - Readonly": "r"}
_BOOKS = {17: {"Invoicing/Billing": "rwc"}, 18: {"Invoicing/Invoicing": "rwc"}}

_BEFORE_19 = {
    "product.product": Access("r", "r", "rwcu", _PRODUCTS_17),
    "product.template": Access("r", "r", "rwcu", _PRODUCTS_17),
    "product.category": Access("r", "", "rwcu"),
    "product.supplierinfo": Access("r", "", "rwcu"),
    "product.packaging": Access("r", "", "rwcu"),
    "uom.uom": Access("r", "", "rwcu"),
    "uom.category": Access("r", "", "rwcu"),
    "stock.quant.package": Access("r", "rwcu", "rwcu"),
    "stock.picking": Access("", "rwcu", "rwcu", _OLD_DOCUMENTS | {"Purchase/User": "rwcu"}),
    "stock.move": Access("", "rwc", "rwcu", _OLD_DOCUMENTS | {"Purchase/User": "rwc"}),
}
"""Where an Odoo before 19 says otherwise: there, a manager of the stock may teach goods their barcodes."""


def of(model: str, release: Release) -> Access:
    """Who may do what with a model."""
    if release.user_writes_places and model == "stock.location":
        return Access("r", "rw", "rwcu")
    if release.old_units and model in _BEFORE_19:
        access = _BEFORE_19[model]
        books = _BOOKS[release.major] if model in {"stock.picking", "stock.move"} else {}
        return replace(access, others={**(access.others or {}), **books})
    return ACCESS[model]


def check(groups: set[str], model: str, label: str, operation: str, access: Access | None = None) -> None:
    """Raise AccessError in Odoo's words unless one of the groups may do this."""
    access = access or ACCESS[model]
    if access.allows(groups, operation):
        return
    named = access.named_groups(operation)
    allowed = (
        "This operation is allowed for the following groups:\n" + "\n".join(f"\t- {name}" for name in named)
        if named
        else "No group currently allows this operation."
    )
    raise AccessError(
        f"You are not allowed to {_VERBS[operation]} '{label}' ({model}) records.\n\n{allowed}\n\n"
        "Contact your administrator to request access if necessary."
    )
