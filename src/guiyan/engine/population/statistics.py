"""What Parquet files tell of their own columns, so that these need not be read to be checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guiyan.engine import duck

QUERY = """
    SELECT path_in_schema, list(stats_min_value), list(stats_max_value), sum(coalesce(stats_null_count, num_values)),
           bool_and(stats_min_value IS NOT NULL OR stats_null_count = num_values),
           bool_and(stats_null_count IS NOT NULL)
    FROM parquet_metadata([{}]) GROUP BY path_in_schema"""


@dataclass(frozen=True)
class Told:
    """Of one column over all files: smallest and largest, days as ordinals (None: not told, or no value), and nulls.

    empty: there is no value at all. nulls: None where some part doesn't tell.
    """

    least: int | None
    most: int | None
    nulls: int | None
    empty: bool = False


def told_by(paths: Sequence[Path]) -> dict[str, Told]:
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    with duck.connect() as connection:
        rows = connection.execute(QUERY.format(names)).fetchall()
    return {name: told(*rest) for name, *rest in rows}


def told(lows: list[str | None], highs: list[str | None], nulls: int, bounded: bool, counted: bool) -> Told:
    least, most = (numbers(texts) if bounded else None for texts in (lows, highs))
    counts = int(nulls) if counted else None
    return Told(min(least) if least else None, max(most) if most else None, counts, bounded and least == [])


def numbers(texts: list[str | None]) -> list[int] | None:
    """None where one is neither a whole number nor a day of the calendar."""
    try:
        return [number(text) for text in set(texts) if text is not None]
    except ValueError:
        return None


def number(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal() if "-" in text[1:] else int(text)
