"""One record on its way into the register and its round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from guiyan.accounts.permissions import decide, visible
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import long_day, now, today
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Field, Register
from guiyan.packs.survey import Survey
from guiyan.registers import states
from guiyan.registers.declared import key_of
from guiyan.registers.importing.reading import known_names
from guiyan.registers.keeping.conditions import lacking
from guiyan.registers.keeping.editing import Changed, edit_entry
from guiyan.registers.keeping.marks import marks_of_entry
from guiyan.registers.models import SurveyRound, SurveyVisit
from guiyan.registers.queries.due import as_typed
from guiyan.registers.queries.entries import first_row, values_of
from guiyan.registers.queries.rounds import RECORD, At, meets, ranges_of
from guiyan.registers.queries.subjects import canonical
from guiyan.registers.showing import shown
from guiyan.registers.surveying.records import (
    CHANGED,
    FOUND,
    LATE,
    TAKEN,
    UNREACHED,
    WRONG,
    Answer,
    Sent,
    Typed,
    typed_values,
)
from guiyan.registers.surveying.rounds import add_visit, survey_of
from guiyan.registers.tables import register_of
from guiyan.registers.values import Value, to_json
from guiyan.registers.writing import Report, take
from guiyan.registers.writing.identify import find
from guiyan.registers.writing.prepare import prepare

OLDEST_DAYS = 60
NOBODY: tuple[Value, ...] = (None, "", ())


class Taking:
    """One record on its way into the register and its round."""

    def __init__(self, actor: Actor, record: Sent) -> None:
        self.actor, self.record, self.number = actor, record, str(record.number)
        self.refuse_day()
        self.round = self.round_reached()
        self.survey: Survey = survey_of(self.round.survey)
        self.pack = releases.current()
        self.register: Register = register_of(self.pack, self.round.register)

    def round_reached(self) -> SurveyRound:
        """Raises NotFound for a round that touches none of her places."""
        with entered(Scope.system()):
            found = SurveyRound.objects.filter(pk=self.record.round).first()
        if found is None or not any(meets(subtree(found.region), one) for one in ranges_of(self.actor, RECORD)):
            raise NotFound
        return found

    def is_open(self) -> bool:
        """Read again: with the visit locked, a round that was closed meanwhile takes it no more."""
        with entered(Scope.system()):
            return SurveyRound.objects.filter(pk=self.round.pk, closed_at=None).exists()

    def refuse_day(self) -> None:
        if self.record.on > today():
            raise Refused("走访日期还没有到，请核对手机上的日期。", "day")
        if self.record.on < today() - timedelta(days=OLDEST_DAYS):
            raise Refused(f"走访日期早于{OLDEST_DAYS}天前，请重新走访。", "day")

    def answer(self) -> tuple[Answer, int, int]:
        """With the round and the place it belongs to."""
        if self.record.kind == FOUND:
            return self.found_person()
        visit = self.visit_reached()
        done = self.unreached(visit) if self.record.kind == UNREACHED else self.answered(visit)
        return done, self.round.pk, visit.region

    def visit_reached(self) -> SurveyVisit:
        rows = SurveyVisit.objects.filter(pk=self.record.visit, round=self.round)
        found = visible(self.actor, RECORD, rows, unit=None, subject=None).first()
        if found is None:
            raise NotFound
        with entered(Scope.system()):
            return SurveyVisit.objects.select_for_update().get(pk=found.pk)

    def unreached(self, visit: SurveyVisit) -> Answer:
        if self.record.reason not in self.survey.not_reached:
            return Answer(self.number, WRONG, "请选没有访到的原因。", visit.pk, {"reason": "请选一个原因"})
        if not self.is_open():
            return self.told(LATE, visit)
        if visit.standing == states.VISIT_DONE:
            return Answer(self.number, WRONG, f"{visit.actor_label}已经访到这一户，没有改成没访到。", visit.pk)
        self.note(visit, states.VISIT_UNREACHED, {}, self.record.reason)
        return self.told(TAKEN, visit)

    def answered(self, visit: SurveyVisit) -> Answer:
        typed = self.typed(self.survey.asks)
        self.demand(typed)
        if typed.faults:
            return self.wrong(typed, visit.pk)
        try:
            edit_entry(
                self.actor,
                register=self.register.id,
                subject_id=visit.subject_id,
                values=self.stamped(typed.values),
                was=self.known_marks(visit.subject_id),
                source=self.survey.source,
                at=self.record.on,
                permission=RECORD,
            )
        except Changed as changed:
            return self.side_by_side(visit, typed.values, changed)
        return self.counted(visit, typed.values)

    def known_marks(self, subject_id: int) -> dict[str, str]:
        """What the phone showed; what it does not show (the day, the round) is not held against anybody."""
        with entered(Scope.system()):
            now_held = marks_of_entry(self.register.id, subject_id)
        stamps = {name: now_held.get(name, "") for name in (self.survey.day, self.survey.round) if name}
        return {**self.record.was, **stamps}

    def counted(self, visit: SurveyVisit, values: Mapping[str, Value]) -> Answer:
        if not self.is_open():
            return self.told(LATE, visit)
        answers = {name: to_json(values.get(name)) for name in self.survey.compares if values.get(name) is not None}
        self.note(visit, states.VISIT_DONE, answers, "")
        return self.told(TAKEN, visit)

    def note(self, visit: SurveyVisit, standing: str, answers: Mapping[str, Any], reason: str) -> None:
        visit.standing, visit.answers, visit.reason, visit.note = standing, dict(answers), reason, self.record.note
        visit.visited_on, visit.at = self.record.on, now()
        visit.user_id, visit.actor_label = self.actor.user_id, self.actor.label[:80]
        with entered(Scope.system()):
            visit.save()

    def told(self, outcome: str, visit: SurveyVisit) -> Answer:
        late = "这一轮已经结束：内容已记入名录，不计入这一轮。"
        if outcome == LATE and self.record.kind == UNREACHED:
            late = "这一轮已经结束，没有访到的不用再报。"
        return Answer(self.number, outcome, late if outcome == LATE else "", visit.pk)

    def typed(self, allowed: Sequence[str]) -> Typed:
        return typed_values(self.register, self.survey, known_names(self.pack), self.record, tuple(allowed))

    def demand(self, typed: Typed) -> None:
        for name in self.survey.must:
            if typed.values.get(name) in NOBODY and name not in typed.faults:
                typed.faults[name] = "还没有填"

    def wrong(self, typed: Typed, visit: int = 0) -> Answer:
        labels = [self.register.fields[name].label for name in typed.faults if name in self.register.fields]
        return Answer(self.number, WRONG, f"请改好再发：{'、'.join(labels)}。", visit, typed.faults)

    def stamped(self, values: Mapping[str, Value]) -> dict[str, Value]:
        stamps: dict[str, Value] = {}
        if self.survey.day:
            stamps[self.survey.day] = self.record.on
        if self.survey.round:
            stamps[self.survey.round] = self.round.title
        return {**values, **stamps}

    def side_by_side(self, visit: SurveyVisit, values: Mapping[str, Value], changed: Changed) -> Answer:
        with entered(Scope.system()):
            row = first_row(self.pack, self.register.id, visit.subject_id)
            held = values_of(self.register, row) if row is not None else {}
        clashes = [
            {
                "field": one.id,
                "label": one.label,
                "mine": "新填的号码" if one.encrypted else words_of(one, values.get(one.id)),
                "theirs": words_of(one, held.get(one.id)),
                "value": "" if one.encrypted or held.get(one.id) in NOBODY else as_typed(held[one.id]),
            }
            for one in changed.fields
        ]
        return Answer(self.number, CHANGED, changed.message, visit.pk, clashes=clashes, now=changed.now)

    def found_person(self) -> tuple[Answer, int, int]:
        """Somebody at home in a village of hers who was not listed; known already, her entry gets one more source."""
        place = self.record.region
        if place not in self.pack.regions or not decide(self.actor, RECORD, At(place), unit=None):
            raise NotFound
        typed = self.typed((*self.survey.new, *self.survey.asks))
        self.demand(typed)
        values = {**self.stamped(typed.values), self.register.region_field: place}
        for gap in lacking(self.register, {name: value for name, value in values.items() if value not in NOBODY}):
            typed.faults.setdefault(gap.id, "还没有填")
        if typed.faults:
            return self.wrong(typed), self.round.pk, place
        told = {name: value for name, value in values.items() if value not in NOBODY}
        with entered(Scope.system()):
            report = Report(told, self.survey.source, self.record.on)
            self.refuse_elsewhere(report)
            (taken,) = take(self.pack, self.register, [report], region=place)
            who = canonical(taken.subject_id)
            detail: dict[str, audit.Value] = {"source": report.source, "outcome": taken.outcome.value}
            audit.record(
                self.actor, f"register.record:{self.register.id}", f"subject:{who}", region=place, detail=detail
            )
            publish("subject.changed", subject_id=who, register=self.register.id)
            if not self.is_open():
                return Answer(self.number, LATE, "这一轮已经结束：内容已记入名录，不计入这一轮。"), self.round.pk, place
            visit = add_visit(self.round, who, place)
        return self.counted(visit, typed.values), self.round.pk, place

    def refuse_elsewhere(self, report: Report) -> None:
        """An entry of another place is not taken over from a door."""
        (prepared,) = prepare(self.register, [report])
        known = find([prepared.key]) if prepared.key is not None else {}
        held = first_row(self.pack, self.register.id, known[prepared.key]) if prepared.key in known else None
        if held is not None and not decide(self.actor, RECORD, held, unit=None, subject=None):
            label = key_of(self.register)
            raise Refused(
                f"名录里已经有这个{label.label if label else '人'}，登记在别的地方。请报县里核对。", "elsewhere"
            )


def words_of(asked: Field, value: Value) -> str:
    """A value as a phone shows it beside another."""
    told = shown(asked, value, {})
    if told.value in NOBODY:
        return "没有填"
    return long_day(told.value) if told.kind == "date" else f"{told.value}{told.unit}"  # type: ignore[arg-type]
