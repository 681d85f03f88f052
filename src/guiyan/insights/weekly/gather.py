"""What happened in a week, to the person: figures, new records of the week, cases by stage, money, supervision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guiyan.accounts.permissions import visible
from guiyan.accounts.queries import region_name
from guiyan.cases.queries import Case
from guiyan.insights.drill import added, figure_or_none
from guiyan.insights.funnel import paying_flows
from guiyan.insights.periods import Period, week_of, year_before, year_to
from guiyan.insights.standing import Known, Standing, least_of, standing, standings_of
from guiyan.kernel import calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.regions import subtree
from guiyan.kernel.releases import current
from guiyan.ledger import queries as ledger
from guiyan.plans import queries as plans
from guiyan.plans.models import Indicator
from guiyan.plans.queries import supervision

STEPS = {"submit": "收件", "accept": "受理", "pass_review": "审定", "refuse": "不予发放", "confirm_payment": "到账"}


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One indicator: where it stands, and what this week added."""

    standing: Standing
    added: Decimal


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """One page for one place and week."""

    place: int
    place_name: str
    week: Period
    number: int
    lines: list[WeekLine]
    told: list[Standing]  # what is reported by hand: locked, not locked, not reported
    cases: dict[str, int]
    paid_count: int
    paid_fen: int
    returned_count: int
    orders_open: int
    orders_late: int
    as_of: date
    written_on: date

    @property
    def is_running(self) -> bool:
        """The week is not over: its figures go up to today."""
        return self.week.end >= self.written_on


def weekly_report(actor: Actor, *, week: date, place: int | None = None) -> WeeklyReport:
    """The report of the week that holds a day, over what the actor may see."""
    where = place or int(current().city.region)
    period = week_of(week)
    as_of = min(period.end, calendar.today())
    paid = visible(actor, "report.view", ledger.dataset("payments"), region="region")
    low, high = subtree(where)
    paid = paid.filter(region__gte=low, region__lt=high, result__on__range=(period.start, period.end))
    live = list(plans.indicators())
    orders = supervision.orders_for(actor).filter(state__in=("opened", "overdue"))
    return WeeklyReport(
        place=where,
        place_name=region_name(where),
        week=period,
        number=period.start.isocalendar().week,
        lines=[line_of(x, period, where, as_of) for x in live if x.is_computed],
        told=standings_of(told_at(live, where), where, as_of),
        cases=case_counts(period, where),
        paid_count=paid.count(),
        paid_fen=sum(paid.values_list("amount_fen", flat=True)),
        returned_count=ledger.returned_between(actor, period.start, period.end, where),
        orders_open=orders.count(),
        orders_late=supervision.late_orders(orders, calendar.today()),
        as_of=as_of,
        written_on=calendar.today(),
    )


def told_at(live: Sequence[Indicator], place: int) -> list[Indicator]:
    """What is reported by hand for a place: a county answers only for what counties report."""
    declared, city = current().indicators, int(current().city.region)
    told = [x for x in live if not x.is_computed and x.definition in declared]
    return told if place == city else [x for x in told if declared[x.definition].reported_by == "county"]


def line_of(indicator: Indicator, week: Period, place: int, as_of: date) -> WeekLine:
    """The figure as it stood at the end of the week, counted from the records like the week's own."""
    known = Known([indicator], [place], as_of)
    if place == known.city and indicator.id in known.each:
        found = least_of(indicator, [_stood(known, indicator, county, as_of) for county in known.counties])
    else:
        found = _stood(known, indicator, place, as_of)
    return WeekLine(found, added_in(indicator, week, place))


def _stood(known: Known, indicator: Indicator, place: int, as_of: date) -> Standing:
    now = figure_or_none(indicator, year_to(as_of), place)
    before = figure_or_none(indicator, year_before(year_to(as_of)), place)
    return standing(indicator, now, before, as_of, target=known.target(indicator, place))


def case_counts(period: Period, place: int) -> dict[str, int]:
    """What was done in a week with requests for money, in the order of the flow; in the scope of whoever reads."""
    done = workflow.done_between(Case, period.start, period.end, subtree(place), flows=paying_flows())
    return {label: done.get(verb, 0) for verb, label in STEPS.items()}


def added_in(indicator: Indicator, period: Period, place: int) -> Decimal:
    """What the records of a week add to the figure."""
    return added(indicator, period, place)
