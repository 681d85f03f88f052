"""What stands on a paper: texts alone, so that no word of it is read as markup."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Thing:
    """One project, one person: facts as (what, words), then tables."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """title: empty for a paper about one thing."""

    title: str
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Paper:
    """beneath: what it is of (通山县 · 大健康). closing: a sentence at the end; signed: who stamps it, or nobody.

    foot: what every page says at its foot. cover: whether it has one, with a list of contents.
    """

    title: str
    beneath: str
    host: str
    printed_on: str
    foot: str
    chapters: tuple[Chapter, ...]
    closing: str = ""
    signed: str = ""
    cover: bool = True
    notes: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        return sum(len(one.things) for one in self.chapters)
