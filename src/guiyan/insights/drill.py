"""From a figure down to its records: month by month, place by place, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.functions import TruncMonth

from guiyan.accounts.models import Region
from guiyan.accounts.permissions import visible
from guiyan.insights.compute import rows_of, take
from guiyan.insights.periods import Period, months_of
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.packs import Aggregate
from guiyan.plans.models import Indicator


def aggregate_of(indicator: Indicator) -> Aggregate:
    """How the figure is computed. Raises NotFound for figures that are reported by hand."""
    known = releases.current().indicators.get(indicator.definition)
    if known is None or known.computed is None:
        raise NotFound("这个指标由单位填报，没有可以下钻的记录。")
    return known.computed


def records(actor: Actor, indicator: Indicator, period: Period, place: int) -> QuerySet[Model]:
    """The entries counted for a place and period that the actor may see, newest first."""
    aggregate = aggregate_of(indicator)
    rows = _in_place(rows_of(releases.current(), aggregate, period), aggregate, place)
    return visible(actor, "register.view", rows, region="region").order_by(F(aggregate.date).desc(), "-pk")


def _in_place(rows: QuerySet[Model], aggregate: Aggregate, place: int) -> QuerySet[Model]:
    low, high = subtree(place)
    return rows.filter(**{f"{aggregate.region}__gte": low, f"{aggregate.region}__lt": high})


@dataclass(frozen=True, slots=True)
class Part:
    """One place below and its share of the figure."""

    place: int
    name: str
    value: Decimal


def parts(indicator: Indicator, period: Period, place: int) -> list[Part]:
    """The figure over the places directly below, largest first; places without a record are left out."""
    aggregate = aggregate_of(indicator)
    rows = _in_place(rows_of(releases.current(), aggregate, period), aggregate, place)
    step = 10**6 if place % 10**8 == 0 else 10**3 if place % 10**6 == 0 else 1
    found: dict[int, Decimal] = {}
    for row in rows.values(aggregate.region).annotate(value=take(aggregate)).order_by(aggregate.region):
        below = row[aggregate.region] // step * step
        found[below] = found.get(below, Decimal(0)) + Decimal(row["value"] or 0)
    names = dict(Region.objects.filter(code__in=found).values_list("code", "name"))
    listed = [Part(code, names.get(code, str(code)), value) for code, value in found.items()]
    return sorted(listed, key=lambda part: (-part.value, part.place))


def total(indicator: Indicator, period: Period, place: int) -> Decimal | None:
    """The figure of one place, straight from its records: towns and villages have none computed ahead.

    None for a figure that is reported by hand.
    """
    if not indicator.is_computed:
        return None
    aggregate = aggregate_of(indicator)
    rows = _in_place(rows_of(releases.current(), aggregate, period), aggregate, place)
    return Decimal(rows.aggregate(value=take(aggregate))["value"] or 0)


def by_month(indicator: Indicator, period: Period, place: int) -> list[tuple[date, Decimal]]:
    """The figure added up month by month: (last day counted, total so far)."""
    aggregate = aggregate_of(indicator)
    rows = _in_place(rows_of(releases.current(), aggregate, period), aggregate, place)
    months: Any = rows.annotate(month=TruncMonth(aggregate.date)).values("month").annotate(value=take(aggregate))
    found = {row["month"]: Decimal(row["value"] or 0) for row in months.order_by("month")}
    total, line = Decimal(0), []
    for month in months_of(period):
        total += found.get(month.start, Decimal(0))
        line.append((month.end, total))
    return line
