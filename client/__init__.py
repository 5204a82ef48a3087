"""What people touch: scanning, the jobs of the ward, the pages, the command line."""
