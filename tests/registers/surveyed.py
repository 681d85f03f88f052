"""People away, a round over them, and records as phones send them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions as registers
from guiyan.registers.keeping.marks import marks_of_entry
from guiyan.registers.models import SurveyRound, SurveyVisit
from guiyan.registers.surveying.rounds import open_round
from guiyan.registers.values import Value
from tests.registers.factories import COUNTY, VILLAGE, an_away_person

OTHER_VILLAGE = 421224107205
NAMES = UUID("6f1d6a52-0d0b-4c53-9f6c-0a7d3a0e6c01")
ASKED = ("has_wish", "wish", "skill", "direction", "needs", "has_ability", "away_in", "works_in", "mobile")


def people_away(count: int, *, first: int = 50, **values: Value) -> list[int]:
    """So many in one village, as the labour system knows them; the same serials again are the same people."""
    return [
        registers.record(
            SYSTEM,
            register="away",
            values=an_away_person(first + place, name=f"示例{'甲乙丙丁戊己庚'[place]}", **values),
            source="labour",
        )
        for place in range(count)
    ]


def a_round(who: Actor, *, region: int = COUNTY, title: str = "2026年上半年", to_on: date | None = None) -> SurveyRound:
    day = today()
    return open_round(who, survey="wish", title=title, region=region, from_on=day, to_on=to_on or day.replace(day=28))


def visit_of(found: SurveyRound, subject_id: int) -> SurveyVisit:
    with entered(Scope.system()):
        return SurveyVisit.objects.get(round=found, subject_id=subject_id)


def number(*parts: object) -> str:
    return str(uuid5(NAMES, "-".join(map(str, parts))))


def answered(found: SurveyRound, subject_id: int, *, again: str = "", **values: Any) -> dict[str, Any]:
    """A record of somebody who was asked, with the marks of the entry as it stands."""
    visit = visit_of(found, subject_id)
    with entered(Scope.system()):
        held = marks_of_entry("away", subject_id)
    return {
        "number": number(visit.pk, again),
        "kind": "answered",
        "round": found.pk,
        "visit": visit.pk,
        "on": today().isoformat(),
        "values": {"has_wish": "true", **values},
        "was": {name: held[name] for name in ASKED},
        "note": "",
    }


def found_person(found: SurveyRound, id_number: str, *, region: int = VILLAGE, **values: Any) -> dict[str, Any]:
    return {
        "number": number(found.pk, id_number),
        "kind": "found",
        "round": found.pk,
        "visit": 0,
        "region": region,
        "on": today().isoformat(),
        "values": {"name": "示例新人", "id_number": id_number, "has_wish": "true", **values},
    }
