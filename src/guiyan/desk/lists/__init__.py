"""What all lists of the desk have in common: the filters they know, saved views, how they print."""
