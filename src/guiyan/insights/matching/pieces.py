"""One piece of a run: facts → verdicts → counts and audience, in the transaction of its job.

A job killed at any point leaves nothing in the database; its folder is emptied by the next try. The verdicts stay in
`GUIYAN_HOME/matching/run-N/` (ids and codes alone), the facts are removed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import transaction

from guiyan.engine.population import PopulationError
from guiyan.engine.rules import FactError, RuleError
from guiyan.insights.matching.population import match_folder
from guiyan.insights.snapshot import write_facts
from guiyan.kernel import failpoints, jobs, releases
from guiyan.outreach import actions as outreach
from guiyan.outreach.actions.computing import Count
from guiyan.outreach.models import MatchPiece

YES = pl.col("verdict") == "yes"


@jobs.job(outreach.COMPUTE, label="政策找人：匹配")
def compute_piece(run_id: int) -> None:
    """The next piece of the run. What the engine refuses is written on the run; anything else is tried again."""
    piece = outreach.next_piece(run_id)
    if piece is None:
        return
    try:
        with transaction.atomic():
            compute(piece)
    except (PopulationError, FactError, RuleError) as wrong:
        outreach.note_problem(run_id, f"{piece.name}没有算成：{wrong}")


def compute(piece: MatchPiece) -> None:
    run, pack = piece.run, releases.release(piece.run.release)
    facts, found = fresh(piece, "facts"), fresh(piece, "verdicts")
    written = write_facts(facts, pack, run.kind, run.day, (piece.low, piece.high))
    match_folder([pack.compiled[name] for name in run.measures], pack.catalogue, run.kind, run.day, facts, found)
    failpoints.hit("piece_written")
    outreach.take_piece(piece, matched_in(found, run.measures, written.rows))
    shutil.rmtree(facts)


def fresh(piece: MatchPiece, what: str) -> Path:
    """The path of a folder that is not there, whatever a try before left of it."""
    folder = Path(settings.GUIYAN_HOME) / "matching" / f"run-{piece.run_id}" / f"{piece.number}-{what}"
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def matched_in(found: Path, measures: Sequence[str], subjects: int) -> outreach.Matched:
    """What the verdicts come to; nothing is in memory but the sums and a part of the rows at a time."""
    rows = pl.scan_parquet(found / "*.parquet")
    return outreach.Matched(subjects, counts_in(rows, measures), missing_in(rows), audience_in(found))


def counts_in(rows: pl.LazyFrame, measures: Sequence[str]) -> list[Count]:
    """One for each measure, also where it fits nobody, and one for whom any fits, or may."""
    sums = rows.group_by("measure_id").agg(
        YES.sum().alias("yes"), (~YES).sum().alias("unknown"), pl.col("amount_max_fen").filter(YES).sum().alias("fen"),
        pl.col("amount_max_fen").filter(YES).count().alias("named"),
    )  # fmt: skip
    known = {row["measure_id"]: row for row in sums.collect(engine="streaming").iter_rows(named=True)}
    each = [count_of(name, known.get(name)) for name in measures]
    people = rows.group_by("subject_id").agg(YES.any().alias("yes"))
    anybody = people.select(pl.col("yes").sum().alias("yes"), (~pl.col("yes")).sum().alias("unknown"))
    yes, unknown = anybody.collect(engine="streaming").row(0)
    return [*each, Count("", yes, unknown, None)]


def count_of(measure: str, row: dict[str, int] | None) -> Count:
    if row is None:
        return Count(measure, 0, 0, None)
    return Count(measure, row["yes"], row["unknown"], row["fen"] if row["named"] else None)


def missing_in(rows: pl.LazyFrame) -> list[tuple[str, str, int]]:
    each = rows.filter(~YES).select("measure_id", "missing").explode("missing").drop_nulls()
    counted = each.group_by("measure_id", "missing").len().sort("measure_id", "missing")
    return [(measure, fact, number) for measure, fact, number in counted.collect(engine="streaming").iter_rows()]


def audience_in(found: Path) -> Iterator[tuple[int, str, int | None]]:
    for part in sorted(found.glob("*.parquet")):
        frame = pl.read_parquet(part, columns=["subject_id", "measure_id", "verdict", "amount_max_fen"])
        yield from frame.filter(YES).select("subject_id", "measure_id", "amount_max_fen").iter_rows()
