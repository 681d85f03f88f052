"""The cockpit's pictures: each county beside itself a year ago, and the running total month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from guiyan.accounts.models import Region
from guiyan.desk.cockpit.tiles import in_one_scale
from guiyan.insights.drill import by_month, unit_of_records
from guiyan.insights.goals import goal_words
from guiyan.insights.periods import months_of, year_before, year_to
from guiyan.insights.standing import county_rows
from guiyan.kernel.releases import current
from guiyan.plans.models import Indicator
from guiyan.plans.models.amounts import SCALES, YUAN

MOST_TIMES = 10
"""How many times what is drawn a target may be, to be drawn beside it."""


def place_rows(indicator: Indicator, places: Sequence[Region], day: date) -> list[dict[str, Any]]:
    """Each county beside itself a year ago, in the order of codes: places are not ranked."""
    names = {region.code: region for region in places}
    parents = {region.code for region in places if region.level == "county"}
    found = county_rows(indicator, list(names), day)
    words = in_one_scale([value for _, *both in found for value in both], indicator.unit)
    rows = []
    for at, (code, value, old) in enumerate(found):
        inside = code // 10**6 * 10**6 if names[code].level == "zone" else None
        rows.append(
            {
                "label": names[code].short_name or names[code].name,
                "before": old,
                "after": value,
                "text": words[2 * at],
                "note": f"去年同期{words[2 * at + 1]}",
                "label_note": f"含在{names[inside].name}内" if inside in parents and inside is not None else "",
                "href": f"{reverse('cockpit:drill', args=[indicator.id])}?place={code}",
            }
        )
    return rows


def month_line(indicator: Indicator, day: date, place: int | None = None) -> dict[str, Any]:
    """This year's running total, last year's, and for the city, which alone has a target, its even pace.

    A pace far above both is told in `note` and not drawn: it would press them to the axis.
    """
    city, note = int(current().city.region), ""
    where = place or city
    whole_year = year_before(year_to(date(day.year, 12, 31)))
    labels = [f"{month.start.month}月" for month in months_of(whole_year)]
    series: list[dict[str, Any]] = [
        {"label": "今年", "values": [value for _, value in by_month(indicator, year_to(day), where)]},
        {"label": "去年", "values": [value for _, value in by_month(indicator, whole_year, where)]}
        | {"dashed": True, "quiet": True},
    ]
    if indicator.goal and where == city and indicator.period == "per_year" and not indicator.is_quotient:
        pace = [indicator.goal * (n + 1) / 12 for n in range(12)]
        drawn = max((value for one in series for value in one["values"]), default=Decimal(0))
        if drawn * MOST_TIMES >= pace[-1]:
            series.append({"label": "目标进度", "values": pace, "dashed": True})
        else:
            note = f"目标{goal_words(indicator)}，比实绩大得多，没有画出来"
    size, unit = _scale([value for one in series for value in one["values"]], unit_of_records(indicator))
    for one in series:
        one["values"] = [float(round(value / size, 2)) for value in one["values"]]
    return {"series": series, "labels": labels, "unit": unit, "note": note}


def _scale(values: Sequence[Decimal], unit: str) -> tuple[Decimal, str]:
    """What the numbers of a chart are divided by, and their unit then: money of the size of its largest point."""
    largest = max(values, default=Decimal(0))
    known = ((size, name) for size, name, _ in SCALES if unit == YUAN and largest >= size)
    return next(known, (Decimal(1), unit))
