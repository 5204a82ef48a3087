"""What the site's policy names and Odoo does not have, in a sentence: what for, and where in Odoo it is made."""

from typing import Final

from client.words.tongue import Sentences, tr
from client.work.site.plan import Missing
from sync.stock import Usage

_LOCATIONS: Final = (
    "Make it in Odoo under Inventory > Configuration > Locations (the menu needs Storage Locations in the settings),"
    " type {type}."
)
_CATEGORIES: Final = (
    "Make it in Odoo under Inventory > Configuration > Categories (17: Product Categories), or write its complete name."
)

_TELL: Final = Sentences(
    {
        "place_unknown": "{where}: no place in Odoo is called {name}, nor has it as its barcode{near}. {until} {make}",
        "place_ambiguous": "{where}: {count} places in Odoo are called {name}. {until} Write its barcode instead.",
        "place_archived": "{where}: {name} is archived in Odoo. {until} Bring it back under Inventory > Configuration >"
        " Locations (filter: Archived).",
        "place_twice": "{where}: {name} is the same place as {other}, written above. Write it once: the last counts.",
        "place_is_loss": "{where}: {name} is an inventory-loss place in Odoo: what is used would count as shrinkage."
        ' {until} {make} If it is meant: {{"to": "{name}", "loss": true}}.',
        "place_unfit": "{where}: {name} has the type {usage} in Odoo, and that does not serve here. {until} {make}",
        "category_unknown": "{where}: no product category in Odoo is called {name}. {until} {make}",
    }
)

_UNTIL: Final = Sentences(
    {
        "place": "Until then, what the policy says of it holds nowhere.",
        "use": "Until then, this use is not offered.",
        "waste": "Until then, this waste is not offered.",
        "quarantine": (
            "Until then, goods cannot be put aside there, and only what lies in a place of that name is held."
        ),
        "transit": "Until then, such a transfer is booked in one step.",
        "relabel": "Until then, a lot change is not offered.",
        "adjustment": "Until then, what counts find is booked in Odoo's own adjustment place.",
        "cold_chain": "Until then, nobody is asked for the temperature of such goods.",
        "controlled": "Until then, such goods move without a witness.",
        "shelf_life_days_of": "Until then, such goods need the shelf life of all others.",
    }
)

_TYPE: Final = Sentences(
    {
        "place": "Internal",
        "use": "Customer or Production",
        "waste": "Inventory Loss",
        "quarantine": "Internal",
        "transit": "Transit",
        "relabel": "Inventory Loss or Production",
        "adjustment": "Inventory Loss",
    }
)

_USAGES: Final = Sentences(
    {
        Usage.SUPPLIER: "Vendor",
        Usage.VIEW: "View",
        Usage.INTERNAL: "Internal",
        Usage.CUSTOMER: "Customer",
        Usage.INVENTORY: "Inventory Loss",
        Usage.PRODUCTION: "Production",
        Usage.TRANSIT: "Transit",
    }
)


def missing(one: Missing) -> str:
    """What is not there, what it is needed for, and where in Odoo it is made."""
    make = tr(_LOCATIONS).format(type=_TYPE[one.needed]) if one.needed in _TYPE else tr(_CATEGORIES)
    near = tr(" ({near} is near: write it whole)").format(near=one.facts["near"]) if "near" in one.facts else ""
    usage = _USAGES.get(Usage(str(one.facts["usage"])), "") if "usage" in one.facts else ""
    told: dict[str, object] = {"where": one.where, "name": one.name, "until": _UNTIL[one.needed], "make": make}
    told |= {"count": one.facts.get("count", 0), "other": one.facts.get("other", "")}
    return _TELL[one.code].format(**told, near=near, usage=usage)
