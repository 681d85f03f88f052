"""Prepared people against prepared people, pair by pair, in plain Python: what a database asks for in pieces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from guiyan.engine.linkage.deciding import decided
from guiyan.engine.linkage.frequencies import Frequencies
from guiyan.engine.linkage.reasons import reasons
from guiyan.engine.linkage.scoring import Judged, judge, probability, total
from guiyan.engine.linkage.settings import Comparison, Settings

Row = Mapping[str, Any]


class Part(NamedTuple):
    """One comparison: of what (姓名), what was found (姓名读音相同), what it counts; None: a side says nothing."""

    name: str
    word: str
    label: str
    points: float | None


class Match(NamedTuple):
    """left, right: places in the rows given. decision: auto or review, and then `note` says why."""

    left: int
    right: int
    probability: float
    decision: str
    note: str | None
    reason: str
    parts: tuple[Part, ...]


def match_prepared(
    left: Sequence[Row],
    right: Sequence[Row],
    pairs: Iterable[tuple[int, int]],
    settings: Settings,
    frequencies: Frequencies,
) -> list[Match]:
    """Who of `right` each of `left` may be, the likeliest first; nobody below the review threshold.

    Rows are as `rows.prepared` makes them. All pairs of one left person have to be there: others who are as good
    keep a link from being automatic.
    """
    kept: list[dict[str, Any]] = []
    judged_of: dict[tuple[int, int], list[Judged]] = {}
    for mine, places in _by_left(left, right, pairs).items():
        for place in places:
            judged = judge(settings, frequencies, left[mine], right[place])
            weight = total(settings, judged)
            if probability(weight) >= settings.review:
                kept.append(_as_splink(settings, mine, place, weight, judged))
                judged_of[mine, place] = judged
    if not kept:
        return []
    frame = decided(pl.DataFrame(kept), settings, frequencies).with_columns(reasons(settings).alias("reason"))
    frame = frame.sort("row_l", "match_weight", "row_r", descending=[False, True, False])
    return [
        Match(
            each["row_l"],
            each["row_r"],
            each["match_probability"],
            each["decision"],
            each["note"],
            each["reason"],
            tuple(map(part, settings.comparisons, judged_of[each["row_l"], each["row_r"]])),
        )
        for each in frame.iter_rows(named=True)
    ]


def part(comparison: Comparison, judged: Judged) -> Part:
    level = next(one for one in comparison.levels if one.gamma == judged.gamma)
    points = None if judged.gamma < 0 else judged.weight + judged.adjusted
    return Part(comparison.name, comparison.word, level.label, points)


def _by_left(left: Sequence[Row], right: Sequence[Row], pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Two different verified numbers are two people; whose number and name are the same is looked for no further."""
    found: dict[int, list[int]] = defaultdict(list)
    for mine, place in pairs:
        if not _two_numbers(left[mine], right[place]):
            found[mine].append(place)
    for mine, places in found.items():
        me = left[mine]
        if any(_settled(me, right[place]) for place in places):
            found[mine] = [place for place in places if right[place]["id_number"] == me["id_number"]]
    return found


def _two_numbers(me: Row, other: Row) -> bool:
    return None not in (me["id_number"], other["id_number"]) and me["id_number"] != other["id_number"]


def _settled(me: Row, other: Row) -> bool:
    if me["id_number"] is None or me["id_number"] != other["id_number"]:
        return False
    pairs = ((me["near"], other["near"]), (me["former_near"], other["near"]), (me["near"], other["former_near"]))
    return any(one is not None and one == two for one, two in pairs)


def _as_splink(settings: Settings, mine: int, place: int, weight: float, judged: list[Judged]) -> dict[str, Any]:
    """A row as Splink writes it."""
    row: dict[str, Any] = {
        "row_l": mine,
        "row_r": place,
        "match_weight": weight,
        "match_probability": probability(weight),
    }
    for comparison, each in zip(settings.comparisons, judged, strict=True):
        row |= {
            f"gamma_{comparison.name}": each.gamma,
            f"mw_{comparison.name}": each.weight,
            f"mw_tf_adj_{comparison.name}": each.adjusted,
        }
    return row
