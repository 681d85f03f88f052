"""Accounts: users, their posts in units, what the posts grant, and the regions they reach."""
