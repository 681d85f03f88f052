"""From a figure down to its records: month by month, place by place, entry by entry.

Of a share or a growth, months, places and records are those of the amount above the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.functions import TruncMonth

from guiyan.accounts.models import Region
from guiyan.accounts.permissions import visible
from guiyan.insights.compute import (
    amount,
    amount_at,
    figure_at,
    in_place,
    is_money,
    is_past,
    knows_today_only,
    rows_of,
    take,
)
from guiyan.insights.datasets import Dataset, dataset
from guiyan.insights.figures import NOTHING, Figure
from guiyan.insights.periods import Period, months_of
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.packs import Aggregate
from guiyan.packs import Indicator as Declared
from guiyan.packs.datasets import Column
from guiyan.plans.models import Indicator


def declared_of(indicator: Indicator) -> Declared:
    """The 口径 in force. Raises NotFound for figures that are reported by hand."""
    known = releases.current().indicators.get(indicator.definition)
    if known is None or known.computed is None:
        raise NotFound("这个指标由单位填报，没有可以下钻的记录。")
    return known


def aggregate_of(indicator: Indicator) -> Aggregate:
    """What is counted or summed."""
    found = declared_of(indicator).computed
    assert found is not None
    return found


def dataset_of(indicator: Indicator) -> Dataset:
    return dataset(releases.current(), aggregate_of(indicator).dataset)


def unit_of_records(indicator: Indicator) -> str:
    """What a figure of months or places is counted in: the indicator's unit, of a quotient that of its records."""
    declared = declared_of(indicator)
    return unit_of(aggregate_of(indicator)) if declared.is_quotient else indicator.unit


def unit_of(aggregate: Aggregate) -> str:
    """What an aggregate is counted or summed in."""
    pack = releases.current()
    if is_money(pack, aggregate):
        return "元"
    shape = dataset(pack, aggregate.dataset).shape
    return shape.columns[aggregate.of].unit if aggregate.take == "sum" and aggregate.of else shape.counter


def shown_columns(indicator: Indicator) -> list[Column]:
    """The columns listed with the records: those declared, else the date and what is added up."""
    aggregate, shape = aggregate_of(indicator), dataset_of(indicator).shape
    names = aggregate.show or tuple(x for x in (aggregate.date, aggregate.of) if x)
    return [shape.columns[name] for name in names]


def _rows(indicator: Indicator, period: Period, place: int) -> QuerySet[Model]:
    declared, aggregate = declared_of(indicator), aggregate_of(indicator)
    return in_place(rows_of(releases.current(), aggregate, period, stock=declared.is_stock), aggregate, place)


def records(actor: Actor, indicator: Indicator, period: Period, place: int) -> QuerySet[Model]:
    """The entries counted for a place and period that the actor may see, newest first."""
    aggregate = aggregate_of(indicator)
    rows = visible(actor, dataset_of(indicator).permission, _rows(indicator, period, place), region="region")
    return rows.order_by(F(aggregate.date).desc(nulls_last=True), "-pk") if aggregate.date else rows.order_by("-pk")


@dataclass(frozen=True, slots=True)
class Part:
    """One place below and its share of the figure."""

    place: int
    name: str
    value: Decimal


def parts(indicator: Indicator, period: Period, place: int) -> list[Part]:
    """The figure over the places directly below, largest first; places without a record are left out."""
    aggregate, pack = aggregate_of(indicator), releases.current()
    rows = _rows(indicator, period, place)
    step = 10**6 if place % 10**8 == 0 else 10**3 if place % 10**6 == 0 else 1
    found: dict[int, Decimal] = {}
    for row in rows.values(aggregate.region).annotate(taken=take(aggregate)).order_by(aggregate.region):
        below = row[aggregate.region] // step * step
        found[below] = found.get(below, Decimal(0)) + amount(pack, aggregate, row["taken"])
    names = dict(Region.objects.filter(code__in=found).values_list("code", "name"))
    listed = [Part(code, names.get(code, str(code)), value) for code, value in found.items()]
    return sorted(listed, key=lambda part: (-part.value, part.place))


def total(indicator: Indicator, period: Period, place: int) -> Decimal | None:
    """The figure of one place, straight from its records: towns and villages have none computed ahead.

    None for a figure that is reported by hand, or that can't be divided.
    """
    return figure(indicator, period, place).value if indicator.is_computed else None


def figure(indicator: Indicator, period: Period, place: int) -> Figure:
    """`total` with what it was divided from."""
    return figure_at(releases.current(), declared_of(indicator), period, place)


def figure_or_none(indicator: Indicator, period: Period, place: int) -> Figure:
    """`figure`; nothing for a figure that is reported by hand, or of a past year when records tell of today alone."""
    if not indicator.is_computed or (is_past(period) and knows_today_only(declared_of(indicator))):
        return NOTHING
    return figure(indicator, period, place)


def check(indicator: Indicator, period: Period, place: int) -> tuple[str, Decimal] | None:
    """The same figure from another source: (what it is called, how much), None where none is declared."""
    declared = declared_of(indicator)
    if declared.check is None:
        return None
    found = amount_at(releases.current(), declared.check, period, place, stock=declared.is_stock)
    return declared.check_label or declared.title, found


def added(indicator: Indicator, period: Period, place: int) -> Decimal:
    """What the records of a period bring, in the unit of records."""
    return amount_at(releases.current(), aggregate_of(indicator), period, place)


def by_month(indicator: Indicator, period: Period, place: int) -> list[tuple[date, Decimal]]:
    """The records added up month by month: (last day counted, total so far); a stock begins with what stood before."""
    aggregate, pack, declared = aggregate_of(indicator), releases.current(), declared_of(indicator)
    if aggregate.date is None or aggregate.this_year_only:
        return []
    rows = _rows(indicator, period, place)
    months: Any = rows.annotate(month=TruncMonth(aggregate.date)).values("month").annotate(taken=take(aggregate))
    found = {row["month"]: amount(pack, aggregate, row["taken"]) for row in months.order_by("month")}
    before = [value for month, value in found.items() if declared.is_stock and month < period.start]
    total, line = sum(before, Decimal(0)), []
    for month in months_of(period):
        total += found.get(month.start, Decimal(0))
        line.append((month.end, total))
    return line
