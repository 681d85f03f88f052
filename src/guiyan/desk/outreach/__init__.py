"""政策找人 at the desk: runs, what they found, agreeing to tell people, the funnel of what came of it."""
