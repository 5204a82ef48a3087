"""What a row of the receiving page is called."""


def row_key(product_id: int, *, unexpected: bool, picking_id: int = 0) -> str:
    """Names one row of the list: a product of an order, or the same product beside them.

    `picking_id` is 0 for the order that began the delivery.
    """
    of = f"@{picking_id}" if picking_id else ""
    return f"{'beside' if unexpected else 'order'}:{product_id}{of}"
