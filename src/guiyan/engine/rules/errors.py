"""What is wrong with a rule or a fact, in words that name it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

Path = tuple[str | int, ...]


class RuleError(ValueError):
    """A rule that can't be read, typed or resolved. Nothing that fails is ever taken as true."""


class PlacedRuleError(RuleError):
    """A RuleError that knows where in the measure it is."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


@contextmanager
def at(path: Path) -> Iterator[None]:
    """What goes wrong inside is wrong at this place of the measure, unless it knows its own."""
    try:
        yield
    except PlacedRuleError:
        raise
    except ValueError as wrong:
        raise PlacedRuleError(path, str(wrong)) from None


class FactError(ValueError):
    """A fact given that does not exist or has the wrong type."""


def unknown_fact(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    listed = sorted(known)
    more = ", …" if len(listed) > 30 else ""
    return f"unknown fact `{name}`.{hint} Known facts: {', '.join(listed[:30]) or 'none'}{more}"
