"""Writing an entry down and changing it. A change is a report; what two changed at once is theirs to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Model

from guiyan.accounts.permissions import decide, require
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers.declared import key_of
from guiyan.registers.keeping.conditions import lacking
from guiyan.registers.keeping.drafts import drop_draft
from guiyan.registers.keeping.marks import Marks, mark_of, marks_of
from guiyan.registers.keeping.overlaps import refusing_overlap
from guiyan.registers.keeping.slots import follows_from_period
from guiyan.registers.models import Subject
from guiyan.registers.queries.entries import VIEWED_BY, find_row, first_row, values_of
from guiyan.registers.seeing import hidden_in
from guiyan.registers.tables import register_of
from guiyan.registers.values import Value
from guiyan.registers.writing import Report, take
from guiyan.registers.writing.identify import find
from guiyan.registers.writing.prepare import prepare

EDIT = "register.edit"


class Changed(Refused):
    """Somebody else changed the same fields meanwhile. now: their marks as they stand."""

    def __init__(self, fields: list[Field], now: dict[str, str]) -> None:
        labels = "、".join(field.label for field in fields)
        super().__init__(f"您打开以后，别人也改了{labels}。请选用哪一个。", "changed-meanwhile")
        self.fields, self.now = fields, now


@dataclass(frozen=True)
class Edited:
    """outweighed: fields that go on showing what a more trusted source says."""

    subject_id: int
    changed: tuple[Field, ...]
    outweighed: tuple[Field, ...]


class At:
    """A place to ask permission for."""

    def __init__(self, region: int) -> None:
        self.region = region


@transaction.atomic
def add_entry(actor: Actor, *, register: str, values: Mapping[str, Value], source: str) -> Edited:
    """A new entry. Refused in words for what is missing, and for a key that the register has already."""
    pack = releases.current()
    declared = register_of(pack, register)
    allow_source(declared, source)
    told: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, (), "")}
    told |= follows_from_period(declared, told)
    refuse_gaps(declared, told)
    region = told.get(declared.region_field)
    place = region if isinstance(region, int) else pack.city.region
    reach(actor, place)
    with refusing_overlap(), entered(Scope.system()):
        report = Report(told, source, today())
        refuse_known(pack, declared, report)
        (taken,) = take(pack, declared, [report], region=place)
        if first_row(pack, register, taken.subject_id) is None:
            raise Refused("一模一样的一条已经作废过，不能原样再记。要再记，请写明不同的地方。", "voided")
        told_of(actor, declared, "register.add", taken.subject_id, place, sorted(told))
    drop_draft(actor, register, 0)
    return Edited(taken.subject_id, tuple(declared.fields[name] for name in told), ())


@transaction.atomic
def edit_entry(
    actor: Actor,
    *,
    register: str,
    subject_id: int,
    values: Mapping[str, Value],
    was: Marks,
    source: str,
    at: date | None = None,
    permission: str = EDIT,
) -> Edited:
    """Say what of an entry is otherwise: of `values`, what differs from what the form showed (`was`).

    An empty value takes the field's back. Raises Changed where somebody else changed the same field to something else.
    at: the day of which it is said, where it was written down earlier. permission: what the way it comes by asks for.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    allow_source(declared, source)
    row = find_row(actor, pack, register, subject_id, VIEWED_BY if permission == EDIT else (permission,))
    if row is None:
        raise NotFound
    require(actor, permission, row, subject=None)
    hidden = hidden_in(actor, declared, row)
    with refusing_overlap(), entered(Scope.system()):
        Subject.objects.select_for_update().get(pk=row.subject_id)  # type: ignore[attr-defined]
        row = first_row(pack, register, subject_id)
        assert row is not None
        now = marks_of(declared, row)
        mine = {n: v for n, v in values.items() if n not in hidden and mark_of(declared, n, v) != was.get(n, "")}
        refuse_clashes(declared, mine, was, now)
        mine |= follows_from_period(declared, {**values_of(declared, row), **mine})
        changes = {name: value for name, value in mine.items() if mark_of(declared, name, value) != now[name]}
        held = {**values_of(declared, row), **changes}
        refuse_gaps(declared, held)
        move(actor, declared, changes)
        outweighed = report_changes(actor, pack, declared, row, changes, source, at or today())
    drop_draft(actor, register, subject_id)
    return Edited(row.subject_id, tuple(declared.fields[name] for name in changes), outweighed)  # type: ignore[attr-defined]


def report_changes(
    actor: Actor,
    pack: Pack,
    register: Register,
    row: Model,
    changes: Mapping[str, Value],
    source: str,
    at: date,
    *,
    unit_id: int | None = None,
) -> tuple[Field, ...]:
    """unit_id: the sender whose own entry it is. The fields that a more trusted source outweighs."""
    if not changes:
        return ()
    who, place = row.subject_id, row.region  # type: ignore[attr-defined]
    told = {name: value for name, value in changes.items() if value not in (None, (), "")}
    report = Report(told, source, at, subject_id=who, cleared=frozenset(changes.keys() - told.keys()), unit_id=unit_id)
    take(pack, register, [report], region=place)
    told_of(actor, register, "register.edit", who, place, sorted(changes))
    after = first_row(pack, register.id, who)
    marks = marks_of(register, after) if after is not None else {}
    return tuple(register.fields[n] for n, v in changes.items() if mark_of(register, n, v) != marks.get(n, ""))


def told_of(actor: Actor, register: Register, action: str, subject_id: int, region: int, fields: list[str]) -> None:
    detail = {"fields": ",".join(fields)[:400]}
    audit.record(actor, f"{action}:{register.id}", f"subject:{subject_id}", region=region, detail=detail)
    publish("subject.changed", subject_id=subject_id, register=register.id)


def move(actor: Actor, register: Register, changes: Mapping[str, Value]) -> None:
    """An entry is handed to another place only by who may write there too."""
    place = changes.get(register.region_field)
    if isinstance(place, int):
        reach(actor, place)


def reach(actor: Actor, place: int) -> None:
    if not decide(actor, EDIT, At(place), unit=None):
        raise NotAllowed("这个地方不在您的办理范围内，不能把它记到那里。")


def refuse_clashes(register: Register, mine: Mapping[str, Value], was: Marks, now: Marks) -> None:
    clashing = [
        register.fields[name]
        for name, value in mine.items()
        if now[name] not in (was.get(name, ""), mark_of(register, name, value))
    ]
    if clashing:
        raise Changed(clashing, {field.id: now[field.id] for field in clashing})


def refuse_gaps(register: Register, values: Mapping[str, Value]) -> None:
    gaps = [field.label for field in lacking(register, values)]
    if gaps:
        raise Refused(f"还没有填：{'、'.join(gaps)}。", "missing")


def allow_source(register: Register, source: str) -> None:
    allowed = {one.id for one in register.sources_by("form")}
    if source not in allowed:
        raise Refused(f"“{register.label}”不能由“{source or '没有选来源'}”在这里填报。", "unknown-source")


def refuse_known(pack: Pack, register: Register, report: Report) -> None:
    """A key that the register has already: its entry is changed, not written anew."""
    (prepared,) = prepare(register, [report])
    key, declared = prepared.key, key_of(register)
    known = find([key]) if key is not None else {}
    held = first_row(pack, register.id, known[key]) if key is not None and key in known else None
    if held is not None and register.journal is not None:
        raise Refused("一模一样的一条已经记过，没有再记。", "already-there")
    if held is not None and declared is not None:
        raise Refused(f"名录里已经有这个{declared.label}，请打开原来的那一条来改。", "already-there")
