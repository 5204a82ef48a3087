"""Goods moved, used, thrown away or given back, planned by nobody: from, items, to."""
