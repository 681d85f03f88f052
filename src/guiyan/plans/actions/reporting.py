"""Reported figures: opened when a period is over, filled, checked, locked, and unlocked only with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from guiyan.accounts import offices
from guiyan.accounts.models import Region, Unit
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.packs import Indicator as Declared
from guiyan.plans import queries
from guiyan.plans.models import FigureEntry, Indicator, ReportedFigure
from guiyan.plans.models.amounts import amount_words, exact_words
from guiyan.plans.quotients import divided

FLOW = "reported-figure"
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody fills in: a value, or for a share or growth what is divided."""

    value: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    note: str = ""


@transaction.atomic
def open_figures(on: date) -> int:
    """Ask for what is due: one figure for each reported indicator, place and period that ended. Gives how many.

    Periods that ended before the plan was in force are not asked for. Running again opens nothing twice.
    """
    pack = releases.current()
    city, opened = int(pack.city.region), 0
    for indicator in queries.indicators():
        declared = pack.indicators.get(indicator.definition)
        if declared is None or declared.computed is not None or indicator.document.published_at is None:
            continue
        since = timezone.localdate(indicator.document.published_at)
        periods = list(ended_periods(since, on, declared.months))
        opened += _open(indicator, declared, city, periods) if periods else 0
    return opened


def ended_periods(since: date, on: date, months: int) -> Iterator[tuple[date, date]]:
    """(first, last day) of each period of so many months that ended on `since` or later and before `on`."""
    start = date(since.year, (since.month - 1) // months * months + 1, 1)
    while True:
        following = date(start.year + (start.month + months - 1) // 12, (start.month + months - 1) % 12 + 1, 1)
        if following > on:
            return
        yield start, following - timedelta(days=1)
        start = following


def _open(indicator: Indicator, declared: Declared, city: int, periods: list[tuple[date, date]]) -> int:
    known = set(
        ReportedFigure.objects.filter(indicator=indicator, period_end__in=[end for _, end in periods]).values_list(
            "place", "period_end"
        )
    )
    locker = Unit.objects.filter(kind=declared.locker_kind, region=city, valid_to=None).first()
    opened = 0
    for place, unit in _reporters(declared, city):
        for start, end in periods:
            if locker is not None and (place, end) not in known:
                _begin(indicator, declared, place, unit, locker, start, end)
                opened += 1
    return opened


def _reporters(declared: Declared, city: int) -> list[tuple[int, Unit]]:
    """(place, unit that reports it): the city's own unit, or each county's."""
    places = [city]
    if declared.reported_by == "county":
        places = list(Region.objects.filter(level="county").values_list("code", flat=True))
    units = Unit.objects.filter(kind=declared.reporter_kind, region__in=places, valid_to=None).order_by("region", "id")
    first = {unit.region: unit for unit in reversed(units)}
    return sorted(first.items())


def _begin(
    indicator: Indicator, declared: Declared, place: int, unit: Unit, locker: Unit, start: date, end: date
) -> None:
    figure = ReportedFigure(
        indicator=indicator,
        place=place,
        period_start=start,
        period_end=end,
        due_on=calendar.calendar().add_working_days(end, declared.due_days),
        region=place,
        unit_id=unit.id,
        locker_id=locker.id,
    )
    workflow.begin(figure, FLOW, actor=SYSTEM)


@transaction.atomic
def fill_figure(actor: Actor, *, figure: ReportedFigure, given: Given, way: str = "page") -> ReportedFigure:
    """Give a figure for one's own unit; each giving is a row of its own, and none is overwritten.

    Raises Refused for what can't be, and for a yearly total below the one locked before without a word why.
    """
    _require_unit(actor, "figure.fill", figure, figure.unit_id, "由填报单位的人员填报。")
    value, why = _checked(figure, given)
    figure = workflow.advance(figure, "fill", actor=actor)
    FigureEntry.objects.create(
        figure=figure,
        number=figure.entries.count() + 1,
        value=value,
        above=given.above,
        below=given.below,
        note=given.note.strip()[:300],
        way=way,
        given_by=actor.label,
        given_at=calendar.now(),
        region=figure.region,
        unit_id=figure.unit_id,
    )
    figure.value, figure.above, figure.below, figure.why = value, given.above, given.below, why
    figure.save(update_fields=["value", "above", "below", "why"])
    audit.record(actor, "figure.fill", f"figure:{figure.id}", region=figure.region, detail={"way": way})
    return figure


def _checked(figure: ReportedFigure, given: Given) -> tuple[Decimal | None, str]:
    """(value, why there is none). Raises Refused."""
    indicator = figure.indicator
    if indicator.is_quotient:
        if given.above is None or given.below is None:
            raise Refused("请把分子和分母都填上，百分比由系统来算。", "above")
        for part in (given.above, given.below):
            _bounded(part, "元" if indicator.unit == "元" else "")
        if indicator.kind == "ratio" and given.above > given.below:
            raise Refused("比例的分子不能大于分母，请核对。", "above")
        return divided(indicator.kind, given.above, given.below)
    if given.value is None:
        raise Refused("请填数。没有发生的填0，不要空着。", "value")
    _bounded(given.value, indicator.unit)
    if indicator.kind == "count" and given.value != given.value.to_integral_value():
        raise Refused(f"{indicator.name}按{indicator.unit}计数，应为整数。", "value")
    _not_less(figure, given)
    return given.value, ""


def _bounded(value: Decimal, unit: str) -> None:
    if not 0 <= value <= LARGEST:
        raise Refused(f"应在0到{amount_words(LARGEST, unit)}之间。", "value")


def _not_less(figure: ReportedFigure, given: Given) -> None:
    """A total of the year does not shrink by itself."""
    if figure.indicator.period != "per_year" or given.note.strip() or given.value is None:
        return
    earlier = ReportedFigure.objects.filter(
        indicator=figure.indicator,
        place=figure.place,
        state="locked",
        period_end__lt=figure.period_end,
        period_end__year=figure.period_end.year,
    )
    last = earlier.order_by("-period_end").first()
    if last is not None and last.value is not None and given.value < last.value:
        words = exact_words(last.value, figure.indicator.unit)
        raise Refused(f"今年累计不应少于{last.period_words}锁定的{words}；如果确实要减，请在说明里写原因。", "note")


@transaction.atomic
def check_figure(actor: Actor, *, figure: ReportedFigure, passed: bool, reason: str = "") -> ReportedFigure:
    """Pass a figure on to the unit that locks it, or give it back to whoever filled it in."""
    _require_unit(actor, "figure.check", figure, figure.unit_id, "由填报单位的审核人员审核。")
    figure = workflow.advance(figure, "check" if passed else "return_to_filler", actor=actor, reason=reason)
    audit.record(actor, "figure.check", f"figure:{figure.id}", region=figure.region, detail={"passed": passed})
    return figure


@transaction.atomic
def lock_figure(actor: Actor, *, figure: ReportedFigure, accepted: bool, reason: str = "") -> ReportedFigure:
    """Lock a figure, so that lights and reports use it; or give it back to the unit that reports it."""
    _require_unit(actor, "figure.lock", figure, figure.locker_id, "由锁定单位的人员锁定。")
    figure = workflow.advance(figure, "lock" if accepted else "return_to_reporter", actor=actor, reason=reason)
    _set_locked(figure, accepted)
    audit.record(actor, "figure.lock", f"figure:{figure.id}", region=figure.region, detail={"accepted": accepted})
    return figure


@transaction.atomic
def unlock_figure(actor: Actor, *, figure: ReportedFigure, reason: str) -> ReportedFigure:
    """Open a locked figure again, to be corrected; until it is locked anew nothing counts it."""
    _require_unit(actor, "figure.lock", figure, figure.locker_id, "由锁定单位的人员解锁。")
    figure = workflow.advance(figure, "unlock", actor=actor, reason=reason)
    _set_locked(figure, False)
    audit.record(actor, "figure.unlock", f"figure:{figure.id}", region=figure.region)
    return figure


def _set_locked(figure: ReportedFigure, is_locked: bool) -> None:
    figure.locked_at, figure.is_public = calendar.now() if is_locked else None, is_locked
    figure.save(update_fields=["locked_at", "is_public"])


def _require_unit(actor: Actor, permission: str, figure: ReportedFigure, unit_id: int, otherwise: str) -> None:
    require(actor, permission, figure, unit=None)
    if not offices.acts_for_unit(actor, permission, unit_id):
        raise NotAllowed(otherwise)
