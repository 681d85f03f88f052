"""What people may ask about the data held of them: to see it, to take a copy, to have it put right, blocked, erased."""
