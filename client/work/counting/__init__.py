"""Counts: blind, said by people, held against the book only when all is said."""
