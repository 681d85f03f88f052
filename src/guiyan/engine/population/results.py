"""What a run over a population gives, the same from every engine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from guiyan.engine.population.plan import Outcome, PlannedMeasure

Told = Callable[[int], None]


def untold(subjects: int) -> None:
    """Progress that nobody wants to hear of."""


@dataclass(frozen=True)
class Counted:
    """How many meet a measure, how many may (a fact is missing), and what those who meet it can get at most, in fen.

    amount_max_fen: None where the measure states no sum; people whose sum is not stated don't count in it.
    """

    measure: str
    yes: int
    unknown: int
    amount_max_fen: int | None

    @classmethod
    def of(cls, measure: PlannedMeasure, yes: int, unknown: int, fen: int | None = None) -> Counted:
        if measure.plain_amount:
            fen = None if measure.amount_fen is None else measure.amount_fen * yes
        return cls(measure.id, yes, unknown, fen if measure.states_money else None)

    @classmethod
    def by_key(cls, measure: PlannedMeasure, found: Iterable[tuple[Outcome, int]]) -> Counted:
        """From how many people have each outcome."""
        people: Counter[bool | None] = Counter()
        fen = 0
        for outcome, count in found:
            people[outcome.decided] += count
            fen += count * (outcome.amount_fen or 0) if outcome.decided else 0
        return cls.of(measure, people[True], people[None], fen)


def out_schema(subject: pl.DataType) -> dict[str, pl.DataType]:
    """Columns of the rows that are written: `missing` in the order of the measure's conditions; empty beside a yes."""
    return {
        "subject_id": subject,
        "measure_id": pl.String(),
        "verdict": pl.String(),
        "amount_max_fen": pl.Int64(),
        "missing": pl.List(pl.String()),
    }


@contextmanager
def whole_or_nothing(out: Path) -> Iterator[Path]:
    """A path to write to; it becomes `out` at the end, and goes if anything fails."""
    part = out.with_name(f".{out.name}.part")
    try:
        yield part
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
