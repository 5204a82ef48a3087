"""Who may what, in words: why a role was refused, and what the role is called."""

from typing import Final

from client.words.tongue import Sentences

RIGHTS: Final = Sentences(
    {
        "receive": "Receiving is for storekeepers, nurses and supervisors",
        "close_short": "Only a supervisor closes an order short",
        "over_receive": "Only a supervisor takes in so much more than ordered",
        "accept_expired": "Only a supervisor takes in expired goods",
        "change_expiry": "Only a supervisor changes the date of a lot",
        "make_lot": "Only store staff make a lot of their own",
        "withdraw": "Only a supervisor withdraws what others did or Odoo refused",
        "settle": "A supervisor settles what others did",
        "blind_receipt": "Only a supervisor takes in goods without an order",
        "accept_held": "Only a supervisor moves goods that are on hold",
        "quarantine": "Goods are put on hold by nurses, storekeepers and supervisors",
        "count": "Counting is not for this role",
        "move": "Moving goods is for nurses, storekeepers and supervisors",
        "use": "Using goods is for nurses, storekeepers and supervisors",
        "waste": "Throwing away is for nurses, storekeepers and supervisors",
        "return": "Giving back is for nurses, storekeepers and supervisors",
        "other_lot": "Only store staff send another lot than planned",
        "lot_change": "Only store staff change the lot of goods",
        "supplier_return": "Only store staff send goods back to a supplier",
        "release": "Only a supervisor lets something go ahead of what it waits for",
        "hold": "Only a supervisor puts goods on hold or lets them go",
        "take_over": "Only a supervisor goes on with what others began",
        "teach_barcode": "Only a supervisor teaches a code",
        "retry": "Only a supervisor sends it again at once",
        "apply_count": "Only a supervisor applies a count at once",
        "take_reserved": "Only store staff take what is reserved for another; say a reason instead",
    }
)
"""By the act a role may not do."""


_ROLES: Final = Sentences(
    {"nurse": "Nurse", "storekeeper": "Storekeeper", "counter": "Counter", "supervisor": "Supervisor"}
)


def role(name: str) -> str:
    """The role of the person at the device."""
    return _ROLES.get(name) or name.capitalize()
