"""Counts: submitted for approval, or applied at once as a difference document."""
