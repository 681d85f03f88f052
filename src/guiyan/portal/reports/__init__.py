"""What residents write into the registers: reports about themselves, and answers to published entries."""
