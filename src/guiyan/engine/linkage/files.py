"""A Parquet file of people, or a folder of them: its columns and types, and that every row has an id of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from guiyan.engine import duck
from guiyan.engine.linkage.errors import LinkageError
from guiyan.engine.linkage.rows import COLUMNS, YEARS

REQUIRED = tuple(name for name in ("id", *COLUMNS) if name != "former_name")
WHOLE_TOO = ("native_region", "phone", "id_number")  # text, or digits that something made a number of
BATCH = 200_000


@dataclass(frozen=True)
class People:
    """paths: Parquet files of one schema. id: its type, kept in what is written."""

    paths: tuple[Path, ...]
    columns: tuple[str, ...]
    id: pl.DataType
    rows: int

    def batches(self, size: int = BATCH) -> Iterator[pl.DataFrame]:
        """Memory holds one at a time, however large a row group is."""
        for path in self.paths:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=size, columns=list(self.columns)):
                    frame = pl.DataFrame(pl.from_arrow(batch))
                    if len(frame):
                        yield frame.select(self.columns)


def open_people(path: str | Path) -> People:
    """Raises LinkageError for a file that can't be read, a column that is missing or of a wrong type, an id that is
    null or stands twice. Columns that linkage doesn't know are left alone."""
    paths = _paths(Path(path))
    try:
        schemas = [pl.read_parquet_schema(each) for each in paths]
    except (OSError, pl.exceptions.PolarsError) as wrong:
        raise LinkageError(f"{path}: not a Parquet file ({wrong})") from None
    for other, schema in zip(paths, schemas, strict=True):
        if schema != schemas[0]:
            raise LinkageError(f"{other}: its columns are not those of {paths[0]}")
    found = schemas[0]
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise LinkageError(
            f"{path}: no column {', '.join(missing)}. Needed are {', '.join(REQUIRED)}; all but id may be null"
        )
    for name in ("id", *COLUMNS):
        if name in found and (wish := wrong_type(name, found[name])):
            raise LinkageError(f"{path}: column `{name}` is {found[name]}; {wish} is needed")
    columns = tuple(name for name in ("id", *COLUMNS) if name in found)
    return People(paths, columns, found["id"], _count(path, paths))


def _paths(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        found = tuple(sorted(path.glob("*.parquet")))
        if not found:
            raise LinkageError(f"{path}: a folder without .parquet files")
        return found
    if not path.is_file():
        raise LinkageError(f"{path}: no such file")
    return (path,)


def wrong_type(name: str, dtype: pl.DataType) -> str | None:
    """What would be right; None if this is."""
    text = isinstance(dtype, pl.String | pl.Categorical | pl.Enum)
    whole = dtype.is_integer()
    if name == "id":
        return None if isinstance(dtype, pl.String) or whole else "text or a whole number"
    if isinstance(dtype, pl.Null):
        return None
    if name in YEARS:
        return None if whole else "a whole number"
    if name in WHOLE_TOO:
        return None if text or whole else "text (numbers lose digits)"
    return None if text else "text"


def _count(path: str | Path, paths: tuple[Path, ...]) -> int:
    names = [str(each) for each in paths]
    with duck.connect() as connection:
        connection.execute("SET enable_progress_bar = false; SET memory_limit = '2GB'")
        rows, known = connection.execute("SELECT count(*), count(id) FROM read_parquet(?)", [names]).fetchone() or (
            0,
            0,
        )
        if rows != known:
            raise LinkageError(f"{path}: {rows - known} of {rows} rows have no id")
        twice = connection.execute(
            "SELECT id, count(*) FROM read_parquet(?) GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 3", [names]
        ).fetchall()
    if twice:
        told = ", ".join(f"{id_!r} ({count} times)" for id_, count in twice)
        raise LinkageError(f"{path}: every id stands once; twice or more: {told}")
    return int(rows)
