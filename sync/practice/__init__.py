"""A stand-in Odoo: training and tests talk to it as to a real one. It knows nothing of the rest of Wardstock."""
