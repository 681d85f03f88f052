"""Streaming a query into Parquet part files: a piece of text from COPY at a time, never the whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from django.db import connection
from psycopg import sql

from guiyan.engine.rules import Fact
from guiyan.insights.snapshot.facts import fact_query
from guiyan.kernel.regions import Interval
from guiyan.packs.pack import Pack
from guiyan.registers.queries import SEPARATOR

PIECE = 16 * 1024 * 1024  # bytes of text turned into one part file
NULL = r"\N"
PLACE = "county"
# A county is joined and sorted in memory rather than on the disk; for this transaction alone.
ROOM_TO_SORT = "SET LOCAL work_mem = '64MB'"
TYPES: Mapping[str, pl.DataType] = {
    "bool": pl.Boolean(),
    "int": pl.Int64(),
    "date": pl.Date(),
    "text": pl.String(),
    "code": pl.String(),
    "region": pl.Int64(),
    "list": pl.String(),
}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Snapshot:
    """A folder of part files with `subject_id` and a column of each fact; rows: how many subjects."""

    folder: Path
    rows: int
    facts: tuple[str, ...]


def write_facts(
    folder: Path, pack: Pack, kind: str, on: date, within: Interval, told: Progress = lambda rows: None
) -> Snapshot:
    """Write what is known of each subject of the kind on that day. The folder is made and must not be there yet.

    told: called with the number of rows so far after each part. Reads inside the entered scope.
    """
    query, facts = writable(pack, kind, on, within)
    folder.mkdir(parents=True)
    rows = 0
    for number, piece in enumerate(pieces(copying(query, facts))):
        part = framed(piece, facts)
        write_part(part, folder, number)
        rows += part.height
        told(rows)
    if rows == 0:
        write_part(framed(b"", facts), folder, 0)
    return Snapshot(folder, rows, tuple(facts))


def write_places(
    folder: Path, pack: Pack, kind: str, on: date, within: Interval, step: int, told: Progress = lambda rows: None
) -> dict[int, int]:
    """The same in one pass for all places of a level inside, each in a folder `county=<code>`; code → how many.

    step: the size of a place of that level, as of `kernel.regions`. A folder with no row stands where nobody is.
    """
    query, facts = writable(pack, kind, on, within)
    placed = sql.SQL(
        "SELECT f.*, s.region / {0} * {0} AS {1} FROM ({2}) f JOIN registers_subject s ON s.id = f.subject_id"
    ).format(sql.Literal(step), sql.Identifier(PLACE), query)
    found: dict[int, int] = {}
    for number, piece in enumerate(pieces(copying(placed, facts, PLACE))):
        for part in framed(piece, facts, PLACE).partition_by(PLACE):
            code = int(part[PLACE][0])
            own = folder / f"{PLACE}={code}"
            own.mkdir(parents=True, exist_ok=True)
            write_part(part.drop(PLACE), own, number)
            found[code] = found.get(code, 0) + part.height
        told(sum(found.values()))
    if not found:
        own = folder / f"{PLACE}={within[0]}"
        own.mkdir(parents=True)
        write_part(framed(b"", facts), own, 0)
    return found


def writable(pack: Pack, kind: str, on: date, within: Interval) -> tuple[sql.Composed, dict[str, Fact]]:
    """The query of the facts, and those of them that a column can hold."""
    table = fact_query(pack, kind, on, within)
    return table.query, {name: fact for name, fact in table.facts.items() if fact.type in TYPES}


def write_part(part: pl.DataFrame, folder: Path, number: int) -> None:
    part.write_parquet(folder / f"part-{number:05}.parquet", compression="zstd", statistics=False)


def copying(query: sql.Composed, facts: Mapping[str, Fact], *numbers: str) -> sql.Composed:
    columns = [sql.Identifier("subject_id"), *[as_text(name, fact) for name, fact in facts.items()]]
    return sql.SQL("COPY (SELECT {} FROM ({}) facts) TO STDOUT (FORMAT csv, NULL {})").format(
        sql.SQL(", ").join([*columns, *map(sql.Identifier, numbers)]), query, sql.Literal(NULL)
    )


def as_text(name: str, fact: Fact) -> sql.Composable:
    """A line of text is a row: words lose their line ends."""
    if fact.type == "bool":
        return sql.SQL("{}::text").format(sql.Identifier(name))
    if fact.type == "list":  # begun with the separator, so that nobody takes the empty list for nothing
        return sql.SQL("{} || {}").format(sql.Literal(SEPARATOR), sql.Identifier(name))
    if fact.type in ("text", "code"):
        return sql.SQL("translate({}, E'\\n\\r', '  ')").format(sql.Identifier(name))
    return sql.Identifier(name)


def pieces(statement: sql.Composed) -> Iterator[bytes]:
    """The text of a COPY in pieces that end with a row."""
    held = bytearray()
    with connection.cursor() as cursor:
        cursor.execute(ROOM_TO_SORT)
        with cursor.copy(statement) as copy:
            for block in copy:
                held += block
                if len(held) >= PIECE:
                    end = held.rfind(b"\n") + 1
                    yield bytes(held[:end])
                    del held[:end]
    if held:
        yield bytes(held)


def framed(text: bytes, facts: Mapping[str, Fact], *numbers: str) -> pl.DataFrame:
    schema: dict[str, pl.DataType] = {"subject_id": pl.Int64()}
    schema |= {name: TYPES[fact.type] for name, fact in facts.items()} | dict.fromkeys(numbers, pl.Int64())
    lists = [name for name, fact in facts.items() if fact.type == "list"]
    frame = pl.DataFrame(schema=schema)
    if text:
        frame = pl.read_csv(io.BytesIO(text), has_header=False, schema=schema, null_values=NULL)
    return frame.with_columns(split(name) for name in lists)


def split(name: str) -> pl.Expr:
    """Ids, each behind the separator → a list; the separator alone is the empty list, NULL stays NULL."""
    column = pl.col(name)
    ids = column.str.strip_prefix(SEPARATOR).str.split(SEPARATOR)
    return pl.when(column == SEPARATOR).then(pl.lit([], dtype=pl.List(pl.String))).otherwise(ids).alias(name)
