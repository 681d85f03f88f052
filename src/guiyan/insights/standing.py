"""Where each indicator stands: figure, target, last year, how much time is over, and the light by a printed rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from guiyan.insights.figures import NOTHING, Figure, as_figure
from guiyan.insights.goals import nothing_words
from guiyan.insights.periods import time_percent, year_before, year_to
from guiyan.insights.reported import Reported
from guiyan.kernel import calendar, releases
from guiyan.plans import queries as plans
from guiyan.plans.models import Indicator, IndicatorValue
from guiyan.plans.models.amounts import amount_words
from guiyan.plans.queries.splits import targets_of

RULE = (
    "绿灯：不慢于时间；黄灯：慢5个百分点以内；红灯：慢5个百分点以上；增长和比例直接和目标比；累计的数比去年少，至少黄灯"
)
SLACK = 5.0
WORST_FIRST = ("late", "warn", "idle", "", "ok")
EACH = {"ok": "按进度", "warn": "稍慢", "late": "滞后", "idle": "还没有数"}


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator as a leader reads it. Percentages are of the target, 0 to any; None where there is no figure yet.

    target: of this place: the city's, or a county's share that was issued; None while nothing was issued.
    """

    indicator: Indicator
    value: Decimal | None
    last_year: Decimal | None
    percent: float | None
    time_percent: float
    light: str
    words: str
    as_of: date
    target: Decimal | None = None
    counted_on: date | None = None  # the day of the newest figure
    now: Figure = NOTHING  # `value` with what it was divided from; `then` is last year's
    then: Figure = NOTHING
    is_least: bool = False  # the figure is the last county's, of what every county owes


def standings(place: int | None = None, on: date | None = None) -> list[Standing]:
    """Every live indicator of the documents in force, in their order; a few queries however many there are."""
    return standings_of(list(plans.indicators()), place, on)


def standings_of(live: Sequence[Indicator], place: int | None = None, on: date | None = None) -> list[Standing]:
    """The same for the given indicators."""
    where = place or int(releases.current().city.region)
    return by_place(live, [where], on)[where]


def by_place(live: Sequence[Indicator], places: Sequence[int], on: date | None = None) -> dict[int, list[Standing]]:
    """The standings of several places at once, each in the order of the indicators; as many queries as for one."""
    day = on or calendar.today()
    known = Known(live, places, day)
    return {place: [known.standing(x, place) for x in live] for place in places}


class Known:
    """What is known of some indicators and places on a day: figures, last year's, reports and targets, read once."""

    def __init__(self, live: Sequence[Indicator], places: Sequence[int], day: date) -> None:
        self.pack, self.day = releases.current(), day
        self.city = int(self.pack.city.region)
        self.counties = [code for code, region in self.pack.regions.items() if region.level == "county"]
        self.each = {x.id for x in live if self.is_per_region(x)}
        wanted = {*places, *(self.counties if self.each and self.city in places else ())}
        this_year, before = year_to(day), year_before(year_to(day))
        self.now = plans.newest_values(live, this_year.start, list(wanted))
        self.then = plans.newest_values(live, before.start, list(wanted))
        self.told = Reported(live, day, self.city)
        self.targets = targets_of(live, list(wanted), day.year)

    def is_per_region(self, indicator: Indicator) -> bool:
        declared = self.pack.indicators.get(indicator.definition)
        return declared is not None and declared.per_region

    def target(self, indicator: Indicator, place: int) -> Decimal | None:
        """The city's own target; below it the share issued, or what holds for each county."""
        if place == self.city:
            return indicator.goal
        share = self.targets.get((indicator.id, place))
        return indicator.goal if share is None and indicator.id in self.each else share

    def standing(self, indicator: Indicator, place: int) -> Standing:
        if place == self.city and indicator.id in self.each:
            return least_of(indicator, [self._own(indicator, county) for county in self.counties])
        return self._own(indicator, place)

    def _own(self, indicator: Indicator, place: int) -> Standing:
        target = self.target(indicator, place)
        if not indicator.is_computed and indicator.definition:
            told, old = self.told.at(indicator, place), self.told.at(indicator, place, self.day.year - 1)
            found = standing(indicator, told.figure, old.figure, self.day, target=target)
            found = replace(found, words=told.words) if told.words and told.figure.value is None else found
            return replace(found, counted_on=told.until)
        now, then = self.now.get((indicator.id, place)), self.then.get((indicator.id, place))
        found = standing(indicator, as_figure(now), as_figure(then), self.day, target=target)
        if now is not None and now.why:
            found = replace(found, words=now.why)
        return replace(found, counted_on=timezone.localdate(now.computed_at) if now else None)


def least_of(indicator: Indicator, each: Sequence[Standing]) -> Standing:
    """What every county owes stands where the last county stands. each: of every county."""
    values = [x.value for x in each if x.value is not None]
    if not values or len(values) < len(each):
        words = next((x.words for x in each if x.value is None), "还没有数")
        return replace(each[0], value=None, percent=None, light="idle", words=words, target=indicator.goal)
    last = min(each, key=lambda x: (WORST_FIRST.index(x.light), x.percent or 0))
    return replace(last, words=counted_words(each), target=indicator.goal, is_least=True)


def counted_words(each: Sequence[Standing]) -> str:
    """1个县达到，3个按进度，2个滞后: each county judged by the time like any figure."""
    if all(has_reached(x) for x in each):
        return f"{len(each)}个县都达到"
    counts = [(sum(has_reached(x) for x in each), "达到")]
    counts += [(sum(x.light == light and not has_reached(x) for x in each), said) for light, said in EACH.items()]
    first, *others = [(count, said) for count, said in counts if count]
    return "，".join([f"{first[0]}个县{first[1]}", *(f"{count}个{said}" for count, said in others)])


def has_reached(found: Standing) -> bool:
    return found.percent is not None and found.percent >= 100


def standing(indicator: Indicator, now: Figure, then: Figure, day: date, *, target: Decimal | None) -> Standing:
    """The standing of one figure. A county has no light until its target is issued."""
    value = now.value
    percent = float(value / target * 100) if value is not None and target else None
    gone = time_gone(indicator, day)
    if target is None:
        light, words = "", "没有分解的目标" if indicator.target is not None else "原文没有写数"
    else:
        light, words = _light(indicator, value, target, percent, gone)
        words = nothing_words(indicator) if light == "idle" and value is None else words
        light, words = _beside_last_year(indicator, value, then.value, light, words)
    return Standing(indicator, value, then.value, percent, gone, light, words, day, target, now=now, then=then)


def _beside_last_year(
    indicator: Indicator, value: Decimal | None, before: Decimal | None, light: str, words: str
) -> tuple[str, str]:
    """What is built up over years and has become less is at least amber, whatever the time says."""
    is_stock = indicator.period.startswith("by:") and not indicator.is_quotient and indicator.comparator != "<="
    if not is_stock or value is None or before is None or value >= before:
        return light, words
    less = f"比去年少{amount_words(before - value, indicator.unit)}"
    return ("warn", less) if light == "ok" else (light, f"{words}，{less}")


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
