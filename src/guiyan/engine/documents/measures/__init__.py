"""What is given, to whom, on which conditions, and who handles it."""
