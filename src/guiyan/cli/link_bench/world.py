"""A population with unique identity numbers, and the two registers that know parts of it: Parquet files.

`known` holds seven of ten people; `new` is drawn from all, so that three of ten in it are strangers, many of them
relatives of people who are known. The `id` of a row says whose it is: k<number> and n<number>.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from guiyan.cli.link_bench.draws import draw
from guiyan.cli.link_bench.people import people
from guiyan.engine.values.id_numbers import check_character

PART = 250_000
KNOWN_SHARE = 0.7
SCHEMA: dict[str, pl.DataType] = {
    "id": pl.String(), "name": pl.String(), "gender": pl.String(), "birth_year": pl.Int32(), "school": pl.String(),
    "graduation_year": pl.Int32(), "native_region": pl.String(), "employer": pl.String(), "phone": pl.String(),
    "id_number": pl.String(),
}  # fmt: skip
Record = dict[str, Any]
Writing = Callable[[Record, random.Random], Record]


def write_population(folder: Path, count: int, seed: int) -> Path:
    """`count` true people; those of one county, day and gender get successive sequence numbers, as offices do."""
    parts = folder / "population"
    parts.mkdir()
    for start in range(0, count, PART):
        numbers = pl.int_range(start, min(start + PART, count), dtype=pl.Int64, eager=True)
        people(numbers, seed).write_parquet(parts / f"{start:010}.parquet")
    whole = folder / "people.parquet"
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '2GB'; SET enable_progress_bar = false")
        place = "row_number() OVER (PARTITION BY county, born, man ORDER BY number)"
        connection.execute(
            f"""COPY (SELECT *, ({place} % 500) * 2 + man::INT AS odd FROM '{parts}/*.parquet' ORDER BY number)
            TO '{whole}' (FORMAT parquet, ROW_GROUP_SIZE 100000)"""
        )
    return whole


def write_register(population: Path, out: Path, count: int, letter: str, writing: Writing, seed: int) -> None:
    """`count` people of the population, each once, drawn by lot."""
    lot = draw(pl.col("number"), ord(letter), seed)
    lots = pl.scan_parquet(population).select(lot).collect().to_series()
    limit = lots.sort()[count] if count < len(lots) else 2**64 - 1
    rng = random.Random(f"{letter}{seed}")
    out.mkdir()
    for place, batch in enumerate(_batches(population)):
        rows = [_record(person, letter, writing, rng) for person in batch.filter(lot < limit).iter_rows(named=True)]
        pl.DataFrame(rows, schema=SCHEMA).write_parquet(out / f"{place:05}.parquet")


def _batches(population: Path) -> Iterator[pl.DataFrame]:
    lazy = pl.scan_parquet(population)
    count = lazy.select(pl.len()).collect().item()
    for start in range(0, count, PART):
        yield lazy.slice(start, PART).collect()


def _record(person: Record, letter: str, writing: Writing, rng: random.Random) -> Record:
    first17 = f"{person['county']}{person['born']:%Y%m%d}{person['odd']:03}"
    person |= {"id_number": first17 + check_character(first17), "year": person["born"].year}
    return {"id": f"{letter}{person['number']}", **writing(person, rng)}
