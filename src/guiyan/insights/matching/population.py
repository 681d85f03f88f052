"""The engine over a folder of facts, behind one function: which measures fit whom, and what is not known of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from guiyan.engine.rules import CompiledMeasure, screen

SCHEMA = {
    "subject_id": pl.Int64(),
    "measure_id": pl.String(),
    "verdict": pl.String(),
    "amount_max_fen": pl.Int64(),
    "missing": pl.List(pl.String()),
}


def match_folder(measures: Sequence[CompiledMeasure], kind: str, on: date, facts: Path, out: Path) -> None:
    """Write a row for each yes and each unknown, as part files in the new folder `out`."""
    out.mkdir(parents=True)
    for part in sorted(facts.glob("*.parquet")):
        rows = list(verdicts(measures, kind, on, pl.read_parquet(part)))
        pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(out / part.name)


def verdicts(
    measures: Sequence[CompiledMeasure], kind: str, on: date, frame: pl.DataFrame
) -> Iterator[tuple[int, str, str, int | None, list[str]]]:
    for row in frame.iter_rows(named=True):
        subject_id = row.pop("subject_id")
        known = {name: value for name, value in row.items() if value is not None}
        for one in screen(measures, known, on=on, kind=kind):
            if one.verdict in ("yes", "unknown"):
                amount = one.amount_max_fen if one.verdict == "yes" else None
                yield subject_id, one.id, one.verdict, amount, list(one.missing)
