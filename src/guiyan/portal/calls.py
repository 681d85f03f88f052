"""Whom people may call: the city's numbers, as the pack declares them."""

from __future__ import annotations

from guiyan.kernel import releases
from guiyan.packs.places import Contact


def advice() -> Contact | None:
    """The line for questions about policies."""
    return releases.current().city.contacts.get("advice")


def supervision() -> Contact | None:
    """The line for complaints."""
    return releases.current().city.contacts.get("supervision")
