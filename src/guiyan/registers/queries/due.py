"""What a phone takes along into a village: of each visit the name, the house, and the open answers to ask again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guiyan.accounts.permissions import require, visible
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.packs.register import Field, Register
from guiyan.packs.survey import Survey
from guiyan.registers import states
from guiyan.registers.keeping.marks import mark_of, short
from guiyan.registers.models import SurveyRound, SurveyVisit
from guiyan.registers.queries.child_lists import lists_of
from guiyan.registers.queries.rounds import RECORD, ranges_of, rounds_touching
from guiyan.registers.tables import attributes_of, register_of, table_of

MOST_VISITS = 400
OPEN = (states.VISIT_DUE, states.VISIT_UNREACHED)


@dataclass(frozen=True)
class VisitDue:
    """held: field → what the register holds, as a form has it, without numbers. was: the marks of all of them."""

    id: int
    round: int
    region: int
    name: str
    house: str
    state: str
    held: Mapping[str, Any]
    was: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """left: how many more there are than a phone takes at once."""

    rounds: tuple[SurveyRound, ...]
    visits: tuple[VisitDue, ...]
    left: int


def visits_due(actor: Actor) -> Taken:
    """Of all open rounds in the places where the actor visits, village by village. The reading is logged."""
    require(actor, RECORD)
    rounds = [one for one in rounds_touching(ranges_of(actor, RECORD), open_only=True) if one.survey in surveys()]
    rows = SurveyVisit.objects.filter(round__in=[one.pk for one in rounds], standing__in=OPEN)
    mine = visible(actor, RECORD, rows, unit=None, subject=None)
    count = mine.count()
    found = list(mine.order_by("region", "pk")[:MOST_VISITS])
    by_round = {one.pk: one for one in rounds}
    lines: list[VisitDue] = []
    for pk, each in by_round.items():
        lines += lines_of(each, [one for one in found if one.round_id == pk])
    if found:
        audit.record_read(actor, "visits", [f"subject:{one.subject_id}" for one in found], "下载入户走访名单")
    return Taken(tuple(rounds), tuple(lines), max(0, count - len(found)))


def surveys() -> Mapping[str, Survey]:
    return releases.current().surveys


def lines_of(found: SurveyRound, visits: Sequence[SurveyVisit]) -> list[VisitDue]:
    pack, survey = releases.current(), surveys()[found.survey]
    register = register_of(pack, found.register)
    rows = {
        row.subject_id: row  # type: ignore[attr-defined]
        for row in table_of(pack, register.id)._default_manager.filter(
            subject_id__in=[one.subject_id for one in visits]
        )
    }
    asked = [register.fields[name] for name in survey.asks]
    lists = {one.id: lists_of(register, one, list(rows.values())) for one in asked if one.type == "list"}
    return [
        line_of(register, survey, visit, rows[visit.subject_id], asked, lists)
        for visit in visits
        if visit.subject_id in rows
    ]


def line_of(
    register: Register,
    survey: Survey,
    visit: SurveyVisit,
    row: Any,
    asked: Sequence[Field],
    lists: Mapping[str, Mapping[int, Sequence[str]]],
) -> VisitDue:
    held: dict[str, Any] = {}
    was: dict[str, str] = {}
    for one in asked:
        if one.encrypted:
            digest = getattr(row, attributes_of(one.id, True)[1])
            was[one.id] = short(bytes(digest).hex()) if digest is not None else ""
            continue
        value = tuple(lists[one.id].get(row.pk, ())) if one.type == "list" else stored(row, one)
        was[one.id] = mark_of(register, one.id, value)
        if value not in (None, "", ()):
            held[one.id] = as_typed(value)
    title, house = stored(row, register.fields[register.title_field]), register.fields.get(survey.house or "")
    return VisitDue(
        visit.pk,
        visit.round_id,
        visit.region,
        str(title or ""),
        str(stored(row, house) or "") if house is not None else "",
        visit.standing,
        held,
        was,
    )


def stored(row: Any, one: Field) -> Any:
    return getattr(row, attributes_of(one.id, one.encrypted)[0])


def as_typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return list(value) if isinstance(value, tuple) else str(value)
