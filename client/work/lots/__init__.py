"""Another lot for goods that lie on a shelf."""
