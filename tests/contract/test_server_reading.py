"""Reading for a pull: shapes of values, pages, archived rows, grouped stock (contract 3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.conftest import Odoo, unique

pytestmark = pytest.mark.contract

EMPTY = {
    "stock.lot": (["ref", "location_id", "note"], [False, False, False]),
    "product.product": (["barcode", "seller_ids", "active", "use_time"], [False, [], True, 0]),
}

FIELDS = {
    "product.product": """
        name:char default_code:char barcode:char tracking:selection uom_id:many2one>uom.uom
        use_expiration_date:boolean expiration_time:integer is_storable:boolean active:boolean
        categ_id:many2one>product.category write_date:datetime product_tmpl_id:many2one>product.template
        type:selection uom_ids:many2many>uom.uom product_uom_ids:one2many>product.uom
    """,
    "product.uom": """
        product_id:many2one>product.product uom_id:many2one>uom.uom barcode:char write_date:datetime
    """,
    "uom.uom": """
        name:char factor:float rounding:float parent_path:char relative_factor:float
        relative_uom_id:many2one>uom.uom
    """,
    "product.supplierinfo": """
        partner_id:many2one>res.partner product_id:many2one>product.product
        product_tmpl_id:many2one>product.template product_code:char product_name:char
    """,
    "stock.lot": """
        name:char product_id:many2one>product.product expiration_date:datetime use_date:datetime
        removal_date:datetime alert_date:datetime ref:char company_id:many2one>res.company product_qty:float
        write_date:datetime
    """,
    "stock.location": """
        name:char complete_name:char usage:selection parent_path:char location_id:many2one>stock.location
        barcode:char company_id:many2one>res.company active:boolean warehouse_id:many2one>stock.warehouse
        write_date:datetime
    """,
    "stock.warehouse": """
        name:char code:char lot_stock_id:many2one>stock.location in_type_id:many2one>stock.picking.type
        int_type_id:many2one>stock.picking.type out_type_id:many2one>stock.picking.type
        view_location_id:many2one>stock.location reception_steps:selection
    """,
    "stock.warehouse.orderpoint": """
        product_id:many2one>product.product location_id:many2one>stock.location product_min_qty:float
        product_max_qty:float
    """,
    "stock.picking.type": """
        name:char code:selection default_location_src_id:many2one>stock.location
        default_location_dest_id:many2one>stock.location create_backorder:selection use_create_lots:boolean
        use_existing_lots:boolean barcode:char company_id:many2one>res.company
        warehouse_id:many2one>stock.warehouse
    """,
    "stock.picking": """
        name:char origin:char partner_id:many2one>res.partner scheduled_date:datetime
        picking_type_id:many2one>stock.picking.type location_id:many2one>stock.location
        location_dest_id:many2one>stock.location state:selection note:html backorder_id:many2one>stock.picking
        backorder_ids:one2many>stock.picking picking_type_code:selection purchase_id:many2one>purchase.order
        date_done:datetime user_id:many2one>res.users move_ids:one2many>stock.move
        move_line_ids:one2many>stock.move.line write_date:datetime company_id:many2one>res.company
        is_locked:boolean
    """,
    "stock.move": """
        picking_id:many2one>stock.picking product_id:many2one>product.product product_uom_qty:float
        quantity:float product_uom:many2one>uom.uom state:selection picked:boolean
        location_id:many2one>stock.location location_dest_id:many2one>stock.location
        move_dest_ids:many2many>stock.move move_orig_ids:many2many>stock.move
        purchase_line_id:many2one>purchase.order.line write_date:datetime product_qty:float reference:char
        date:datetime
    """,
    "stock.move.line": """
        picking_id:many2one>stock.picking move_id:many2one>stock.move product_id:many2one>product.product
        product_uom_id:many2one>uom.uom quantity:float quantity_product_uom:float picked:boolean
        lot_id:many2one>stock.lot lot_name:char package_id:many2one>stock.package
        result_package_id:many2one>stock.package owner_id:many2one>res.partner
        location_id:many2one>stock.location location_dest_id:many2one>stock.location expiration_date:datetime
        state:selection date:datetime
    """,
    "stock.quant": """
        product_id:many2one>product.product location_id:many2one>stock.location lot_id:many2one>stock.lot
        package_id:many2one>stock.package owner_id:many2one>res.partner quantity:float reserved_quantity:float
        available_quantity:float inventory_quantity_set:boolean inventory_quantity:float
        user_id:many2one>res.users expiration_date:datetime write_date:datetime in_date:datetime
    """,
    "purchase.order": """
        name:char state:selection partner_id:many2one>res.partner partner_ref:char
        picking_ids:many2many>stock.picking order_line:one2many>purchase.order.line date_planned:datetime
        receipt_status:selection
    """,
    "purchase.order.line": """
        order_id:many2one>purchase.order product_id:many2one>product.product product_qty:float
        qty_received:float product_uom_id:many2one>uom.uom move_ids:one2many>stock.move
    """,
    "product.category": """
        name:char complete_name:char parent_path:char parent_id:many2one>product.category
    """,
    "res.partner": """
        name:char ref:char active:boolean
    """,
    "res.company": """
        name:char nomenclature_id:many2one>barcode.nomenclature
    """,
    "barcode.nomenclature": """
        name:char is_gs1_nomenclature:boolean gs1_separator_fnc1:char rule_ids:one2many>barcode.rule
        upc_ean_conv:selection
    """,
    "stock.package": """
        name:char location_id:many2one>stock.location
    """,
    "res.users.apikeys": """
        name:char scope:char expiration_date:datetime user_id:many2one>res.users
    """,
    "ir.module.module": """
        name:char state:selection latest_version:char
    """,
}
"""What a pull reads, with types and relations as Odoo 19 describes them."""


BEFORE_19 = {
    "product.product": """
        name:char default_code:char barcode:char tracking:selection uom_id:many2one>uom.uom
        use_expiration_date:boolean expiration_time:integer active:boolean categ_id:many2one>product.category
        write_date:datetime product_tmpl_id:many2one>product.template type:selection
        packaging_ids:one2many>product.packaging
    """,
    "product.packaging": """
        name:char product_id:many2one>product.product qty:float barcode:char write_date:datetime
        product_uom_id:many2one>uom.uom
    """,
    "uom.uom": """
        name:char factor:float factor_inv:float rounding:float uom_type:selection category_id:many2one>uom.category
    """,
    "stock.quant.package": """
        name:char location_id:many2one>stock.location
    """,
}
ON_17 = {
    "product.product": f"{BEFORE_19['product.product']} detailed_type:selection",
    "res.users.apikeys": "name:char scope:char user_id:many2one>res.users",
}
ON_18 = {"product.product": f"{BEFORE_19['product.product']} is_storable:boolean"}


def read_by_a_pull(odoo: Odoo) -> dict[str, dict[str, str]]:
    """What a pull reads of this Odoo, with types and relations."""
    fields = {model: dict(word.split(":") for word in words.split()) for model, words in FIELDS.items()}
    if odoo.major >= 19:
        return fields
    for model in ("product.uom", "stock.package"):
        del fields[model]
    for table in (BEFORE_19, {17: ON_17, 18: ON_18}[odoo.major]):
        fields |= {model: dict(word.split(":") for word in words.split()) for model, words in table.items()}
    fields["stock.move"]["name"] = "char"
    unit = fields["purchase.order.line"].pop("product_uom_id")
    fields["purchase.order.line"]["product_uom"] = unit
    return {
        model: {name: kind.replace("stock.package", "stock.quant.package") for name, kind in one.items()}
        for model, one in fields.items()
    }


def test_each_field_a_pull_reads_is_there(odoo: Odoo) -> None:
    for model, wanted in read_by_a_pull(odoo).items():
        rows = odoo.ok(model, "search_read", domain=[], fields=list(wanted), limit=3, order="id")

        assert all(set(row) == {"id", *wanted} for row in rows), model


def test_fields_have_odoos_types(odoo: Odoo) -> None:
    for model, wanted in read_by_a_pull(odoo).items():
        told = odoo.ok(model, "fields_get", attributes=["type", "relation"])

        kinds = {name: ">".join(filter(None, (told[name]["type"], told[name].get("relation")))) for name in wanted}
        assert kinds == wanted, model


GONE = {
    17: {"stock.move": ["inventory_name"], "product.product": ["is_storable", "product_uom_ids"],
         "res.users.apikeys": ["expiration_date"], "uom.uom": ["relative_factor", "parent_path"]},
    18: {"stock.move": ["inventory_name"], "product.product": ["detailed_type", "product_uom_ids"],
         "uom.uom": ["relative_factor", "parent_path"]},
    19: {"stock.move": ["name"], "product.product": ["detailed_type", "packaging_ids"],
         "uom.uom": ["category_id", "factor_inv"]},
}  # fmt: skip
"""What other versions have, and this one has not: to ask for it is a mistake that shows."""


def test_fields_of_other_versions_are_not_there(odoo: Odoo) -> None:
    for model, names in GONE[odoo.major].items():
        for name in names:
            status, told = odoo.call(model, "search_read", domain=[], fields=[name], limit=1)

            assert (status, told["name"]) == (500, "builtins.ValueError"), name


def test_without_classic_read_a_link_is_a_bare_id(odoo: Odoo) -> None:
    lot = odoo.lot(odoo.product())

    row = odoo.ok("stock.lot", "search_read", domain=[["id", "=", lot]], fields=["product_id"], load="")[0]

    assert isinstance(row["product_id"], int)


def test_values_as_json(odoo: Odoo) -> None:
    product = odoo.product()
    picking = odoo.expected((product, 10))

    move = odoo.row(
        "stock.move", picking["moves"][product]["id"], "product_id", "product_uom_qty", "picked", "to_refund"
    )
    name = odoo.row("product.product", product, "default_code", "name", "display_name")

    assert move["product_id"] == [product, name["display_name"]]
    assert name["display_name"] == f"[{name['default_code']}] {name['name']}"
    assert isinstance(move["product_uom_qty"], float)
    assert move["picked"] is False
    row = odoo.row("stock.picking", picking["id"], "date_done", "note", "backorder_id", "backorder_ids", "write_date")
    assert (row["date_done"], row["note"], row["backorder_id"], row["backorder_ids"]) == (False, False, False, [])
    assert len(row["write_date"]) == len("2026-11-21 01:25:29")


@pytest.mark.parametrize("model", EMPTY)
def test_nothing_is_false_or_an_empty_list(odoo: Odoo, model: str) -> None:
    key = odoo.product() if model == "product.product" else odoo.lot(odoo.product())
    names, values = EMPTY[model]

    row = odoo.row(model, key, *names)

    assert [row[name] for name in names] == values


def test_pages_by_id(odoo: Odoo) -> None:
    product = odoo.product()
    lots = [odoo.lot(product, f"L{number}") for number in range(5)]
    domain: list[Any] = [["product_id", "=", product]]

    pages, last = [], 0
    while page := odoo.ok("stock.lot", "search_read", domain=[*domain, ["id", ">", last]], fields=["name"],
                          order="id", limit=2):  # fmt: skip
        pages.append([row["id"] for row in page])
        last = page[-1]["id"]

    assert pages == [lots[:2], lots[2:4], lots[4:]]
    assert odoo.ok("stock.lot", "search", domain=domain, order="id desc", limit=1, offset=1) == [lots[3]]
    assert odoo.ok("stock.lot", "search_count", domain=domain) == 5


def test_what_changed_since(odoo: Odoo) -> None:
    product = odoo.product()
    lot = odoo.lot(product)
    at = odoo.row("stock.lot", lot, "write_date")["write_date"]

    def since(moment: str) -> list[int]:
        domain = [["write_date", ">=", moment], ["product_id", "=", product]]
        found: list[int] = odoo.ok("stock.lot", "search", domain=domain)
        return found

    assert since(at) == [lot]
    assert since("2199-01-01 00:00:00") == []


def test_archived_rows_only_when_asked_for(odoo: Odoo) -> None:
    product = odoo.product()
    odoo.ok("product.product", "write", "admin", ids=[product], vals={"active": False})
    mine = ["id", "=", product]

    assert odoo.ok("product.product", "search_count", domain=[mine]) == 0
    assert odoo.ok("product.product", "search_count", domain=[mine, ["active", "in", [True, False]]]) == 1
    assert odoo.ok("product.product", "search_count", domain=[mine], context={"active_test": False}) == 1
    assert odoo.row("product.product", product, "active")["active"] is False


DOMAINS: list[tuple[list[Any], list[str]]] = [
    ([["name", "=", "b1"]], ["b1"]),
    ([["name", "!=", "b1"]], ["A1", "a2", "b_"]),
    ([["name", "in", ["b1", "a2"]]], ["a2", "b1"]),
    ([["name", "not in", ["b1", "a2"]]], ["A1", "b_"]),
    ([["name", "like", "a"]], ["a2"]),
    ([["name", "ilike", "a"]], ["A1", "a2"]),
    ([["name", "=like", "b%"]], ["b1", "b_"]),
    ([["name", "=ilike", "a_"]], ["A1", "a2"]),
    ([["name", "not ilike", "a"]], ["b1", "b_"]),
    (["|", ["name", "=", "b1"], ["name", "=", "a2"]], ["a2", "b1"]),
    (["!", ["name", "=", "b1"]], ["A1", "a2", "b_"]),
    (["&", ["name", "ilike", "1"], ["name", "ilike", "b"]], ["b1"]),
    ([["ref", "=", False]], ["A1", "a2", "b_"]),
    ([["ref", "!=", False]], ["b1"]),
    ([["expiration_date", ">", "2036-01-01 00:00:00"]], ["b1"]),
    ([["expiration_date", "<=", "2036-01-01 00:00:00"]], ["A1", "a2", "b_"]),
    ([["product_id.tracking", "=", "lot"]], ["A1", "a2", "b1", "b_"]),
    ([["product_id.tracking", "=", "serial"]], []),
    ([["name", "in", []]], []),
]


@pytest.mark.parametrize(("domain", "names"), DOMAINS, ids=[str(domain) for domain, _ in DOMAINS])
def test_domains(odoo: Odoo, domain: list[Any], names: list[str]) -> None:
    product = odoo.product()
    for name in ("A1", "a2", "b1", "b_"):
        odoo.lot(product, name, "2037-01-31 12:00:00" if name == "b1" else "2035-01-31 12:00:00")
    first = odoo.rows("stock.lot", ["product_id", "=", product], ["name", "=", "b1"], fields=["name"])[0]["id"]
    odoo.ok("stock.lot", "write", ids=[first], vals={"ref": "X"})

    rows = odoo.rows("stock.lot", ["product_id", "=", product], *domain, fields=["name"])

    assert sorted(row["name"] for row in rows) == sorted(names)


def test_places_below_and_above(odoo: Odoo) -> None:
    shelf = odoo.bin()
    inner = odoo.bin(shelf)

    def found(*leaf: Any) -> set[int]:
        return set(odoo.ok("stock.location", "search", domain=[list(leaf)]))

    assert found("id", "child_of", shelf) == {shelf, inner}
    assert {shelf, inner, odoo.stock} <= found("id", "parent_of", [inner])
    row = odoo.row("stock.location", inner, "parent_path", "complete_name", "name")
    above = odoo.row("stock.location", shelf, "parent_path", "complete_name")
    assert row["parent_path"] == f"{above['parent_path']}{inner}/"
    assert row["complete_name"] == f"{above['complete_name']}/{row['name']}"


def grouped_stock(odoo: Odoo, product: int) -> list[dict[str, Any]]:
    """The stock of a product by its key, as each version groups."""
    domain = [["location_id.usage", "in", ["internal", "transit"]], ["product_id", "in", [product]]]
    key = ["product_id", "location_id", "lot_id", "package_id", "owner_id"]
    sums = ["quantity:sum", "reserved_quantity:sum"]
    if odoo.major < 19:
        found = odoo.ok("stock.quant", "read_group", domain=domain, fields=sums, groupby=key, lazy=False)
    else:
        found = odoo.ok(
            "stock.quant", "formatted_read_group", domain=domain, groupby=key, aggregates=[*sums, "__count"]
        )
    return list(found)


def sums(odoo: Odoo, group: dict[str, Any]) -> tuple[float, float]:
    ends = ":sum" if odoo.major >= 19 else ""
    return group[f"quantity{ends}"], group[f"reserved_quantity{ends}"]


def test_a_group_says_which_rows_are_its_own(odoo: Odoo) -> None:
    product, shelf = odoo.product(), odoo.bin()
    lot = odoo.lot(product, "A")
    odoo.validate(odoo.document((product, lot, 3), target=shelf)["ids"][0], skip_backorder=True, skip_expired=True)

    group = grouped_stock(odoo, product)[0]

    narrower = group["__extra_domain" if odoo.major >= 19 else "__domain"]
    found = odoo.rows("stock.quant", *narrower, ["location_id.usage", "=", "internal"], fields=["lot_id", "quantity"])
    assert [(row["lot_id"][0], row["quantity"]) for row in found] == [(lot, 3.0)]
    assert group["__count"] == 1


def test_stock_is_grouped(odoo: Odoo) -> None:
    product, shelf = odoo.product(), odoo.bin()
    lots = [odoo.lot(product, "A"), odoo.lot(product, "B")]
    for lot in (*lots, lots[0]):
        odoo.validate(odoo.document((product, lot, 3), target=shelf)["ids"][0], skip_backorder=True, skip_expired=True)

    groups = grouped_stock(odoo, product)

    assert {group["lot_id"][1]: sums(odoo, group) for group in groups} == {"A": (6.0, 0.0), "B": (3.0, 0.0)}
    assert groups[0]["product_id"][0] == product
    assert groups[0]["location_id"][0] == shelf
    assert groups[0]["package_id"] is False


def test_a_packaging_has_a_barcode_of_its_own(odoo: Odoo) -> None:
    product, code = odoo.product(), unique("box")
    packaging = odoo.box(product, 10, code)
    model = "product.uom" if odoo.major >= 19 else "product.packaging"

    row = odoo.row(model, packaging, "product_id", "barcode")
    assert (row["product_id"][0], row["barcode"]) == (product, code)
    if odoo.major >= 19:
        box = odoo.row(model, packaging, "uom_id")["uom_id"][0]
        told = odoo.row("uom.uom", box, "factor", "rounding", "parent_path")
        assert (told["factor"], told["rounding"], told["parent_path"]) == (10.0, 0.01, f"{odoo.unit}/{box}/")
    else:
        assert odoo.row(model, packaging, "qty")["qty"] == 10.0
    several = "product_uom_ids" if odoo.major >= 19 else "packaging_ids"
    assert odoo.row("product.product", product, several)[several] == [packaging]

    values: dict[str, Any] = {"product_id": product, "barcode": code}
    values |= {"uom_id": odoo.unit} if odoo.major >= 19 else {"name": "again"}
    status, refused = odoo.call(model, "create", "admin", vals_list=[values])
    assert (status, refused["name"]) == (422, "odoo.exceptions.ValidationError")


def test_a_packaging_does_not_touch_its_product(odoo: Odoo) -> None:
    product = odoo.product()
    before = odoo.row("product.product", product, "write_date")

    odoo.box(product, 10)

    assert odoo.row("product.product", product, "write_date") == before


def test_a_unit_of_old_is_told_by_its_inverse(odoo: Odoo) -> None:
    if odoo.major >= 19:
        assert odoo.row("uom.uom", odoo.unit, "factor", "relative_factor")["factor"] == 1.0
        return
    category = odoo.row("uom.uom", odoo.unit, "category_id")["category_id"][0]
    values = {"name": unique("Box"), "category_id": category, "uom_type": "bigger", "factor": 0.1}
    box = odoo.ok("uom.uom", "create", "admin", vals_list=[values])[0]

    told = odoo.row("uom.uom", box, "factor", "factor_inv", "ratio")

    assert (told["factor"], told["factor_inv"], told["ratio"]) == (0.1, 10.0, 10.0)
