"""Postings on a picking Odoo planned: guarded lines, one device at a time."""
