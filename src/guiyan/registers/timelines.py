"""One person's timeline, gathered from the modules: each offers what it knows of her, in a bounded number of queries.

A module above registers declares a source in its `queries`, imported by its `ready()`:

    @timeline_source("case", "办件")
    def cases(actor, subject_ids, most): ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone

from guiyan.kernel.actors import Actor


@dataclass(frozen=True)
class Happening:
    """Something that happened. title: what, in one line; note: by whom or where; ref: `case:12`, for a link.

    source, label: set by the registry, from the source that told it.
    """

    at: date
    title: str
    note: str = ""
    ref: str = ""
    amount_fen: int | None = None
    source: str = ""
    label: str = ""

    @property
    def day(self) -> date:
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime) else self.at

    @property
    def order(self) -> tuple[date, datetime]:
        moment = self.at if isinstance(self.at, datetime) else timezone.make_aware(datetime.combine(self.at, time()))
        return self.day, moment


Told = Callable[[Actor, Sequence[int], int], list[Happening]]
_sources: dict[str, tuple[str, Told]] = {}


def timeline_source(name: str, label: str) -> Callable[[Told], Told]:
    """Declare a source: given the actor, every id of the person and a limit, it tells the newest first."""

    def declare(told: Told) -> Told:
        _sources[name] = (label, told)
        return told

    return declare


def source_labels() -> dict[str, str]:
    """Name → label of every source there is."""
    return {name: label for name, (label, _) in sorted(_sources.items())}


def happenings_of(actor: Actor, subject_ids: Sequence[int], *, most: int, source: str = "") -> list[Happening]:
    """The newest of everything, or of one source."""
    chosen = {source: _sources[source]} if source in _sources else _sources
    found = [
        replace(one, source=name, label=label)
        for name, (label, told) in sorted(chosen.items())
        for one in told(actor, subject_ids, most)
    ]
    return sorted(found, key=lambda one: one.order, reverse=True)[:most]
