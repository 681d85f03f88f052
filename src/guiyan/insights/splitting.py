"""Suggesting a split: the city's target shared out by last year's figures, by people in the register, or evenly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guiyan.accounts.models import Region
from guiyan.insights.compute import amounts, figures, knows_today_only
from guiyan.insights.drill import declared_of
from guiyan.insights.figures import Figure
from guiyan.insights.periods import Period
from guiyan.insights.reported import Reported
from guiyan.kernel.errors import Refused
from guiyan.kernel.releases import current
from guiyan.packs import Aggregate
from guiyan.plans.models import Indicator
from guiyan.plans.sharing import Shared, share_out, step_of

PEOPLE = Aggregate(dataset="person", take="count", region="residence_region")


def last_year(indicator: Indicator, year: int) -> dict[int, Decimal]:
    """The values of `last_figures`; places without one are left out."""
    found = last_figures(indicator, year)
    return {place: x.value for place, x in found.items() if x.value is not None}


def last_figures(indicator: Indicator, year: int) -> dict[int, Figure]:
    """What each county and zone had in the whole year before, from the records or from what was locked."""
    city, of_year = int(current().city.region), year - 1
    if indicator.is_computed:
        declared = declared_of(indicator)
        if knows_today_only(declared):
            return {}
        whole = Period(date(of_year, 1, 1), date(of_year, 12, 31))
        found = figures(current(), declared, whole)
        return {place: x for place, x in found.items() if place != city}
    told = Reported([indicator], date(of_year, 12, 31), city)
    return {place: told.at(indicator, place).figure for place in _counties()}


def suggest(indicator: Indicator, year: int, basis: str) -> Shared:
    """The target of the city over its counties. Raises Refused where there is nothing to go by."""
    goal = indicator.goal
    if goal is None:
        raise Refused("文件没有写这个指标的目标数。", "no-target")
    if indicator.is_quotient or basis == "even":
        weights = dict.fromkeys(_counties(), Decimal(1))
    else:
        weights = _weights(indicator, year, basis)
    if indicator.is_quotient:
        return Shared(dict.fromkeys(weights, goal), Decimal(0), [])
    if sum(weights.values(), Decimal(0)) <= 0:
        raise Refused("各县去年都没有数，请换一个测算依据。" if basis == "last_year" else "名册里没有人口。", "basis")
    return share_out(goal, weights, step_of(indicator))


def _weights(indicator: Indicator, year: int, basis: str) -> dict[int, Decimal]:
    known = amounts(current(), PEOPLE, _today()) if basis == "population" else last_year(indicator, year)
    return {code: known.get(code, Decimal(0)) for code in _counties()}


def _today() -> Period:
    return Period(date.min, date.max)


def _counties() -> list[int]:
    return list(Region.objects.filter(level="county").order_by("code").values_list("code", flat=True))
