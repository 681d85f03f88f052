"""Keyset pages: the next page begins after the last row, so that page 1,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from guiyan.kernel.numbers import whole

M = TypeVar("M", bound=Model)
COUNT_CAP = 10_000


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of rows. `after` and `before` are the cursors of the neighbours, empty at the ends."""

    rows: Sequence[M]
    after: str
    before: str
    total: int
    capped: bool

    @property
    def count_words(self) -> str:
        return f"{COUNT_CAP:,}多" if self.capped else f"{self.total:,}"


def count_capped(rows: QuerySet[M]) -> tuple[int, bool]:
    """How many rows, and whether there are more than are counted."""
    total = rows.order_by()[: COUNT_CAP + 1].count()
    return min(total, COUNT_CAP), total > COUNT_CAP


def page_by_id(rows: QuerySet[M], *, after: str, before: str, size: int, oldest_first: bool = False) -> Page[M]:
    """Newest first. `after`, `before`: ids; anything else is taken as the first page."""
    total, capped = count_capped(rows)
    start, end = whole(after), whole(before)
    on, back = ("gt", "lt") if oldest_first else ("lt", "gt")
    forward, backward = ("pk", "-pk") if oldest_first else ("-pk", "pk")
    if end is not None:
        found = list(rows.filter(**{f"pk__{back}": end}).order_by(backward)[: size + 1])
        more_before, more_after = len(found) > size, True
        found = found[:size][::-1]
    else:
        if start is not None:
            rows = rows.filter(**{f"pk__{on}": start})
        found = list(rows.order_by(forward)[: size + 1])
        more_before, more_after = start is not None, len(found) > size
        found = found[:size]
    return Page(
        found,
        str(found[-1].pk) if found and more_after else "",
        str(found[0].pk) if found and more_before else "",
        total,
        capped,
    )


FAR = date(9999, 12, 31)
KEYS = ("due_key", "due_tie")
"""What a list by its days is turned by (see due_order): a day, and a number that tells rows of one day apart."""


def page_by_due(rows: QuerySet[M], *, after: str, before: str, size: int) -> Page[M]:
    """By `due_key` and `due_tie`. Cursors read 2026-06-09.17 (both keys); anything else is taken as the first page."""
    total, capped = count_capped(rows)
    start, end = _cursor(after), _cursor(before)
    if end is not None:
        day, tie = end
        earlier = rows.filter(Q(due_key__lt=day) | Q(due_key=day, due_tie__lt=tie))
        found = list(earlier.order_by(*(f"-{key}" for key in KEYS))[: size + 1])
        more_before, more_after = len(found) > size, True
        found = found[:size][::-1]
    else:
        if start is not None:
            day, tie = start
            rows = rows.filter(Q(due_key__gt=day) | Q(due_key=day, due_tie__gt=tie))
        found = list(rows.order_by(*KEYS)[: size + 1])
        more_before, more_after = start is not None, len(found) > size
        found = found[:size]
    return Page(
        found,
        _mark(found[-1]) if found and more_after else "",
        _mark(found[0]) if found and more_before else "",
        total,
        capped,
    )


def _cursor(text: str) -> tuple[date, int] | None:
    day, _, tie = text.partition(".")
    number = whole(tie.removeprefix("-"))
    try:
        return (date.fromisoformat(day), -number if tie.startswith("-") else number) if number is not None else None
    except ValueError:
        return None


def _mark(row: Model) -> str:
    return f"{row.due_key.isoformat()}.{row.due_tie}"  # type: ignore[attr-defined]
