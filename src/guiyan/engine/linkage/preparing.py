"""One side of a linkage, prepared in batches into Parquet parts: numbers and hashes only, beside the id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from guiyan.engine.linkage.files import People
from guiyan.engine.linkage.keys import key_lists
from guiyan.engine.linkage.rows import PREPARED, prepared

Told = Callable[[str], None]


def untold(words: str) -> None:
    """Progress that nobody wants to hear of."""


def prepare_side(
    people: People,
    folder: Path,
    keys: Sequence[Sequence[str]],
    *,
    sign: int,
    by_number: bool = True,
    told: Told = untold,
) -> None:
    """Parts of `row` (1, 2, … times sign), `id`, PREPARED and `keys`. An empty part where nobody is."""
    folder.mkdir()
    done = 0
    for place, batch in enumerate(people.batches()):
        number = pl.int_range(1 + done, 1 + done + len(batch), dtype=pl.Int32, eager=True) * sign
        with_keys(prepared(batch, by_number=by_number), keys).insert_column(0, number.alias("row")).write_parquet(
            folder / f"{place:06}.parquet", compression="lz4"
        )
        done += len(batch)
        told(f"{folder.name}: {done} of {people.rows} rows prepared")
    if not done:
        schema = {"row": pl.Int32(), "id": people.id, **PREPARED, "keys": pl.List(pl.Int64())}
        pl.DataFrame(schema=schema).write_parquet(folder / "000000.parquet")


def with_keys(frame: pl.DataFrame, keys: Sequence[Sequence[str]]) -> pl.DataFrame:
    return frame.with_columns(key_lists(keys)) if keys else frame
