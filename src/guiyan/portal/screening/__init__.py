"""我能享受什么: one question a page, the answers kept in the session, the verdicts with their reasons."""
