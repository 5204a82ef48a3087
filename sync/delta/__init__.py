"""One pass over Odoo, kind by kind, into the generation being pulled (design 6, decision 034)."""
