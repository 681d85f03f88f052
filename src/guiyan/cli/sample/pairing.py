"""Specialists and mentors of the demonstration: given to all by rule, a few left open, some services written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TypedDict

from guiyan.accounts.queries import actor_by_username
from guiyan.engagements import actions as engagements
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.regions import STEPS, span, subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions as registers
from guiyan.registers import queries as register_queries
from guiyan.registers.queries import MOST_IN_ROUND
from guiyan.registers.sample.helpers import fill_helpers

TOWN = 421224107000
COUNTY = 421224000000
LEFT_OPEN = 4
SERVED = 6


class Service(TypedDict):
    kind: str
    note: str
    need: str
    next_step: str


SERVICES: tuple[Service, ...] = (
    {
        "kind": "visit",
        "note": "上门看经营场所，核对了带动就业人数",
        "need": "想扩一间库房",
        "next_step": "问镇里闲置厂房",
    },
    {"kind": "policy", "note": "讲了一次性创业补贴和担保贷款的条件", "need": "", "next_step": ""},
    {"kind": "call", "note": "电话问近况，生意平稳", "need": "缺两名熟练工", "next_step": "发到用工群"},
    {"kind": "finance", "note": "陪同到农商行问创业担保贷款", "need": "周转资金10万元", "next_step": "补交流水"},
)


def pair_all() -> dict[str, int]:
    """Give everybody a specialist and a mentor as an officer would, end a few, and log services. Once."""
    pack = releases.current()
    kinds = [kind for kind in ("specialist", "mentor") if kind in pack.relations]
    with entered(Scope.system()):
        if not kinds or register_queries.helpers_there(kinds[0]):
            return {}
        people = {one.region: one.total for one in register_queries.unserved_by_town(SYSTEM, kinds[0]) if one.total}
        specialists, mentors = fill_helpers(pack, people=people, account="lihuifang", town=TOWN)
    given = {kind: give(kind, pack.city.region) for kind in kinds}
    with entered(Scope.system()):
        leave_some_open()
        logged = log_services()
    return {"specialists": specialists, "mentors": mentors, "services": logged, **given}


def give(kind: str, region: int) -> int:
    """Over the whole city in as few rounds as one may hold, each as the city's officer confirms it."""
    with entered(Scope.system()):
        officer = actor_by_username("helin")
        missing = {one.region: one.unserved for one in register_queries.unserved_by_town(officer, kind)}
    return sum(give_round(officer, kind, place) for place in rounds(region, missing))


def rounds(region: int, missing: Mapping[int, int]) -> Iterator[int]:
    """The place itself where one round holds all who have nobody; else the places below it, its own people last."""
    low, high = subtree(region)
    towns = [town for town, number in missing.items() if number and low <= town < high]
    below = step_below(region)
    if sum(missing[town] for town in towns) <= MOST_IN_ROUND or below is None:
        yield region
        return
    for place in sorted({town - town % below for town in towns} - {region}):
        yield from rounds(place, missing)
    if region in towns:
        yield region


def step_below(region: int) -> int | None:
    """The size of the places one level down; None for a town, whose villages share its helpers."""
    own = span(region)[1]
    return max((step for level, step in STEPS if step < own and level != "village"), default=None)


def give_round(officer: Actor, kind: str, place: int) -> int:
    with entered(Scope.system()):
        proposal = register_queries.propose_helpers(officer, kind=kind, region=place)
        if not proposal.pairs:
            return 0
        return registers.assign_many(officer, kind=kind, region=place, digest=proposal.digest).count


def leave_some_open() -> None:
    """A few of the county lose their specialist, so that there is something to give."""
    served = [one for one in served_in(COUNTY) if one > 100]
    for subject_id in served[-LEFT_OPEN:]:
        reason = "专员调离，等镇里另派"
        registers.end_helper(actor_by_username("zhoumin"), kind="specialist", subject_id=subject_id, reason=reason)


def served_in(region: int) -> list[int]:
    """People of a place who have a specialist, by id."""
    return register_queries.people_served("specialist", region)


def log_services() -> int:
    """The helper's own town, the demonstration's residents first; some steps are due, some are done."""
    lihuifang, today = actor_by_username("lihuifang"), calendar.today()
    people = served_in(TOWN)[:SERVED]
    for number, subject_id in enumerate(people):
        for each in range(1 + number % 2):
            service = SERVICES[(number + each) % len(SERVICES)]
            due = today + timedelta(days=number - 1 if number > 1 else number) if service["next_step"] else None
            record = engagements.record_service(
                lihuifang,
                subject_id=subject_id,
                on=today - timedelta(days=3 * each + number),
                next_on=max(due, today) if due else None,
                token=f"sample-{number}-{each}",
                **service,
            )
            if record.next_step and each:
                engagements.finish_step(lihuifang, service_id=record.pk, outcome="已经办了")
    return sum(1 + number % 2 for number in range(len(people)))
