"""Goods that arrive from a vendor: the delivery, its orders, its rules, and what it posts."""
