"""Transfers somebody planned, and the second side of those in two steps."""
