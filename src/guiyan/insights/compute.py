"""Computing indicators: one definition, one query for the counties and one for the zones inside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Func, IntegerField, Model, Q, QuerySet, Sum

from guiyan.insights.datasets import dataset
from guiyan.insights.figures import NOTHING, Figure, quotient
from guiyan.insights.periods import Period, last_year_end, year_before, year_to
from guiyan.kernel import calendar, releases
from guiyan.kernel.outbox import publish
from guiyan.kernel.regions import subtree
from guiyan.packs import Aggregate, Pack
from guiyan.packs import Indicator as Declared
from guiyan.packs.plan import Among
from guiyan.plans import queries as plans
from guiyan.plans.actions import StoredFigure, store_figures
from guiyan.plans.models import Indicator
from guiyan.registers.queries.where import where

COUNTY = 10**6
FEN = 100
Amounts = Mapping[int, Decimal]


def rows_of(pack: Pack, aggregate: Aggregate, period: Period, *, stock: bool = False) -> QuerySet[Model]:
    """The records an indicator counts, within the entered scope: those of a period, both ends included;
    for a stock, all up to the end of the period."""
    if aggregate.as_of == "end_of_last_year":
        period, stock = last_year_end(period), True
    found = dataset(pack, aggregate.dataset)
    rows = found.rows
    if aggregate.where:
        rows = rows.filter(where(aggregate.where, found.shape.catalogue))
    if aggregate.among:
        rows = rows.filter(_among(pack, aggregate.among))
    if aggregate.until:
        rows = rows.filter(Q(**{f"{aggregate.until}__isnull": True}) | Q(**{f"{aggregate.until}__gte": period.end}))
    if aggregate.date is None:
        return rows
    if stock:
        return rows.filter(**{f"{aggregate.date}__lte": period.end})
    return rows.filter(**{f"{aggregate.date}__range": (period.start, period.end)})


def _among(pack: Pack, wanted: Among) -> Q:
    other = dataset(pack, wanted.dataset)
    rows = other.rows.filter(where(wanted.where, other.shape.catalogue)) if wanted.where else other.rows
    return Q(**{f"{wanted.column}__in": rows.exclude(**{f"{wanted.match}__isnull": True}).values(wanted.match)})


def in_place(rows: QuerySet[Model], aggregate: Aggregate, place: int) -> QuerySet[Model]:
    """Those of the rows that lie in a place or below it."""
    low, high = subtree(place)
    return rows.filter(**{f"{aggregate.region}__gte": low, f"{aggregate.region}__lt": high})


def take(aggregate: Aggregate) -> Any:
    if aggregate.take == "sum":
        return Sum(aggregate.of or "")
    return Count(aggregate.of or "pk", distinct=aggregate.take == "count_distinct")


def amount(pack: Pack, aggregate: Aggregate, taken: object) -> Decimal:
    """What the query took, as people count it: money in yuan."""
    value = Decimal(str(taken or 0))
    return value / FEN if is_money(pack, aggregate) else value


def is_money(pack: Pack, aggregate: Aggregate) -> bool:
    columns = dataset(pack, aggregate.dataset).shape.columns
    return aggregate.take == "sum" and columns[aggregate.of or ""].type == "money"


def amount_at(pack: Pack, aggregate: Aggregate, period: Period, place: int, *, stock: bool = False) -> Decimal:
    """The aggregate of one place."""
    rows = in_place(rows_of(pack, aggregate, period, stock=stock), aggregate, place)
    return amount(pack, aggregate, rows.aggregate(taken=take(aggregate))["taken"])


def amounts(pack: Pack, aggregate: Aggregate, period: Period, *, stock: bool = False) -> Amounts:
    """The aggregate for the city, each county and each zone. Counties without a record stand at 0."""
    rows = rows_of(pack, aggregate, period, stock=stock)
    county = Func(F(aggregate.region), template=f"(%(expressions)s / {COUNTY} * {COUNTY})", output_field=IntegerField())
    found = rows.annotate(place=county).values("place").annotate(taken=take(aggregate)).order_by("place")
    by_place = {row["place"]: amount(pack, aggregate, row["taken"]) for row in found}
    city = int(pack.city.region)
    counties = {code: by_place.get(code, Decimal(0)) for code in codes_of(pack, "county")}
    zones = {code: amount_of_zone(pack, aggregate, rows, code) for code in codes_of(pack, "zone")}
    return {city: sum(by_place.values(), Decimal(0)), **counties, **zones}


def amount_of_zone(pack: Pack, aggregate: Aggregate, rows: QuerySet[Model], code: int) -> Decimal:
    taken = in_place(rows, aggregate, code).aggregate(taken=take(aggregate))["taken"]
    return amount(pack, aggregate, taken)


def codes_of(pack: Pack, level: str) -> list[int]:
    return [code for code, region in pack.regions.items() if region.level == level]


def figures(pack: Pack, declared: Declared, period: Period) -> dict[int, Figure]:
    """The indicator for the city, each county and each zone; a quotient with what it was divided from."""
    top, stock = declared.computed, declared.is_stock
    assert top is not None
    above = amounts(pack, top, period, stock=stock)
    if not declared.is_quotient:
        return {place: Figure(value) for place, value in above.items()}
    below = _below(pack, declared, period)
    return {place: quotient(declared.kind, value, below[place]) for place, value in above.items()}


def _below(pack: Pack, declared: Declared, period: Period) -> Amounts:
    """What a share is a share of; for growth, the same stretch a year before."""
    if declared.over is not None:
        return amounts(pack, declared.over, period, stock=declared.is_stock)
    assert declared.computed is not None
    return amounts(pack, declared.computed, year_before(period), stock=declared.is_stock)


def figure_at(pack: Pack, declared: Declared, period: Period, place: int) -> Figure:
    """The same for one place of any level."""
    top, stock = declared.computed, declared.is_stock
    if top is None:
        return NOTHING
    above = amount_at(pack, top, period, place, stock=stock)
    if not declared.is_quotient:
        return Figure(above)
    over, when = (declared.over, period) if declared.over else (top, year_before(period))
    return quotient(declared.kind, above, amount_at(pack, over, when, place, stock=stock))


@transaction.atomic
def compute_indicators(on: date | None = None) -> int:
    """Compute every live indicator that has a definition, for this year and the same stretch of last year.

    Writes only figures that changed, each as a new row; tells `indicator.computed` once. Gives how many it wrote.
    """
    day = on or calendar.today()
    pack = releases.current()
    live = [x for x in plans.indicators() if x.definition in pack.indicators]
    written = sum(_store(pack, indicator, period) for indicator in live for period in (year_to(day), a_year_ago(day)))
    if written:
        publish("indicator.computed", count=written, on=day.isoformat())
    return written


def a_year_ago(day: date) -> Period:
    return year_before(year_to(day))


def _store(pack: Pack, indicator: Indicator, period: Period) -> int:
    declared = pack.indicators[indicator.definition]
    if declared.computed is None or (is_past(period) and knows_today_only(declared)):
        return 0
    found = figures(pack, declared, period)
    return store_figures(indicator, start=period.start, end=period.end, values=as_stored(found.items()))


def is_past(period: Period) -> bool:
    return period.start.year < calendar.today().year


def knows_today_only(declared: Declared) -> bool:
    """Whether a part of the figure has no date, or this year's alone: then nothing is said of last year."""
    parts = [part for part in (declared.computed, declared.over) if part is not None]
    return any(part.date is None or part.this_year_only for part in parts)


def as_stored(found: Iterable[tuple[int, Figure]]) -> dict[int, StoredFigure]:
    return {place: StoredFigure(x.value, x.above, x.below, x.why) for place, x in found}
