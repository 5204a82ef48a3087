"""What all postings share: what is judged before, written with them, and read back after."""
