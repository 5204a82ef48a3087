"""Pictures a person took, attached to the document in Odoo under external ids of their own (contract 11)."""

import base64
from http import HTTPStatus

from sync.odoo.posting.sending import Photo, Sending
from sync.odoo.wire.errors import OdooError
from sync.odoo.wire.load import ABOUT_A_RECORD, load, xid
from sync.odoo.wire.session import Session
from sync.transaction import Difference


def attach_photos(session: Session, sending: Sending, picking_id: int) -> tuple[Difference, ...]:
    """Each once, however often this runs. Called when the document is done: what is refused leaves no picture behind.

    A picture Odoo or a proxy before it will not take is a difference, never a reason to refuse the booking. Raises
    `OdooError` where nobody knows.
    """
    return tuple(
        Difference("photo", photo.name, _shortly(no))
        for number, photo in enumerate(sending.photos, 1)
        if (no := _attach(session, f"att-{sending.transaction.uuid}-{number}", photo, picking_id))
    )


def _attach(session: Session, name: str, photo: Photo, picking_id: int) -> OdooError | None:
    row = [xid(name), photo.name, "stock.picking", picking_id, base64.b64encode(photo.data).decode()]
    try:
        load(session, "ir.attachment", ["id", "name", "res_model", "res_id", "datas"], [row])
    except OdooError as error:
        if error.family not in ABOUT_A_RECORD and error.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise
        return error
    return None


def _shortly(no: OdooError) -> str:
    if no.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return "too large"
    return no.message or no.code
