"""What a lot is called between devices can never change again (design 13.1)."""

from sync.odoo.posting.lots import lot_xid


def test_a_lot_has_one_name_on_every_device_and_in_every_release() -> None:
    assert lot_xid(1, 42, "A1") == "lot-d45a52287a11524a8f75cc57b8df953a0e1f5499"


def test_another_company_has_another_lot_of_that_name() -> None:
    """On 17 the second company would get the first one's (contract 14.12)."""
    assert lot_xid(2, 42, "A1") != lot_xid(1, 42, "A1")
