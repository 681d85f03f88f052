"""Two files of people linked: Parquet in, Parquet out, in bounded memory."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from guiyan.engine import duck
from guiyan.engine.linkage.blocking import collect_pairs
from guiyan.engine.linkage.deciding import decided, one_to_one
from guiyan.engine.linkage.files import People
from guiyan.engine.linkage.frequencies import Frequencies, counting
from guiyan.engine.linkage.preparing import Told, prepare_side, untold
from guiyan.engine.linkage.reasons import reasons
from guiyan.engine.linkage.settings import Settings
from guiyan.engine.linkage.splink_duckdb import scored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART = 100_000  # left people whose pairs are scored together
MEMORY = "3GB"


@dataclass
class Linked:
    """pairs: candidates looked at, a pair that shares several keys counted for each."""

    left: int
    right: int
    pairs: int = 0
    decisions: Counter[str] = field(default_factory=Counter)


def out_schema(left: People, right: People) -> dict[str, pl.DataType]:
    return {
        "left_id": left.id,
        "right_id": right.id,
        "probability": pl.Float64(),
        "decision": pl.String(),
        "reason": pl.String(),
    }


def link(
    left: People, right: People, out: Path, settings: Settings, *, best_only: bool = False, told: Told = untold
) -> Linked:
    """`out` appears when it is whole: a row for each pair above the review threshold. best_only: one to one.

    Temporary files lie beside `out`: hashes and numbers, some 250 bytes a person.
    """
    result = Linked(left.rows, right.rows)
    with workplace(out) as (folder, connection), whole_or_nothing(out) as part:
        prepare_side(left, folder / "left", settings.keys, sign=-1, told=told)
        prepare_side(right, folder / "right", settings.keys, sign=1, told=told)
        for side in ("left", "right"):
            connection.execute(f"CREATE VIEW {side}_side AS SELECT * FROM '{folder}/{side}/*.parquet'")
        parts = min(max(1, -(-left.rows // PART)), 250)
        result.pairs = collect_pairs(connection, settings, parts, told)
        known = frequencies(connection, settings, right.rows)
        found = [
            decided(frame, settings, known) for frame in _told(scored(connection, settings, known, parts), parts, told)
        ]
        chosen = pl.concat(found)
        chosen = one_to_one(chosen) if best_only else chosen
        write(connection, chosen, settings, part, out_schema(left, right))
        result.decisions.update(dict(chosen["decision"].value_counts().iter_rows()))
    return result


def frequencies(connection: DuckDBPyConnection, settings: Settings, people: int) -> Frequencies:
    """Of the known side, which holds so many people."""
    shares = {
        column: dict(connection.execute(counting(column, rare, of, "right_side")).fetchall())
        for column, (rare, of) in settings.frequencies.items()
    }
    return Frequencies(shares, people)


def write(
    connection: DuckDBPyConnection,
    chosen: pl.DataFrame,
    settings: Settings,
    part: Path,
    schema: dict[str, pl.DataType],
) -> None:
    """Ids instead of row numbers, best first for each left person."""
    rows = chosen.select(
        "row_l", "row_r", "match_weight", "match_probability", "decision", reasons(settings).alias("reason")
    )
    connection.register("chosen", rows.to_arrow())
    connection.execute(
        f"""COPY (SELECT l.id AS left_id, r.id AS right_id, match_probability AS probability, decision, reason
        FROM chosen JOIN left_side l ON l.row = row_l JOIN right_side r ON r.row = row_r
        ORDER BY -row_l, match_weight DESC, row_r) TO '{part}' (FORMAT parquet)"""
    )
    connection.unregister("chosen")


def _told(frames: Iterator[pl.DataFrame], parts: int, told: Told) -> Iterator[pl.DataFrame]:
    for place, frame in enumerate(frames):
        told(f"pairs scored: part {place + 1} of {parts}")
        yield frame


@contextmanager
def workplace(out: Path) -> Iterator[tuple[Path, DuckDBPyConnection]]:
    with tempfile.TemporaryDirectory(prefix=".guiyan-link-", dir=out.parent) as place:
        folder = Path(place)
        with duck.connect(folder / "work.duckdb") as connection:
            connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{folder}/spill'")
            connection.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
            yield folder, connection


@contextmanager
def whole_or_nothing(out: Path) -> Iterator[Path]:
    part = out.with_name(f".{out.name}.part")
    try:
        yield part
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
