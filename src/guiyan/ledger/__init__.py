"""Ledger: own money, from the budget to the receipt. It never holds anybody else's."""
