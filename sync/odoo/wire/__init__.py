"""The line to one Odoo: dialects, errors, capabilities, and the calls everything else is made of."""
