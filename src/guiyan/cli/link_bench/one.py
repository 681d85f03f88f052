"""One new person at a time against the known, whose keys stand in an index as in a city's database (SQLite here)."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from guiyan.engine.linkage import Frequencies, Settings, blocking_keys, load_settings, match_one, open_people
from guiyan.engine.linkage.linking import frequencies
from guiyan.engine.linkage.preparing import prepare_side

PEOPLE = 300
FREQUENT = ("张伟", "王伟", "李娜")
Row = dict[str, Any]


def one_by_one(folder: Path) -> dict[str, Any]:
    """Timed for each: keys, look-up, comparison, reasons, in processor time, which others don't lengthen.
    Half of those tried have the commonest names."""
    settings = load_settings()
    with tempfile.TemporaryDirectory(dir=folder) as place, sqlite3.connect(Path(place, "known.sqlite")) as index:
        began = time.perf_counter()
        known = build(index, folder, Path(place), settings)
        built = time.perf_counter() - began
        tried = list(new_people(folder))
        match_one(tried[0], [tried[0]], settings, known)
        taken, waited, found, right = [], [], 0, 0
        for row in tried:
            began, at_work = time.perf_counter(), time.process_time()
            candidates = look_up(index, blocking_keys(row, settings), settings.most)
            links = match_one(row, candidates, settings, known)
            taken.append((time.process_time() - at_work) * 1000)
            waited.append((time.perf_counter() - began) * 1000)
            auto = [each for each in links if each.decision == "auto"]
            found += len(auto)
            right += sum(each.id[1:] == row["id"][1:] for each in auto)
    hundredths, by_the_clock = statistics.quantiles(taken, n=100), statistics.quantiles(waited, n=100)
    return {
        "people": len(tried),
        "ms_50": round(hundredths[49], 1),
        "ms_95": round(hundredths[94], 1),
        "ms_most": round(max(taken), 1),
        "by_the_clock_ms_95": round(by_the_clock[94], 1),
        "auto": found,
        "auto_right": right,
        "index_seconds": round(built),
    }


def build(index: sqlite3.Connection, folder: Path, place: Path, settings: Settings) -> Frequencies:
    people = open_people(folder / "known")
    prepare_side(people, place / "right", settings.keys, sign=1)
    index.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
    index.execute("CREATE TABLE keys (key INTEGER, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID")
    index.execute(f"CREATE TABLE people (row INTEGER PRIMARY KEY, {', '.join(people.columns)})")
    row = 0
    for batch in people.batches():
        numbers = pl.int_range(row + 1, row + 1 + len(batch), eager=True)
        marks = ", ".join("?" * (len(people.columns) + 1))
        index.executemany(
            f"INSERT INTO people VALUES ({marks})", batch.insert_column(0, numbers.alias("row")).iter_rows()
        )
        row += len(batch)
    with duckdb.connect() as connection:
        connection.execute(
            f"SET memory_limit = '3GB'; SET temp_directory = '{place}/spill'; SET enable_progress_bar = false"
        )
        connection.execute(f"CREATE VIEW right_side AS SELECT * FROM '{place}/right/*.parquet'")
        keys = connection.execute("SELECT key, row FROM (SELECT unnest(keys) AS key, row FROM right_side) ORDER BY ALL")
        while rows := keys.fetchmany(500_000):
            index.executemany("INSERT INTO keys VALUES (?, ?)", rows)
            print(f"index: keys up to {rows[-1][0]}", file=sys.stderr, flush=True)
        return frequencies(connection, settings, people.rows)


def look_up(index: sqlite3.Connection, keys: list[int], most: int) -> list[Row]:
    rows: set[int] = set()
    for key in keys:
        found = index.execute("SELECT row FROM keys WHERE key = ? LIMIT ?", (key, most + 1)).fetchall()
        if len(found) <= most:
            rows.update(row for (row,) in found)
    cursor = index.execute(f"SELECT * FROM people WHERE row IN ({', '.join(map(str, rows))})")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, each, strict=True)) for each in cursor]


def new_people(folder: Path) -> Iterator[Row]:
    people = pl.scan_parquet(f"{folder}/new/*.parquet")
    yield from people.filter(pl.col("name").is_in(FREQUENT)).head(PEOPLE // 2).collect().iter_rows(named=True)
    yield from people.filter(~pl.col("name").is_in(FREQUENT)).head(PEOPLE // 2).collect().iter_rows(named=True)
