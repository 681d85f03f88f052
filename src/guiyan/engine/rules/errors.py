"""What is wrong with a rule or a fact, in words that name it."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


class RuleError(ValueError):
    """A rule that can't be read, typed or resolved. Nothing that fails is ever taken as true."""


class FactError(ValueError):
    """A fact given that does not exist or has the wrong type."""


def unknown_fact(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    listed = sorted(known)
    more = ", …" if len(listed) > 30 else ""
    return f"unknown fact `{name}`.{hint} Known facts: {', '.join(listed[:30]) or 'none'}{more}"
