"""Where each indicator stands: figure, target, last year, how much time is over, and the light by a printed rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from guiyan.insights.goals import nothing_words
from guiyan.insights.periods import time_percent, year_before, year_to
from guiyan.kernel import calendar, releases
from guiyan.plans import queries as plans
from guiyan.plans.models import Indicator, IndicatorValue

RULE = "绿灯：不慢于时间；黄灯：慢5个百分点以内；红灯：慢5个百分点以上；增长和比例直接和目标比"
SLACK = 5.0


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator as a leader reads it. Percentages are of the target, 0 to any; None where there is no figure yet."""

    indicator: Indicator
    value: Decimal | None
    last_year: Decimal | None
    percent: float | None
    time_percent: float
    light: str
    words: str
    as_of: date
    counted_on: date | None = None  # the day of the newest figure


def standings(place: int | None = None, on: date | None = None) -> list[Standing]:
    """Every live indicator of the documents in force, in their order; two queries however many there are."""
    return standings_of(list(plans.indicators()), place, on)


def standings_of(live: Sequence[Indicator], place: int | None = None, on: date | None = None) -> list[Standing]:
    """The same for the given indicators."""
    day = on or calendar.today()
    city = int(releases.current().city.region)
    where = place or city
    this_year, before = year_to(day), year_before(year_to(day))
    now = plans.newest_values(live, this_year.start, [where])
    then = plans.newest_values(live, before.start, [where])
    found = []
    for x in live:
        value, old = now.get((x.id, where)), then.get((x.id, where))
        one = standing(x, value.value if value else None, old.value if old else None, day, with_target=where == city)
        if value is not None and value.why:
            one = replace(one, words=value.why)
        found.append(replace(one, counted_on=timezone.localdate(value.computed_at) if value else None))
    return found


def standing(
    indicator: Indicator, value: Decimal | None, last_year: Decimal | None, day: date, *, with_target: bool = True
) -> Standing:
    """The standing of one figure. A county has no target of its own until the target is split."""
    target = indicator.target if with_target else None
    percent = float(value / target * 100) if value is not None and target else None
    gone = time_gone(indicator, day)
    light, words = _light(indicator, value, target, percent, gone) if with_target else ("", "没有分解的目标")
    words = nothing_words(indicator) if light == "idle" and value is None else words
    return Standing(indicator, value, last_year, percent, gone, light, words, day)


def _light(
    indicator: Indicator, value: Decimal | None, target: Decimal | None, percent: float | None, gone: float
) -> tuple[str, str]:
    """A growth or a share is promised for the whole stretch: it is compared with the target, not with the time."""
    if indicator.is_quotient and value is not None and target is not None:
        return light_of_quotient(value, target)
    return light_of(percent, gone)


def light_of_quotient(value: Decimal, target: Decimal) -> tuple[str, str]:
    """State and words of a percentage beside the percentage promised."""
    short = float(target - value)
    if short <= 0:
        return "ok", "达到"
    return "warn" if short <= SLACK else "late", f"差{short:.1f}个百分点"


def time_gone(indicator: Indicator, day: date) -> float:
    """Of the year for yearly targets; of the time since the document for those with a last year."""
    if indicator.period.startswith("by:"):
        issued = indicator.document.issued_on or day
        return time_percent(day, issued, date(int(indicator.period[3:]), 12, 31))
    return time_percent(day, date(day.year, 1, 1), date(day.year, 12, 31))


def light_of(percent: float | None, gone: float) -> tuple[str, str]:
    """State of the light and its words, by `RULE`."""
    if percent is None:
        return "idle", "还没有数"
    behind = gone - percent
    if percent >= 100:
        return "ok", "已完成"
    if behind <= 0:
        return "ok", "正常"
    state = "warn" if behind <= SLACK else "late"
    return state, f"慢{behind:.1f}个百分点"


def county_rows(indicator: Indicator, places: Sequence[int], day: date) -> list[tuple[int, Decimal, Decimal]]:
    """(place, this year, same stretch of last year) for each place, in the given order."""
    this_year, before = year_to(day), year_before(year_to(day))
    now = plans.newest_values([indicator], this_year.start, places)
    then = plans.newest_values([indicator], before.start, places)
    rows = []
    for place in places:
        new, old = now.get((indicator.id, place)), then.get((indicator.id, place))
        rows.append((place, _or_zero(new), _or_zero(old)))
    return rows


def _or_zero(found: IndicatorValue | None) -> Decimal:
    return found.value if found is not None and found.value is not None else Decimal(0)
