"""One new person against the few that share a key with them, by the same weights in plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from guiyan.engine.linkage.deciding import decided
from guiyan.engine.linkage.frequencies import Frequencies
from guiyan.engine.linkage.preparing import with_keys
from guiyan.engine.linkage.reasons import reasons
from guiyan.engine.linkage.rows import COLUMNS, YEARS, prepared
from guiyan.engine.linkage.scoring import Judged, judge, probability, total
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
    return list(with_keys(prepared(_frame([row])), settings.keys)["keys"][0])


def match_one(
    row: Row, candidates: Sequence[Row], settings: Settings, frequencies: Frequencies | None = None
) -> list[Candidate]:
    """Who `row` may be, the likeliest first; nobody below the review threshold. Rows have the columns of the file, and
    candidates their `id`; the one who shares the verified number and the name is the only one."""
    if not candidates:
        return []
    frequencies = frequencies or Frequencies()
    me, *known = prepared(_frame([row, *candidates])).iter_rows(named=True)
    places = [place for place, other in enumerate(known) if not _two_numbers(me, other)]
    if any(_settled(me, known[place]) for place in places):
        places = [place for place in places if known[place]["id_number"] == me["id_number"]]
    found = ((place, judge(settings, frequencies, me, known[place])) for place in places)
    rows = [_as_splink(settings, place, judged) for place, judged in found]
    kept = [each for each in rows if each["match_probability"] >= settings.review]
    if not kept:
        return []
    frame = decided(pl.DataFrame(kept), settings, frequencies).with_columns(reasons(settings).alias("reason"))
    frame = frame.sort("match_weight", "row_r", descending=[True, False])
    return [
        Candidate(candidates[each["row_r"]].get("id"), each["match_probability"], each["decision"], each["reason"])
        for each in frame.iter_rows(named=True)
    ]


def _frame(rows: Sequence[Row]) -> pl.DataFrame:
    schema = {name: pl.Int64() if name in YEARS else pl.String() for name in COLUMNS}
    return pl.DataFrame({name: [_typed(name, row.get(name)) for row in rows] for name in COLUMNS}, schema=schema)


def _typed(name: str, value: Any) -> Any:
    return value if value is None or name in YEARS else str(value)


def _two_numbers(me: Row, other: Row) -> bool:
    return None not in (me["id_number"], other["id_number"]) and me["id_number"] != other["id_number"]


def _settled(me: Row, other: Row) -> bool:
    if me["id_number"] is None or me["id_number"] != other["id_number"]:
        return False
    pairs = ((me["near"], other["near"]), (me["former_near"], other["near"]), (me["near"], other["former_near"]))
    return any(one is not None and one == two for one, two in pairs)


def _as_splink(settings: Settings, place: int, judged: list[Judged]) -> dict[str, Any]:
    """A row as Splink writes it."""
    weight = total(settings, judged)
    row: dict[str, Any] = {"row_l": 0, "row_r": place, "match_weight": weight, "match_probability": probability(weight)}
    for comparison, each in zip(settings.comparisons, judged, strict=True):
        row |= {
            f"gamma_{comparison.name}": each.gamma,
            f"mw_{comparison.name}": each.weight,
            f"mw_tf_adj_{comparison.name}": each.adjusted,
        }
    return row
