"""Registers: people, organisations and projects, what is reported about them, and by whom. Requests are in cases."""
