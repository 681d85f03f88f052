"""A unit outside government sends its own entries: by file, one by one, and takes a file of its own back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.people import SEND
from guiyan.packs.register import Register
from guiyan.registers.importing import undoing
from guiyan.registers.importing.handing import hand_in
from guiyan.registers.importing.reading import ASK, NOT_YOURS
from guiyan.registers.keeping.editing import Edited, refuse_clashes, refuse_gaps, report_changes, told_of
from guiyan.registers.keeping.marks import Marks, mark_of, marks_of
from guiyan.registers.models import ImportFile, Subject
from guiyan.registers.queries.entries import values_of
from guiyan.registers.queries.sending import file_sent, row_sent, rows_sent, sent_where
from guiyan.registers.rights.shutting import RIGHT, WRONG, is_shut, shut_keys
from guiyan.registers.seeing import hidden_in
from guiyan.registers.tables import register_of
from guiyan.registers.values import Value
from guiyan.registers.writing import Report, take
from guiyan.registers.writing.prepare import prepare
from guiyan.registers.writing.senders import units_of


def send_file(actor: Actor, *, register: str, as_of: date, name: str, blocks: Iterable[bytes]) -> ImportFile:
    """Keep a file of the actor's unit, to be checked, shown and brought in as any other."""
    to = sent_where(actor, register)
    if "file" not in to.source.by:
        raise NotAllowed("这个名录不收文件。")
    return hand_in(
        actor,
        register=register,
        source=to.source.id,
        as_of=as_of,
        name=name,
        blocks=blocks,
        home=to.unit.region,
        unit_id=to.unit.pk,
    )


@transaction.atomic
def send_entry(actor: Actor, *, register: str, values: Mapping[str, Value]) -> int:
    """A new entry of the actor's unit; its id. Refused in words for what is missing or is in the register already."""
    pack, to = releases.current(), sent_where(actor, register)
    refuse_form(to.source.by)
    declared = register_of(pack, register)
    told: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, (), "")}
    refuse_gaps(declared, told)
    with entered(Scope.system()):
        refuse_key(declared, told, to.unit.pk)
        report = Report(told, to.source.id, today(), unit_id=to.unit.pk)
        (taken,) = take(pack, declared, [report], region=to.unit.region)
        place = told.get(declared.region_field)
        region = place if isinstance(place, int) else to.unit.region
        told_of(actor, declared, "register.add", taken.subject_id, region, sorted(told))
        return entry_of(actor, declared, taken.subject_id)


@transaction.atomic
def mend_entry(
    actor: Actor, *, register: str, entry_id: int, values: Mapping[str, Value], was: Marks
) -> Edited:  # fmt: skip
    """Say what of an own entry is otherwise, as `edit_entry` does. Raises NotFound, Changed, Refused."""
    pack, to = releases.current(), sent_where(actor, register)
    refuse_form(to.source.by)
    declared = register_of(pack, register)
    who = row_sent(actor, declared, entry_id).subject_id  # type: ignore[attr-defined]
    with entered(Scope.system()):
        Subject.objects.select_for_update().get(pk=who)
        row = row_sent(actor, declared, entry_id)
        require(actor, SEND, row, region=None, subject=None)
        hidden, now = hidden_in(actor, declared, row), marks_of(declared, row)
        mine = {n: v for n, v in values.items() if n not in hidden and mark_of(declared, n, v) != was.get(n, "")}
        refuse_clashes(declared, mine, was, now)
        changes = {name: value for name, value in mine.items() if mark_of(declared, name, value) != now[name]}
        refuse_gaps(declared, {**values_of(declared, row), **changes})
        if declared.key_field in changes:
            refuse_key(declared, changes, to.unit.pk)
        outweighed = report_changes(
            actor, pack, declared, row, changes, to.source.id, today(), unit_id=to.unit.pk
        )  # fmt: skip
    return Edited(who, tuple(declared.fields[name] for name in changes), outweighed)


@transaction.atomic
def take_back_file(actor: Actor, *, file_id: int) -> ImportFile:
    """Void every report of an own file; what others said stays."""
    file = file_sent(actor, file_id)
    with entered(Scope.system()):
        if file.run_id is None:
            raise NotFound
        undoing.take_back(actor, undoing.locked(file.run_id))
    return file


def refuse_form(ways: Iterable[str]) -> None:
    if "form" not in ways:
        raise NotAllowed("这个名录不能逐条填报，请用文件报送。")


def refuse_key(register: Register, values: Mapping[str, Value], unit_id: int) -> None:
    """Nothing is written over: neither another sender's entry nor one of the unit's own."""
    name = register.key_field or ""
    if values.get(name) is None:
        return
    (one,) = prepare(register, [Report({name: values[name]}, "", today())])
    label = register.fields[name].label
    if is_shut(register, values[name], shut_keys()):
        raise Refused(f"{label}{WRONG}，{RIGHT}。", "shut")
    for unit in units_of(register, [one.key] if one.key is not None else []).values():
        if unit == unit_id:
            raise Refused(f"本单位已经报过这个{label}，请打开原来的那一条来改。", "already-there")
        raise Refused(f"这个{label}{NOT_YOURS}。{ASK}。", "of-another-sender")


def entry_of(actor: Actor, register: Register, subject_id: int) -> int:
    return int(rows_sent(actor, register).get(subject_id=subject_id).pk)
