"""A clause of a document as it is compared: a task, an indicator or a measure, and what of it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from guiyan.engine.documents.comparing.words import alike, bare, heading, plan_name

SAME_HEADING = 0.5


@dataclass(frozen=True, slots=True)
class Clause:
    """One task, indicator or measure. key: the caller's own; words: what the text says, without its list of units.

    figure: comparator or kind, then the numbers, money in yuan. counted: what the figure counts (人, 家, 元, %).
    terms: who gets a benefit and on what conditions.
    """

    key: str
    kind: str
    title: str
    plan: str = ""
    path: tuple[str, ...] = ()
    parent: str = ""
    words: str = ""
    lead: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    counted: str = ""
    period: str = ""
    terms: tuple[str, ...] = ()


def is_moved(old: Clause, new: Clause) -> bool:
    """Whether it stands in another plan, or under headings that are not the old ones, reworded perhaps."""
    if old.plan and new.plan and plan_name(old.plan) != plan_name(new.plan):
        return True
    before, after = above(old), above(new)
    return len(before) != len(after) or any(alike(a, b) < SAME_HEADING for a, b in zip(before, after, strict=True))


def path_of(clause: Clause) -> tuple[str, ...]:
    """The headings of a clause without numbers, and without the plan's title."""
    path = tuple(heading(words) for words in clause.path)
    return path[1:] if path and clause.plan and path[0] == heading(clause.plan) else path


def above(clause: Clause) -> tuple[str, ...]:
    """The headings above a clause, without its own."""
    path = path_of(clause)
    return path[:-1] if path and path[-1] == bare(clause.title) else path


def names_of(units: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({bare(name) for name in units}))


def amounts(clause: Clause) -> tuple[str, ...]:
    """The figure with numbers in one form: 5000.0 and 5000 are the same."""
    return tuple(_plain(part) for part in clause.figure)


def _plain(part: str) -> str:
    number = part.replace(".", "", 1).removeprefix("-")
    return f"{Decimal(part).normalize():f}" if number.isascii() and number.isdecimal() else part
