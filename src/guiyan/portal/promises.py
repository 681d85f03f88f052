"""说到做到: what the city promised this year and how far it is, where the figure is computed from records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.insights.goals import goal_figure, goal_label
from guiyan.insights.parts import now_parts, number_and_unit
from guiyan.insights.standing import Standing, standings


@dataclass(frozen=True)
class Promise:
    """One figure with its target; what is reported by hand or not counted yet is not shown."""

    label: str
    value: str
    unit: str
    target: str
    parts: str  # what a share or growth was divided from
    source: str  # the register or ledger it is counted from
    percent: float | None  # how much of the target; a share or growth is read beside it
    time_percent: float  # how much of the time for it is over
    as_of: date
    is_scaled: bool  # measured by the demonstration's people, not by the printed target


def promises(most: int) -> list[Promise]:
    """The first few promises that are counted and have a figure; amounts before growths and shares.

    What counties report is left out: in public only what is locked is seen, and a part would pass for the whole.
    """
    counted = [x for x in standings() if x.indicator.is_computed and x.value is not None and x.percent is not None]
    return [promise_of(one) for one in sorted(counted, key=lambda x: x.indicator.is_quotient)[:most]]


def promise_of(one: Standing) -> Promise:
    indicator = one.indicator
    value, unit = number_and_unit(one)
    return Promise(
        label=indicator.full_name,
        value=value or "",
        unit=unit,
        target=f"目标{goal_label(indicator)}{goal_figure(indicator)}",
        parts=now_parts(one),
        source=f"据{indicator.source}" if indicator.source else "",
        percent=None if indicator.is_quotient else one.percent,
        time_percent=one.time_percent,
        as_of=one.as_of,
        is_scaled=indicator.sample_target is not None,
    )
