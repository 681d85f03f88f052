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
    table = fact_query(pack, kind, on, within)
    facts = {name: fact for name, fact in table.facts.items() if fact.type in TYPES}
    folder.mkdir(parents=True)
    rows = 0
    for number, piece in enumerate(pieces(copying(table.query, facts))):
        part = framed(piece, facts)
        part.write_parquet(folder / f"part-{number:05}.parquet", compression="zstd", statistics=False)
        rows += part.height
        told(rows)
    if rows == 0:
        framed(b"", facts).write_parquet(folder / "part-00000.parquet")
    return Snapshot(folder, rows, tuple(facts))


def copying(query: sql.Composed, facts: Mapping[str, Fact]) -> sql.Composed:
    columns = [sql.Identifier("subject_id"), *[as_text(name, fact) for name, fact in facts.items()]]
    return sql.SQL("COPY (SELECT {} FROM ({}) facts) TO STDOUT (FORMAT csv, NULL {})").format(
        sql.SQL(", ").join(columns), query, sql.Literal(NULL)
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


def framed(text: bytes, facts: Mapping[str, Fact]) -> pl.DataFrame:
    schema = {"subject_id": pl.Int64(), **{name: TYPES[fact.type] for name, fact in facts.items()}}
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
