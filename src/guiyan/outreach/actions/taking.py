"""Taking records that come in: into the registers, each number once, and whether it is somebody's first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from guiyan.cases.offices import unit_for
from guiyan.kernel import audit, calendar, jobs, releases, workflow
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.turns import take_turn
from guiyan.outreach import states
from guiyan.outreach.firsts import Earlier, earlier_of, why_not_first
from guiyan.outreach.models import Arrival, ArrivalFile
from guiyan.outreach.permissions import TAKE
from guiyan.outreach.records import Record
from guiyan.packs.trigger import NUMBER, Trigger
from guiyan.registers import actions as writing
from guiyan.registers import queries as registers
from guiyan.registers.values import Value
from guiyan.registers.writing import Report

FOLLOW = "outreach.follow"
NEW, KNOWN, SAME, REFUSED = "new", "known", "same", "refused"
CHANGED = "这个业务号以前收到过，内容有改动：名录已按新的更新，不再通知"
SAME_AGAIN = "这个业务号以前收到过，没有改动"


@dataclass(frozen=True)
class Came:
    """Where records come from: an API key or a file. region: of what names no place that is known."""

    by: str
    label: str
    region: int
    file: ArrivalFile | None = None


@dataclass(frozen=True)
class Result:
    """What became of one record: new (it sets off what is declared), known, same (sent before) or refused."""

    record: Record
    outcome: str
    why: str = ""
    arrival_id: int | None = None


@transaction.atomic
def take_records(actor: Actor, *, trigger: Trigger, records: Sequence[Record], came: Came) -> list[Result]:
    """Take records together, in their order; faulty ones are kept as sent back, the others go on.

    The caller has read them (`RecordReader`) against the actor's range. What a first one sets off is a job of its own,
    asked for in this transaction.
    """
    with entered(Scope.system()):
        take_turn(f"outreach.arrivals:{trigger.id}")  # two that name one founder at once: only one is the first
        numbers = [one.number for one in records if one.number]
        before = {row.number: row for row in Arrival.objects.filter(trigger=trigger.id, number__in=numbers)}
        good = [one for one in records if not one.faults and is_news(one, before.get(one.number))]
        earlier = earlier_of(trigger, good)
        recorded = enter(actor, trigger, good, came)
        return [take_one(actor, trigger, one, came, before, earlier, recorded) for one in records]


def is_news(record: Record, row: Arrival | None) -> bool:
    return row is None or row.state == states.REFUSED or bytes(row.digest) != record.digest


def enter(actor: Actor, trigger: Trigger, records: Sequence[Record], came: Came) -> dict[str, tuple[int, int | None]]:
    """Number → (firm, the person it names): one report into each register, of this source, on this basis."""
    if not records:
        return {}
    day = calendar.today()
    named = [one for one in records if one.values.get(f"{trigger.first_by}_id_number")]
    about = [Report(person_values(trigger, one.values), trigger.named.source, day, trigger.basis[:80]) for one in named]
    firms = [Report(firm_values(trigger, one.values), trigger.source, day, trigger.basis[:80]) for one in records]
    region_field = releases.current().registers[trigger.register_].region_field
    people: dict[str, int] = {}
    for one, report in zip(named, about, strict=True):
        place = int(str(one.values[region_field]))
        (taken,) = writing.record_many(
            actor, register=trigger.named.register_, reports=[report], region=place, permission=TAKE
        )
        people[one.number] = registers.canonical(taken.subject_id)
    taken_firms = writing.record_many(
        actor, register=trigger.register_, reports=firms, region=came.region, permission=TAKE
    )
    return {
        one.number: (registers.canonical(firm.subject_id), people.get(one.number))
        for one, firm in zip(records, taken_firms, strict=True)
    }


def firm_values(trigger: Trigger, values: Mapping[str, Value]) -> dict[str, Value]:
    return {**{name: values[name] for name in trigger.takes if values.get(name) is not None}, **trigger.fixed}


def person_values(trigger: Trigger, values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: values[of] for name, of in trigger.named.fields.items() if values.get(of) is not None}


def take_one(
    actor: Actor,
    trigger: Trigger,
    record: Record,
    came: Came,
    before: dict[str, Arrival],
    earlier: Earlier,
    recorded: Mapping[str, tuple[int, int | None]],
) -> Result:
    row = before.get(record.number)
    if record.faults:
        return send_back(actor, trigger, record, came, before)
    if row is not None and row.state != states.REFUSED:
        if bytes(row.digest) == record.digest:
            return Result(record, SAME, SAME_AGAIN, row.pk)
        Arrival.objects.filter(pk=row.pk).update(digest=record.digest)
        return Result(record, KNOWN, CHANGED, row.pk)
    firm_id, person_id = recorded[record.number]
    why = why_not_first(trigger, record, earlier)
    row = begun(actor, trigger, record, came, row, firm_id=firm_id, person_id=person_id, why=why)
    before[record.number] = row
    if why:
        workflow.advance(row, "know", actor=SYSTEM)
    else:
        jobs.defer(FOLLOW, arrival_id=row.pk)
    return Result(record, KNOWN if why else NEW, why, row.pk)


def send_back(actor: Actor, trigger: Trigger, record: Record, came: Came, before: dict[str, Arrival]) -> Result:
    """A faulty record is kept under its number, with what is wrong, until it comes right; an earlier good one stays."""
    why, row = "；".join(map(str, record.faults))[:300], before.get(record.number)
    numberless = not record.number or any(fault.field == NUMBER for fault in record.faults)
    if numberless or (row is not None and row.state != states.REFUSED):
        return Result(record, REFUSED, why)
    if row is not None and (row.why, bytes(row.digest)) == (why, record.digest):
        return Result(record, REFUSED, why, row.pk)
    row = before[record.number] = begun(actor, trigger, record, came, row, firm_id=None, person_id=None, why=why)
    workflow.advance(row, "refuse", actor=SYSTEM)
    return Result(record, REFUSED, why, row.pk)


def begun(
    actor: Actor,
    trigger: Trigger,
    record: Record,
    came: Came,
    row: Arrival | None,
    *,
    firm_id: int | None,
    person_id: int | None,
    why: str,
) -> Arrival:
    """A new row, or the one that was sent back, with what the record says now."""
    register = releases.current().registers[trigger.register_]
    place, since = record.values.get(register.region_field), record.values.get(trigger.dated)
    arrival = row or Arrival(trigger=trigger.id, number=record.number)
    arrival.digest, arrival.why = record.digest, why
    arrival.came_by, arrival.came_from, arrival.file = came.by, came.label[:120], came.file
    arrival.received_at, arrival.day = calendar.now(), calendar.today()
    arrival.name = str(record.values.get(register.title_field) or "")[:120]
    arrival.registered_on = since if isinstance(since, date) else None
    arrival.firm_id, arrival.subject_id = firm_id, person_id
    placed = isinstance(place, int) and all(fault.field != register.region_field for fault in record.faults)
    arrival.region = place if isinstance(place, int) and placed else came.region
    arrival.unit_id = unit_for(trigger.unit_kind, arrival.region).pk
    if row is None:
        arrival = workflow.begin(arrival, trigger.flow, actor=actor)
    else:
        arrival.save()
        arrival = workflow.advance(arrival, "resend", actor=SYSTEM)
    detail: dict[str, audit.Value] = {"by": came.by, "sent_back": firm_id is None}
    audit.record(actor, "arrival.take", arrival.ref, region=arrival.region, detail=detail)
    return arrival
