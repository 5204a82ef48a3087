"""The small hospital of the practice ward. Always the same, with dates counted from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sync.practice import purchases, quants
from sync.practice.calls import Call, remember
from sync.practice.places import open_warehouse
from sync.practice.rights import ADMIN, STOCK_MANAGER, STOCK_USER, USER

if TYPE_CHECKING:
    from sync.practice.records import Record
    from sync.practice.remote import Ward

LOGINS = {"storekeeper": "storekeeper", "manager": "stockmanager", "plain": "plainuser", "admin": "admin"}
KEYS = {role: f"practice-{login}-0000000000000000" for role, login in LOGINS.items()}
"""They open nothing but a practice ward, and stand in its printout."""

_PEOPLE = {
    "admin": ("Administrator", ADMIN),
    "storekeeper": ("Sven Storekeeper", STOCK_USER),
    "manager": ("Mia Manager", STOCK_MANAGER),
    "plain": ("Paul Plain", USER),
}
_MODULES = ("base", "barcodes", "barcodes_gs1_nomenclature", "product", "product_expiry", "purchase", "purchase_stock",
            "stock", "uom")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of the seed. `code` is its barcode: a GTIN, its own text, or nothing."""

    ref: str
    name: str
    tracking: str = "lot"
    code: str = ""
    box: int = 0
    vendor: str = ""
    vendor_code: str = ""
    bin: str = ""
    expires: bool = True
    category: str = ""


def _gtin(digits: str) -> str:
    """The digits with their GS1 check digit."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def _gtin13(number: int) -> str:
    return _gtin(f"40{number:010d}")


def _gtin14(number: int, indicator: int = 0) -> str:
    return _gtin(f"{indicator}40{number:010d}")


_M, _B, _O = "MediSupply AG", "Braun & Co", "OrthoTech Ltd"

GOODS = (
    Goods("MED-0001", "Syringe 5 ml", code=_gtin13(1), box=50, vendor=_M, vendor_code="MS-5001", bin="LOC-CS-A1"),
    Goods("MED-0002", "Syringe 10 ml", code=_gtin13(2), box=50, vendor=_M, vendor_code="MS-5002", bin="LOC-CS-A1"),
    Goods("MED-0003", "IV catheter 18G", code=_gtin14(3), box=10, vendor=_B, vendor_code="BR-18G", bin="LOC-CS-A2"),
    Goods("MED-0004", "IV catheter 20G", code=_gtin14(4), box=10, vendor=_B, vendor_code="BR-20G", bin="LOC-CS-A2"),
    Goods("MED-0005", "Infusion set", code=_gtin13(5), box=10, vendor=_B, vendor_code="BR-INF"),
    Goods("MED-0006", "NaCl 0.9 % 500 ml", code=_gtin13(6), box=10, vendor=_B, vendor_code="BR-NACL500"),
    Goods("MED-0007", "Ringer lactate 1 l", code=_gtin13(7), box=10, vendor=_B, vendor_code="BR-RL1"),
    Goods("MED-0008", "Glucose 5 % 500 ml", code=_gtin13(8), box=10, vendor=_B, vendor_code="BR-GL5"),
    Goods("MED-0009", "Heparin 5000 IU", code=_gtin14(9), box=10, vendor=_M, vendor_code="MS-HEP5", bin="LOC-CS-F1"),
    Goods(
        "MED-0010",
        "Insulin rapid 10 ml",
        code=_gtin14(10),
        box=10,
        vendor=_M,
        vendor_code="MS-INS10",
        bin="LOC-CS-F1",
        category="Cold chain",
    ),
    Goods("MED-0011", "Surgical glove 7.5", code=_gtin13(11), box=50, vendor=_M, vendor_code="MS-GL75"),
    Goods("MED-0012", "Suture 3-0", code=_gtin13(12), box=10, vendor=_O, vendor_code="OT-S30"),
    Goods("MED-0013", "Wound dressing 10x10", code=_gtin13(13), box=50, vendor=_M, vendor_code="MS-WD10"),
    Goods("MED-0014", "Chlorhexidine 250 ml", code=_gtin("61414100014"), vendor=_M, vendor_code="MS-CHX"),
    Goods("MED-0015", "Urinary catheter CH14", code=_gtin13(15), box=10, vendor=_B, vendor_code="BR-UC14"),
    Goods("MED-0016", "Paracetamol 1 g/100 ml", code=_gtin13(16), box=10, vendor=_B, vendor_code="BR-PARA"),
    Goods("MED-0017", "Ceftriaxone 2 g", code=_gtin13(17), box=10, vendor=_M, vendor_code="MS-CEF2"),
    Goods("MED-0018", "Amoxicillin 1 g", vendor=_M, vendor_code="MS-AMOX"),
    Goods(
        "MED-0019",
        "Midazolam 5 mg/5 ml",
        code=_gtin13(19),
        box=10,
        vendor=_B,
        vendor_code="BR-MID5",
        category="Controlled drugs",
    ),
    Goods(
        "MED-0020", "Adrenaline 1 mg/ml", code=_gtin13(20), box=10, vendor=_B, vendor_code="BR-ADR1", bin="LOC-CS-A3"
    ),
    Goods("MED-0021", "Blood culture bottle", code=_gtin("61414100021"), vendor=_M, vendor_code="MS-BCB"),
    Goods("MED-0022", "Surgical drape set", code=_gtin13(22), vendor=_O, vendor_code="OT-DRAPE"),
    Goods("MED-0023", "Gauze swab sterile", code=_gtin13(23), box=50, vendor=_M, vendor_code="MS-GSW"),
    Goods("MED-0024", "Contrast medium 100 ml", code=_gtin14(24), vendor=_B, vendor_code="BR-CM100"),
    Goods("IMP-0001", "Infusion pump", "serial", _gtin13(101), vendor=_B, vendor_code="BR-PUMP", expires=False),
    Goods("IMP-0002", "Cardiac pacemaker", "serial", _gtin13(102), vendor=_O, vendor_code="OT-PACE"),
    Goods("IMP-0003", "Hip implant size 4", "serial", _gtin13(103), vendor=_O, vendor_code="OT-HIP4"),
    Goods("IMP-0004", "Hip implant size 5", "serial", _gtin13(104), vendor=_O, vendor_code="OT-HIP5"),
    Goods("IMP-0005", "Glucometer", "serial", expires=False, vendor=_M, vendor_code="MS-GLUCO"),
    Goods("IMP-0006", "Syringe pump", "serial", _gtin13(106), expires=False, vendor=_B, vendor_code="BR-SP"),
    Goods("GEN-0001", "Paper towel", "none", _gtin13(201), box=10, vendor=_M, expires=False, bin="LOC-CS-B1"),
    Goods("GEN-0002", "Bed sheet", "none", _gtin13(202), vendor=_M, expires=False, bin="LOC-CS-B1"),
    Goods("GEN-0003", "Sharps container 1 l", "none", _gtin13(203), vendor=_M, expires=False),
    Goods("GEN-0004", "Cotton wool 500 g", "none", _gtin("61414100204"), vendor=_M, expires=False),
    Goods("GEN-0005", "Tongue depressor", "none", _gtin13(205), box=50, vendor=_M, expires=False),
    Goods("GEN-0006", "Face mask", "none", _gtin13(206), box=50, vendor=_M, expires=False),
    Goods("GEN-0007", "Patient gown", "none", vendor=_M, expires=False),
    Goods("GEN-0008", "Disposable apron", "none", _gtin13(208), box=50, vendor=_M, expires=False),
    Goods("GEN-0009", "Printer label roll", "none", "LABEL-ROLL-58", vendor=_M, expires=False),
    Goods("GEN-0010", "AA battery", "none", _gtin13(210), box=10, vendor=_M, expires=False),
    Goods("GEN-0011", "Examination light bulb", "none", expires=False),
    Goods("GEN-0012", "Emesis basin", "none", _gtin13(212), box=50, vendor=_M, expires=False),
)

ORDERS: tuple[tuple[str, int, tuple[tuple[str, int, int], ...]], ...] = (
    # vendor, day from today, lines: product, quantity, box it is ordered in (0: pieces)
    (_M, -1, (("MED-0001", 100, 0), ("MED-0009", 40, 0), ("GEN-0001", 20, 0))),
    (_B, 0, (("MED-0003", 5, 10), ("MED-0006", 60, 0))),
    (_O, 0, (("IMP-0003", 3, 0), ("MED-0012", 30, 0))),
    (_M, 0, (("MED-0010", 20, 0), ("MED-0013", 200, 0), ("GEN-0006", 4, 50))),
    (_B, 0, (("MED-0005", 40, 0), ("MED-0016", 30, 0), ("MED-0020", 10, 0))),
    (_O, 1, (("IMP-0002", 2, 0),)),
    (_M, 1, (("MED-0001", 50, 0), ("MED-0002", 100, 0), ("GEN-0002", 15, 0))),
    (_B, 3, (("IMP-0001", 2, 0), ("MED-0007", 20, 0))),
)

_DAY = timedelta(days=1)

_GROUPS = {True: "groups_id", False: "group_ids"}
"""The field of a user's groups, by whether the Odoo is one before 19."""


def fill(ward: Ward) -> None:
    """Put the hospital into an empty ward."""
    with ward.lock, ward.db.transaction():
        _house(ward)
        call = ward.call(1, superuser=True)
        places = _places(call)
        goods = _products(call, places)
        _opening_stock(call, goods, places)
        _orders(call, goods)


def _house(ward: Ward) -> None:
    db = ward.db
    db.put("res.users", db.new_id("res.users"), {"name": "OdooBot", "login": "__system__", "active": False})
    call = ward.call(1, superuser=True)
    _known(call, "base.user_root", db.record("res.users", 1))
    nomenclature = call.create("barcode.nomenclature", name="Default GS1 Nomenclature", is_gs1_nomenclature=True)
    partner = call.create("res.partner", name="Municipal Hospital", is_company=True)
    company = call.create(
        "res.company", name="Municipal Hospital", partner_id=partner.id, nomenclature_id=nomenclature.id
    )
    _known(call, "base.main_company", company)
    call.put(db.record("res.users", 1), company_id=company.id, company_ids=(company.id,))
    groups = {}
    for external in (USER, STOCK_USER, STOCK_MANAGER, ADMIN):
        groups[external] = call.create("res.groups", name=external, _external=external)
        _known(call, external, groups[external])
    for role, login in LOGINS.items():
        name, group = _PEOPLE[role]
        user = call.create(
            "res.users", name=name, login=login, company_id=company.id, company_ids=[company.id],
            **{_GROUPS[call.release.old_units]: [groups[USER].id, groups[group].id]},
        )  # fmt: skip
        until = None if role == "admin" else call.now.replace(microsecond=0) + 90 * _DAY
        ends = {"expiration_date": until} if call.release.keys_expire else {}
        call.create("res.users.apikeys", name="practice", user_id=user.id, _secret=KEYS[role], **ends)
    for module in _MODULES:
        call.create("ir.module.module", name=module, latest_version=f"{call.release.number}.1.0")


def _places(call: Call) -> dict[str, Record]:
    company = call.db.record("res.company", 1)
    outside: dict[str, Any] = {"company_id": company.id}
    places = {
        "vendors": call.create("stock.location", name="Vendors", usage="supplier", company_id=False),
        "customers": call.create("stock.location", name="Customers", usage="customer", company_id=False),
        "adjustment": call.create("stock.location", name="Inventory adjustment", usage="inventory", **outside),
        "used": call.create(
            "stock.location", name="Patient consumption", usage="inventory", barcode="LOC-CONSUMED", **outside
        ),
    }
    for external, name in (
        ("stock.stock_location_suppliers", "vendors"),
        ("stock.stock_location_customers", "customers"),
    ):
        _known(call, external, places[name])
    central = open_warehouse(call, company, "Central Store", "CS")
    mobile = open_warehouse(call, company, "Mobile Care Unit", "MCU")
    _known(call, "stock.warehouse0", central)
    _known(call, "stock.stock_location_stock", central.lot_stock_id)
    _known(call, "stock.picking_type_in", central.in_type_id)
    stock, hospital = central.lot_stock_id, central.view_location_id
    for name, barcode, above in (
        ("Shelf A", "LOC-CS-A", stock), ("A1", "LOC-CS-A1", "LOC-CS-A"), ("A2", "LOC-CS-A2", "LOC-CS-A"),
        ("A3", "LOC-CS-A3", "LOC-CS-A"), ("Shelf B", "LOC-CS-B", stock), ("B1", "LOC-CS-B1", "LOC-CS-B"),
        ("B2", "LOC-CS-B2", "LOC-CS-B"), ("Fridge 1", "LOC-CS-F1", stock), ("Quarantine", "LOC-CS-Q", stock),
        ("Ward 3A", "LOC-WARD3A", hospital), ("Ward 3B", "LOC-WARD3B", hospital), ("ICU", "LOC-ICU", hospital),
        ("Theatre 1", "LOC-THEATRE1", hospital), ("Ambulance 7", "LOC-AMB7", mobile.lot_stock_id),
    ):  # fmt: skip
        parent = places[above] if isinstance(above, str) else above
        places[barcode] = call.create(
            "stock.location", name=name, barcode=barcode, location_id=parent.id, company_id=company.id
        )
    for name, usage in (("Relabelling", "inventory"), ("Waste", "inventory"), ("On the way", "transit")):
        barcode = f"LOC-{name.upper().replace(' ', '')}"
        places[barcode] = call.create("stock.location", name=name, usage=usage, barcode=barcode, **outside)
    return places | {"stock": stock}


def _products(call: Call, places: dict[str, Record]) -> dict[str, Record]:
    boxes = _units(call)
    medical = call.create("product.category", name="Medical goods")
    categories = {"": medical} | {
        name: call.create("product.category", name=name, parent_id=medical.id)
        for name in ("Cold chain", "Controlled drugs")
    }
    vendors = {name: call.create("res.partner", name=name, is_company=True, supplier_rank=1) for name in (_M, _B, _O)}
    made = {}
    for goods in GOODS:
        product = made[goods.ref] = call.create("product.product", **_facts(call, goods, categories[goods.category]))
        if goods.box:
            number = int(goods.ref[-4:]) + (5000 if goods.ref.startswith("GEN") else 0)
            _pack(call, product, boxes[goods.box], _gtin14(number, indicator=1))
        if goods.vendor:
            vendor = vendors[goods.vendor]
            code = goods.vendor_code or None
            call.create("product.supplierinfo", product_id=product.id, partner_id=vendor.id, product_code=code)
        if goods.bin:
            call.create(
                "stock.putaway.rule", product_id=product.id, location_in_id=places["stock"].id,
                location_out_id=places[goods.bin].id, company_id=1,
            )  # fmt: skip
    for ref, least, most in (("MED-0001", 100, 400), ("MED-0006", 40, 120)):
        call.create(
            "stock.warehouse.orderpoint", product_id=made[ref].id, location_id=places["stock"].id,
            product_min_qty=least, product_max_qty=most, company_id=1,
        )  # fmt: skip
    return made


def _units(call: Call) -> dict[int, Record]:
    """The unit of all goods, and boxes of ten and fifty."""
    old = call.release.old_units
    if old:
        category = call.create("uom.category", name="Unit")
        _known(call, "uom.product_uom_categ_unit", category)
        unit = call.create("uom.uom", name="Units", category_id=category.id)
    else:
        unit = call.create("uom.uom", name="Units", sequence=1)
    _known(call, "uom.product_uom_unit", unit)
    boxes = {}
    _known(call, "uom.product_uom_dozen", _multiple(call, "Dozens", 12, unit))
    for size in (10, 50):
        boxes[size] = _multiple(call, f"Box of {size}", size, unit)
    return boxes


def _multiple(call: Call, name: str, size: int, unit: Record) -> Record:
    """A unit that holds several of another."""
    if call.release.old_units:
        told: dict[str, Any] = {"category_id": unit.category_id.id, "uom_type": "bigger", "factor": 1 / Decimal(size)}
    else:
        told = {"relative_factor": size, "relative_uom_id": unit.id}
    return call.create("uom.uom", name=name, **told)


def _pack(call: Call, product: Record, box: Record, barcode: str) -> None:
    """Let a product come in boxes with a barcode of their own."""
    if call.release.old_units:
        call.create(
            "product.packaging", product_id=product.id, name=box.name, qty=Decimal(round(box._size)), barcode=barcode
        )
        return
    call.put(product, uom_ids=(box.id,))
    call.create("product.uom", product_id=product.id, uom_id=box.id, barcode=barcode)


def _facts(call: Call, goods: Goods, category: Record) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": goods.name,
        "default_code": goods.ref,
        "barcode": goods.code or None,
        "tracking": goods.tracking,
        "categ_id": category.id,
    }
    if call.release.major == 17:  # noqa: PLR2004  # later ones say is_storable, by default
        facts |= {"detailed_type": "product"}
    if goods.expires:
        facts |= {"use_expiration_date": True, "expiration_time": 365, "alert_time": 30}
    return facts


def _opening_stock(call: Call, goods: dict[str, Record], places: dict[str, Record]) -> None:
    """Lots near and far from their expiry, one expired in quarantine and on a ward, serials on shelf B, towels."""
    shelves = (
        ("LOC-CS-A", 300, 200), ("LOC-CS-B", 60, 80), ("LOC-WARD3A", 200, 40), ("LOC-CS-Q", -5, 10),
    )  # fmt: skip
    for ref, product in goods.items():
        if product.tracking == "lot":
            for number, (shelf, days, quantity) in enumerate(shelves, 1):
                place = places[next(g.bin for g in GOODS if g.ref == ref) or shelf] if number == 1 else places[shelf]
                _lay(call, product, place, quantity, _lot(call, product, f"{ref}-L{number}", days))
        elif product.tracking == "serial":
            for number in range(1, 4):
                serial = _lot(call, product, f"{ref}-SN{number:03d}", 700 if product.use_expiration_date else None)
                _lay(call, product, places["LOC-CS-B"], 1, serial)
        else:
            for shelf, quantity in (("LOC-CS-B1", 500), ("LOC-WARD3A", 50), ("LOC-AMB7", 10)):
                _lay(call, product, places[shelf], quantity, None)
    expired = _lot(call, goods["MED-0009"], "MED-0009-OLD", -20)
    _lay(call, goods["MED-0009"], places["LOC-WARD3B"], 4, expired)


def _lot(call: Call, product: Record, name: str, days: int | None) -> Record:
    expiry = {} if days is None else {"expiration_date": _noon(call, days)}
    return call.create("stock.lot", product_id=product.id, name=name, **expiry)


def _lay(call: Call, product: Record, place: Record, quantity: int, lot: Record | None) -> None:
    quants.change(call, quants.Key(product, place, lot), Decimal(quantity))


def _orders(call: Call, goods: dict[str, Record]) -> None:
    boxes = {round(unit._size): unit for unit in call.search("uom.uom") if unit._size != 1}
    vendors = {partner.name: partner for partner in call.search("res.partner", ["supplier_rank", ">", 0])}
    kind = call.search("stock.picking.type", ["code", "=", "incoming"])[0]
    for number, (vendor, days, wanted) in enumerate(ORDERS, 1):
        order = call.create(
            "purchase.order", partner_id=vendors[vendor].id, partner_ref=f"{vendor[:2].upper()}-{7000 + number}",
            date_planned=_noon(call, days), picking_type_id=kind.id, company_id=1,
        )  # fmt: skip
        for ref, quantity, box in wanted:
            unit = boxes[box] if box else goods[ref].uom_id
            call.create(
                "purchase.order.line", order_id=order.id, product_id=goods[ref].id, product_qty=quantity,
                price_unit=1.5, **purchases.in_unit(call, unit),
            )  # fmt: skip
        call.models["purchase.order"].button_confirm(call, [order])  # type: ignore[attr-defined]  # of this model only


def _noon(call: Call, days: int) -> datetime:
    return datetime.combine(call.now.date() + days * _DAY, time(12), UTC)


def _known(call: Call, external: str, record: Record) -> None:
    remember(call, external, record, noupdate=True)
