"""Desk pages of the treasury: payment requests, their results, the money ledger."""
