"""Reports written from the records."""
