"""Writing: who is a partner, packages out and in."""

from __future__ import annotations

from guiyan.exchange.counting import count_call
from guiyan.exchange.partners import add_partner, end_partner, own_card
from guiyan.exchange.receiving import receive_package
from guiyan.exchange.sending import ask_package, decide_package, fetch_package

__all__ = [
    "add_partner",
    "ask_package",
    "count_call",
    "decide_package",
    "end_partner",
    "fetch_package",
    "own_card",
    "receive_package",
]
