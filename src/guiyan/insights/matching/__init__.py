"""Computing matching runs (政策找人): the facts of a county, the engine over them, what it found kept by outreach."""
