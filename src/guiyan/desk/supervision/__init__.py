"""Supervision orders: what was asked, by when, what was answered."""
