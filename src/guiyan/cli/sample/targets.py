"""Targets of the demonstration: split over the counties and issued, reported figures in every state, a red light.

Three steps on the business clock: when the work begins, when the figures of the month are asked for, when they are due.
Units without a demo account are stood in for by invented people of the system, so that no two steps are one person's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from guiyan.accounts.queries import actor_by_username
from guiyan.cli.sample.earlier_loans import fill_loans
from guiyan.cli.sample.leads import settle_tasks
from guiyan.insights.splitting import suggest
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import SYSTEM, Actor, FixedActor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.plans import actions as plans
from guiyan.plans import queries as plan_queries
from guiyan.plans.actions import Given
from guiyan.plans.models import Indicator, ReportedFigure, TargetSplit
from guiyan.plans.queries import splits, supervision
from guiyan.plans.queries.reported import figures_for
from guiyan.registers.queries import dataset
from guiyan.registers.sample.declared import fill_declared
from guiyan.registers.sample.projects import fill_projects

FILLER = FixedActor("system", "示例填报员")
CHECKER = FixedActor("system", "示例审核员")
LOCKER = FixedActor("system", "示例锁定员")
CITY, TONGSHAN, XIANAN, ZONE = 421200000000, 421224000000, 421202000000, 421202900000
JIAYU, TONGCHENG, CHONGYANG, CHIBI = 421221000000, 421222000000, 421223000000, 421281000000
ISSUED = (
    "new-returnee-businesses", "jobs-led", "guarantee-loans-issued", "returnee-investment",
    "chushang-packaged-projects",
)  # fmt: skip
MOVED_PERCENT = 6  # of one county's target is handed to another when the year is looked at again
PACE = {XIANAN: 52, JIAYU: 55, TONGCHENG: 46, CHONGYANG: 33, TONGSHAN: 41, CHIBI: 48}
"""County by county, how many percent of the year's money is there by now: one is late, one a little slow."""


@dataclass(frozen=True)
class Reporting:
    """What a place reports, and how far it gets: open, returned, filled, checked or locked. note: said with it."""

    value: int
    until: str
    note: str = ""


REPORTS: Mapping[str, Mapping[int, Reporting]] = {
    "chushang-packaged-projects": {
        TONGSHAN: Reporting(9, "locked", "竹木3个、民宿4个、中药材2个"),
        CHONGYANG: Reporting(7, "locked"),
        TONGCHENG: Reporting(11, "checked"),
        JIAYU: Reporting(6, "filled"),
        CHIBI: Reporting(31, "returned", "含去年策划的项目"),
    },
    "chushang-events-per-county": {
        TONGSHAN: Reporting(2, "locked"),
        CHONGYANG: Reporting(1, "locked"),
        TONGCHENG: Reporting(1, "locked"),
        JIAYU: Reporting(3, "locked"),
        CHIBI: Reporting(2, "locked"),
        XIANAN: Reporting(2, "locked"),
    },
    "chushang-dialogues": {CITY: Reporting(11, "locked", "含线上4场")},
    "chushang-events-per-taskforce": {CITY: Reporting(1, "checked")},
    "roadshows-and-salons": {CITY: Reporting(5, "locked")},
}


def begin(but_for: Collection[int] = ()) -> None:
    """Targets are measured by the sample's people; projects, carriers and earlier loans come in to that measure; the
    year's targets are split over the counties, one is still to be issued. but_for: people without an earlier loan."""
    with entered(Scope.system()):
        plans.scale_targets(SYSTEM, people=dataset("person").rows.count())
        fill_projects(releases.current(), calendar.today(), paced("returnee-investment"))
        fill_declared(releases.current(), calendar.today())
        fill_loans(paced("guarantee-loans-issued"), but_for)
        settle_tasks()
        for definition in ISSUED:
            if indicator := live(definition):
                issue(put_up(indicator))
        if indicator := live("chushang-dialogues"):
            put_up(indicator)


def paced(definition: str) -> dict[int, int]:
    """County -> what it has reached of its part of a target in yuan, in fen; nothing while there is no such target."""
    indicator = live(definition)
    if indicator is None:
        return {}
    shares, _ = shares_of(indicator, splits.year_of(indicator, calendar.today().year))
    return {place: int(value or 0) * PACE[place] for place, value in shares.items() if place in PACE}


def are_there() -> bool:
    """Whether somebody has split a target: then nothing is begun again."""
    return splits.any_begun()


def live(definition: str) -> Indicator | None:
    return plan_queries.indicators(definition).first()


def put_up(indicator: Indicator) -> TargetSplit:
    year = splits.year_of(indicator, calendar.today().year)
    helin, shares, basis = actor_by_username("helin"), *shares_of(indicator, year)
    split = plans.save_split(helin, indicator=indicator, year=year, values=shares, basis=basis)
    return plans.propose_split(helin, split=split)


def shares_of(indicator: Indicator, year: int) -> tuple[dict[int, Decimal | None], str]:
    """By people, or evenly while there are none; the zone has a fifth of its county's."""
    try:
        shared, basis = suggest(indicator, year, "population"), "population"
    except Refused:
        shared, basis = suggest(indicator, year, "even"), "even"
    return {**shared.shares, ZONE: shared.shares[XIANAN] // 5}, basis


def issue(split: TargetSplit) -> TargetSplit:
    return plans.issue_split(actor_by_username("panjian"), split=split)


def report() -> None:
    """The figures of the month are asked for; those who are quick fill them in. One target is moved."""
    with entered(Scope.system()):
        plans.open_figures(calendar.today())
        for figure, told in told_figures():
            if told.until != "open":
                fill(figure, told)
        if indicator := live("new-returnee-businesses"):
            move_some(indicator)


def told_figures() -> list[tuple[ReportedFigure, Reporting]]:
    """What was asked for and is told here, in the order of their numbers."""
    asked = figures_for(FILLER).select_related("indicator").filter(indicator__definition__in=REPORTS).order_by("id")
    found = [(x, REPORTS[x.indicator.definition].get(x.place)) for x in asked]
    return [(figure, told) for figure, told in found if told is not None]


def fill(figure: ReportedFigure, told: Reporting) -> None:
    figure = plans.fill_figure(
        one_of("tangjie", figure.unit_id) or FILLER,
        figure=figure,
        given=Given(Decimal(told.value), note=told.note),
    )
    if told.until == "returned":
        reason = "只报今年策划的，去年的不算"
        plans.check_figure(one_of("fangyu", figure.unit_id) or CHECKER, figure=figure, passed=False, reason=reason)


def move_some(indicator: Indicator) -> None:
    """A second version: some people go from one county to its neighbour, with the reason."""
    year = splits.year_of(indicator, calendar.today().year)
    before = splits.in_force(indicator, year)
    if before is None:
        return
    values = {share.place: share.value for share in before.shares.all()}
    moved = ((values[TONGSHAN] or Decimal(0)) * MOVED_PERCENT / 100).to_integral_value(ROUND_UP)
    values[TONGSHAN] = (values[TONGSHAN] or Decimal(0)) - moved
    values[CHIBI] = (values[CHIBI] or Decimal(0)) + moved
    reason = f"通山县春季受灾，调给赤壁市{moved}人"
    helin = actor_by_username("helin")
    split = plans.save_split(helin, indicator=indicator, year=year, values=values, basis="hand", reason=reason)
    issue(plans.propose_split(helin, split=split))


def lock() -> None:
    """What is due is checked and locked, as far as each gets; a red light becomes an order, another is left."""
    with entered(Scope.system()):
        for figure, told in told_figures():
            if told.until in ("checked", "locked"):
                figure = plans.check_figure(one_of("fangyu", figure.unit_id) or CHECKER, figure=figure, passed=True)
            if told.until == "locked":
                plans.lock_figure(one_of("lulin", figure.locker_id) or LOCKER, figure=figure, accepted=True)
        supervise()


def one_of(username: str, unit_id: int) -> Actor | None:
    """The demo account, if it works in that unit."""
    actor = actor_by_username(username)
    return actor if any(grant.unit_id == unit_id for grant in actor.grants) else None


def supervise() -> None:
    """The supervision office leaves one red light with its reason, and orders an answer to the next."""
    duanyan = actor_by_username("duanyan")
    red = supervision.proposals_for(duanyan).filter(kind="indicator", place=CITY).order_by("id")
    for number, proposal in enumerate(list(red)[:2]):
        if number == 0:
            plans.dismiss_proposal(duanyan, proposal=proposal, reason="市领导正在批办，不重复督办")
        else:
            plans.order_from_proposal(duanyan, proposal=proposal, text=proposal.text)
