"""Refused transactions as cards, and every way out of one."""
