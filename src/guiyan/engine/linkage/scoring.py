"""The weights in plain Python: what Splink would say of two prepared rows, without a database."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from guiyan.engine.linkage.frequencies import Frequencies
from guiyan.engine.linkage.settings import Comparison, Level, Settings

Row = Mapping[str, Any]


class Judged(NamedTuple):
    """gamma: the level reached, -1 where a side says nothing. weight, adjusted: bits for the level and for rarity."""

    gamma: int
    weight: float
    adjusted: float


def judge(settings: Settings, frequencies: Frequencies, left: Row, right: Row) -> list[Judged]:
    """One for each comparison, in the order of the settings."""
    return [_judge(comparison, frequencies, left, right) for comparison in settings.comparisons]


def _judge(comparison: Comparison, frequencies: Frequencies, left: Row, right: Row) -> Judged:
    level = next(each for each in comparison.levels if each.holds is None or each.holds(left, right) is True)
    return Judged(level.gamma, level.weight, _adjusted(level, frequencies, left, right))


def _adjusted(level: Level, frequencies: Frequencies, left: Row, right: Row) -> float:
    """The commoner of the two values counts; a value that nobody counted is a rare one."""
    if level.frequency is None:
        return 0.0
    found = (frequencies.share(level.frequency, side[level.frequency]) for side in (left, right))
    shares = [share for share in found if share is not None]
    return level.adjusts * (math.log2(level.u) - math.log2(max(shares))) if shares else 0.0


def total(settings: Settings, judged: list[Judged]) -> float:
    return settings.prior + sum(each.weight + each.adjusted for each in judged)


def probability(weight: float) -> float:
    """Of a sum of bits; exact at both ends."""
    return 1 / (1 + 2**-weight) if weight >= 0 else 2**weight / (1 + 2**weight)
