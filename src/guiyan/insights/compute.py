"""Computing indicators: one definition, one query for the counties and one for the zones inside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Func, IntegerField, Model, QuerySet, Sum

from guiyan.accounts.models import Region
from guiyan.insights.periods import Period, year_before, year_to
from guiyan.insights.where import where
from guiyan.kernel import calendar, releases
from guiyan.kernel.outbox import publish
from guiyan.kernel.regions import subtree
from guiyan.packs import Aggregate, Pack
from guiyan.plans import queries as plans
from guiyan.plans.actions import store_figures
from guiyan.plans.models import Indicator
from guiyan.registers import queries as registers

COUNTY = 10**6


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed number of one place."""

    place: int
    value: Decimal


def rows_of(pack: Pack, aggregate: Aggregate, period: Period) -> QuerySet[Model]:
    """The records an indicator counts in a period, both ends included, within the entered scope."""
    rows: QuerySet[Model] = registers.dataset(aggregate.dataset).rows
    if aggregate.where:
        rows = rows.filter(where(aggregate.where, pack.registers[aggregate.dataset].catalogue))
    return rows.filter(**{f"{aggregate.date}__range": (period.start, period.end)})


def figures(pack: Pack, aggregate: Aggregate, period: Period) -> list[Figure]:
    """The indicator for the city, each county and each zone. Counties without a record stand at 0."""
    rows = rows_of(pack, aggregate, period)
    county = Func(F(aggregate.region), template=f"(%(expressions)s / {COUNTY} * {COUNTY})", output_field=IntegerField())
    found = rows.annotate(place=county).values("place").annotate(value=take(aggregate)).order_by("place")
    by_place = {row["place"]: Decimal(row["value"] or 0) for row in found}
    places = Region.objects.filter(level="county").values_list("code", flat=True)
    city = Figure(int(pack.city.region), sum(by_place.values(), Decimal(0)))
    return [city, *(Figure(code, by_place.get(code, Decimal(0))) for code in places), *_zones(rows, aggregate)]


def _zones(rows: QuerySet[Model], aggregate: Aggregate) -> list[Figure]:
    found = []
    for code in Region.objects.filter(level="zone").values_list("code", flat=True):
        low, high = subtree(code)
        inside = rows.filter(**{f"{aggregate.region}__gte": low, f"{aggregate.region}__lt": high})
        value = inside.aggregate(value=take(aggregate))["value"]
        found.append(Figure(code, Decimal(value or 0)))
    return found


def take(aggregate: Aggregate) -> Any:
    if aggregate.take == "sum":
        return Sum(aggregate.of or "")
    return Count(aggregate.of or "pk", distinct=aggregate.take == "count_distinct")


@transaction.atomic
def compute_indicators(on: date | None = None) -> int:
    """Compute every live indicator that has a definition, for this year and the same stretch of last year.

    Writes only figures that changed, each as a new row; tells `indicator.computed` once. Gives how many it wrote.
    """
    day = on or calendar.today()
    pack = releases.current()
    live = [x for x in plans.indicators() if x.definition in pack.indicators]
    periods = (year_to(day), year_before(year_to(day)))
    written = sum(_store(pack, indicator, period) for indicator in live for period in periods)
    if written:
        publish("indicator.computed", count=written, on=day.isoformat())
    return written


def _store(pack: Pack, indicator: Indicator, period: Period) -> int:
    aggregate = pack.indicators[indicator.definition].computed
    if aggregate is None:
        return 0
    values = {x.place: x.value for x in figures(pack, aggregate, period)}
    return store_figures(indicator, start=period.start, end=period.end, values=values)
