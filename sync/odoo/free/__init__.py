"""Postings nobody planned: pickings of their own, in batches."""
