"""Two survey rounds of the demonstration: one of a township that is over, one of the whole county under way."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid5

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.keeping.marks import marks_of_entry
from guiyan.registers.models import SurveyRound, SurveyVisit
from guiyan.registers.queries import rounds
from guiyan.registers.surveying.rounds import asked_in, close_round, open_round, remind
from guiyan.registers.surveying.visits import MOST, take_records

SURVEY, COUNTY, TOWN, OTHER_TOWN = "wish", 421224000000, 421224107000, 421224100000
VILLAGE = 421224107206  # the village officer's; in the second round her people are left for her to visit
NAMES = UUID("0d8a3f4e-5b0e-4d55-8d0c-3f1b8a5f6e10")
NEEDS = ("funds", "site", "training", "sales", "staff", "advice")
WISHES = ("thinking", "planned", "started")
LEFT_OPEN, NOT_REACHED = 3, 7


def ask_away() -> dict[str, int]:
    """As a county's officer and a village's helper would; once, and where there is anybody to ask."""
    today = calendar.today()
    with entered(Scope.system()):
        if SURVEY not in releases.current().surveys or rounds.rounds_for(SYSTEM):
            return {}
        if not asked_in(releases.current().surveys[SURVEY], TOWN).exists():
            return {}
        zhoumin, helper = actor_by_username("zhoumin"), actor_by_username("lihuifang")
        first = opened(zhoumin, "2026年第一轮", TOWN, today - timedelta(days=56), today - timedelta(days=30))
        asked = visit(helper, first, today - timedelta(days=40), turn=0)
        close_round(zhoumin, round_id=first.pk)
        second = opened(zhoumin, "2026年第二轮", COUNTY, today - timedelta(days=4), today + timedelta(days=21))
        asked += visit(helper, second, today - timedelta(days=1), turn=1)
        if second.visits.filter(region__gte=OTHER_TOWN, region__lt=OTHER_TOWN + 1000).exists():
            remind(zhoumin, round_id=second.pk, region=OTHER_TOWN)
    return {"asked": asked}


def opened(actor: Actor, title: str, region: int, from_on: date, to_on: date) -> SurveyRound:
    return open_round(actor, survey=SURVEY, title=title, region=region, from_on=from_on, to_on=to_on)


def visit(helper: Actor, found: SurveyRound, on: date, *, turn: int) -> int:
    """Most of the township: one in seven is not reached, one in three is left for later in the second round."""
    listed = list(found.visits.filter(region__gte=TOWN, region__lt=TOWN + 1000).order_by("pk"))
    wanted = [one for place, one in enumerate(listed) if not turn or (place % LEFT_OPEN and one.region != VILLAGE)]
    records = [record(found, one, place, on, turn) for place, one in enumerate(wanted)]
    for start in range(0, len(records), MOST):
        take_records(helper, records[start : start + MOST])
    return len(records)


def record(found: SurveyRound, one: SurveyVisit, place: int, on: date, turn: int) -> dict[str, object]:
    head: dict[str, object] = {
        "number": str(uuid5(NAMES, f"{found.pk}-{one.pk}")),
        "round": found.pk,
        "visit": one.pk,
        "on": on.isoformat(),
    }
    if place % NOT_REACHED == 6:
        return {**head, "kind": "unreached", "reason": "away"}
    has_wish = (one.subject_id + turn) % 4 == 0 or one.subject_id % 6 == 0
    values: dict[str, object] = {"has_wish": "true" if has_wish else "false"}
    if has_wish:
        values |= {"wish": WISHES[(one.subject_id + turn) % 3], "needs": [NEEDS[one.subject_id % 6]]}
    return {**head, "kind": "answered", "values": values, "was": marks_of_entry(found.register, one.subject_id)}
