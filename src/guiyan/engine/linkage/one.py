"""One new person against the few that share a key with them, by the same weights in plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from guiyan.engine.linkage.frequencies import Frequencies
from guiyan.engine.linkage.many import match_prepared
from guiyan.engine.linkage.preparing import with_keys
from guiyan.engine.linkage.rows import COLUMNS, YEARS, prepared
from guiyan.engine.linkage.settings import Settings

Row = Mapping[str, Any]


class Candidate(NamedTuple):
    """decision: auto or review. reason: plain words."""

    id: Any
    probability: float
    decision: str
    reason: str


def blocking_keys(row: Row, settings: Settings) -> list[int]:
    """Signed 64-bit numbers to look candidates up by. A key that more than `settings.most` known people have is left
    out by whoever looks up."""
    return list(with_keys(prepared(as_frame([row])), settings.keys)["keys"][0])


def match_one(
    row: Row, candidates: Sequence[Row], settings: Settings, frequencies: Frequencies | None = None
) -> list[Candidate]:
    """Who `row` may be, the likeliest first; nobody below the review threshold. Rows have the columns of the file, and
    candidates their `id`; the one who shares the verified number and the name is the only one."""
    if not candidates:
        return []
    me, *known = prepared(as_frame([row, *candidates])).iter_rows(named=True)
    pairs = ((0, place) for place in range(len(known)))
    return [
        Candidate(candidates[each.right].get("id"), each.probability, each.decision, each.reason)
        for each in match_prepared([me], known, pairs, settings, frequencies or Frequencies())
    ]


def as_frame(rows: Sequence[Row]) -> pl.DataFrame:
    """Rows with the columns of the file, as `prepared` takes them; what is not there is null."""
    schema = {name: pl.Int64() if name in YEARS else pl.String() for name in COLUMNS}
    return pl.DataFrame({name: [_typed(name, row.get(name)) for row in rows] for name in COLUMNS}, schema=schema)


def _typed(name: str, value: Any) -> Any:
    return value if value is None or name in YEARS else str(value)
