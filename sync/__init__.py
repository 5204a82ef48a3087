"""What remembers and sends: the vocabulary, the store, the wire to Odoo. Knows no window and no client."""
