"""说到做到: what the city promised this year and how far it is, where the figure is computed from records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.insights.standing import Standing, standings


@dataclass(frozen=True)
class Promise:
    """One figure with its target; what is reported by hand or not counted yet is not shown."""

    label: str
    value: str
    unit: str
    target: str
    percent: float
    as_of: date


def promises(most: int) -> list[Promise]:
    """The first few promises of the plans in force that have a figure."""
    return [promise_of(one) for one in standings() if one.value is not None and one.percent is not None][:most]


def promise_of(one: Standing) -> Promise:
    indicator = one.indicator
    return Promise(
        label=indicator.name,
        value=f"{one.value:,.0f}",
        unit=indicator.unit,
        target=f"目标{indicator.target:,.0f}{indicator.unit}",
        percent=one.percent or 0,
        as_of=one.as_of,
    )
