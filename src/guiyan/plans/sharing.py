"""Arithmetic of a split: sharing a whole out by weights, and what keeps shares from being issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from guiyan.plans.models import Indicator, TargetShare
from guiyan.plans.models.amounts import amount_words, exact_words
from guiyan.plans.models.splits import sum_of

TEN_THOUSAND = 10_000
LEAST_GROWTH, MOST_GROWTH = Decimal(-100), Decimal(1000)
MOST_SHARE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Shared:
    """shares add up to the whole; `extra` are the places that got one step more, because it did not divide evenly."""

    shares: dict[int, Decimal]
    remainder: Decimal
    extra: list[int]


def share_out(total: Decimal, weights: Mapping[int, Decimal], step: Decimal = Decimal(1)) -> Shared:
    """Share `total` by weights in whole steps, rounded down; what is left goes one step each to the largest rests.

    weights: place -> weight, not negative. A total that is no whole number of steps leaves its rest with the first.
    Raises ValueError when the weights do not add up to more than 0.
    """
    whole = sum(weights.values(), Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("the weights must not be negative and must add up to more than 0")
    exact = {place: total * weight / whole / step for place, weight in weights.items()}
    steps = {place: value.to_integral_value(ROUND_DOWN) for place, value in exact.items()}
    left = int(total // step - sum(steps.values(), Decimal(0)))
    by_rest = sorted(exact, key=lambda place: (steps[place] - exact[place], place))
    extra = by_rest[:left]
    shares = {place: (steps[place] + (place in extra)) * step for place in weights}
    shares[by_rest[0]] += total - sum(shares.values(), Decimal(0))
    return Shared(shares, total - sum(steps.values(), Decimal(0)) * step, extra)


def step_of(indicator: Indicator) -> Decimal:
    """People and places are whole; money goes in 万元 where the target itself does."""
    is_round = indicator.unit == "元" and indicator.goal is not None and indicator.goal % TEN_THOUSAND == 0
    return Decimal(TEN_THOUSAND) if is_round else Decimal(1)


def faults_of(indicator: Indicator, shares: Sequence[TargetShare], *, per_region: bool) -> list[str]:
    """Why these shares can't be issued, in words; empty when they can. Names are the caller's: places by number."""
    counted = [x for x in shares if x.counts]
    missing = sum(x.value is None for x in counted)
    found = [f"还有{missing}个县（市、区）没有填"] if missing else []
    if indicator.is_quotient:
        return found + _bounds(indicator, shares)
    if per_region:
        return found + _each(indicator, counted)
    gap = gap_of(indicator, shares)
    return found + ([gap_words(gap, indicator.unit)] if gap else []) + _zones(shares)


def gap_of(indicator: Indicator, shares: Sequence[TargetShare]) -> Decimal:
    """How much the counties are short of the city's target; negative when they are over it."""
    return (indicator.goal or Decimal(0)) - sum_of(list(shares))


def gap_words(gap: Decimal, unit: str) -> str:
    return f"各县合计比全市目标{'少' if gap > 0 else '多'}{exact_words(abs(gap), unit)}"


def _bounds(indicator: Indicator, shares: Sequence[TargetShare]) -> list[str]:
    least, most = (LEAST_GROWTH, MOST_GROWTH) if indicator.kind == "growth_rate" else (Decimal(0), MOST_SHARE)
    wrong = [x for x in shares if x.value is not None and not least <= x.value <= most]
    return [f"{len(wrong)}个地方的数不在{least:g}%—{most:g}%之间"] if wrong else []


def _each(indicator: Indicator, counted: Sequence[TargetShare]) -> list[str]:
    low = [x for x in counted if x.value is not None and indicator.goal is not None and x.value < indicator.goal]
    words = amount_words(indicator.goal or Decimal(0), indicator.unit)
    return [f"文件要求每个县（市、区）不少于{words}，有{len(low)}个低于它"] if low else []


def _zones(shares: Sequence[TargetShare]) -> list[str]:
    """A zone's part is within its county's."""
    whole = {x.place: x.value for x in shares if x.counts}
    over = [x for x in shares if x.inside and x.value is not None and x.value > (whole.get(x.inside) or 0)]
    return ["功能区的数不能大于它所在县区的数"] if over else []
