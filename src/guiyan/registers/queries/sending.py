"""What a unit outside government sent: its own entries and files, and nothing that tells who else they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q, QuerySet

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import visible
from guiyan.accounts.queries import valid_on
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.regions import Interval, within
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.people import SEND
from guiyan.packs.register import Field, Register, Source
from guiyan.registers import states
from guiyan.registers.cursor import Cursor
from guiyan.registers.keeping.marks import marks_of
from guiyan.registers.models import ImportFile, ImportRun
from guiyan.registers.queries.entries import EntryView, view_of
from guiyan.registers.queries.lists import COUNTED, PAGE, allowed_sort, by_index, chosen_columns, page, shown
from guiyan.registers.seeing import is_seen
from guiyan.registers.tables import attribute, table_of
from guiyan.registers.values import Value

FILES_SHOWN = 20


@dataclass(frozen=True)
class Sending:
    """One register that an actor's unit sends into, and as which source."""

    register: Register
    unit: Unit
    source: Source


@dataclass(frozen=True)
class Standing:
    """How a unit's entries stand: how many, at most COUNTED + 1, and how many nobody checked for too long."""

    entries: int
    stale: int
    oldest_due: date | None


@dataclass(frozen=True)
class SentLine:
    """subject_id: for the log of who looked; it is in no address and on no page."""

    pk: int
    subject_id: int
    checked_on: date | None
    values: Mapping[str, Value]


@dataclass(frozen=True)
class SentList:
    columns: tuple[Field, ...]
    lines: tuple[SentLine, ...]
    total: int
    next: Cursor | None
    previous: Cursor | None
    sort: str


def units_sending(actor: Actor) -> list[Unit]:
    ids = {grant.unit_id for grant in actor.grants if SEND in grant.permissions and grant.unit_id is not None}
    return list(Unit.objects.filter(valid_on(today()), pk__in=ids).order_by("pk")) if ids else []


def sending(actor: Actor) -> list[Sending]:
    """The registers that the actor's unit sends into, as the pack declares by its kind."""
    registers = releases.current().registers.values()
    return [
        Sending(one, unit, one.senders[unit.kind])
        for unit in units_sending(actor)
        for one in registers
        if unit.kind in one.senders
    ]


def sent_where(actor: Actor, register_id: str) -> Sending:
    """The one sending of this register. Raises NotFound, and Refused for whoever sends for two units."""
    found = [one for one in sending(actor) if one.register.id == register_id]
    if not found:
        raise NotFound
    if len(found) > 1:
        raise Refused("这个账号在几个单位报送，分不清是哪个单位的。请每个单位各用一个账号。", "several-units")
    return found[0]


def rows_sent(actor: Actor, register: Register) -> QuerySet[Model]:
    rows = table_of(releases.current(), register.id)._default_manager.all()
    return visible(actor, SEND, rows, region=None, subject=None)


def standing_of_sent(actor: Actor, register: Register) -> Standing:
    rows, since = rows_sent(actor, register), today() - timedelta(days=register.fresh_days)
    old = rows.filter(Q(checked_on=None) | Q(checked_on__lt=since))
    entries, stale = (one.values("pk")[: COUNTED + 1].count() for one in (rows, old))
    fresh = rows.filter(checked_on__gte=since).order_by("checked_on").values_list("checked_on", flat=True).first()
    return Standing(entries, stale, fresh + timedelta(days=register.fresh_days) if fresh is not None else None)


def sent_list(
    actor: Actor, register: Register, *, search: str = "", stale: bool = False, sort: str = "",
    cursor: Cursor | None = None,
) -> SentList:  # fmt: skip
    """One page of a unit's own entries. search: a part of the title, or the beginning of the key."""
    order = allowed_sort(register, sort)
    rows = rows_sent(actor, register)
    if stale:
        since = today() - timedelta(days=register.fresh_days)
        rows = rows.filter(Q(checked_on=None) | Q(checked_on__lt=since))
    if search:
        named = Q(**{f"{attribute(register.title_field)}__contains": search})
        if register.key_field is not None:
            named |= Q(**{f"{attribute(register.key_field)}__startswith": search})
        rows = rows.filter(named)
    with by_index():
        total = rows.values("pk")[: COUNTED + 1].count()
        found, more = page(rows, order, cursor, PAGE)
    columns = tuple(one for one in chosen_columns(register, ()) if not one.is_derived)
    lines = tuple(
        SentLine(
            row.pk,
            row.subject_id,  # type: ignore[attr-defined]
            row.checked_on,  # type: ignore[attr-defined]
            {one.id: shown(one, row) if is_seen(actor, one, row) else None for one in columns},
        )
        for row in found
    )
    forward = cursor is None or cursor.forward
    keys = [Cursor(order, getattr(row, attribute(order.lstrip("-"))), row.pk, True) for row in found]
    has_next, has_previous = (more, cursor is not None) if forward else (True, more)
    return SentList(
        columns,
        lines,
        total,
        keys[-1] if keys and has_next else None,
        keys[0].backward() if keys and has_previous else None,
        order,
    )


def row_sent(actor: Actor, register: Register, entry_id: int) -> Model:
    row = rows_sent(actor, register).filter(pk=entry_id).first()
    if row is None:
        raise NotFound
    return row


def sent_view(actor: Actor, register: Register, entry_id: int) -> EntryView:
    """One of the unit's own entries, by the entry's id: a subject's would tell who was known before."""
    row = row_sent(actor, register, entry_id)
    with entered(Scope.system()):  # who said what of it, and when
        return view_of(actor, releases.current(), register, row)


def marks_of_sent(actor: Actor, register: Register, entry_id: int) -> dict[str, str]:
    return marks_of(register, row_sent(actor, register, entry_id))


def files_sent(actor: Actor, register: str) -> list[ImportFile]:
    """The unit's files, the newest first."""
    rows = ImportFile.objects.filter(register=register, unit_id__isnull=False)
    return list(visible(actor, SEND, rows, region=None, subject=None).order_by("-pk")[:FILES_SHOWN])


def undone_among(files: Iterable[ImportFile]) -> frozenset[int]:
    """Those of these files, seen before, whose import was taken back: by the sender or by an officer."""
    runs = {file.run_id: file.pk for file in files if file.run_id is not None}
    with entered(Scope.system()):
        rows = ImportRun.objects.filter(pk__in=runs).exclude(undone_at=None)
        return frozenset(runs[pk] for pk in rows.values_list("pk", flat=True))


def file_sent(actor: Actor, file_id: int) -> ImportFile:
    """A file of the unit's that was brought in. Raises NotFound."""
    rows = ImportFile.objects.filter(pk=file_id, stage=states.FILE_DONE)
    found = visible(actor, SEND, rows, region=None, subject=None).first()
    if found is None:
        raise NotFound
    return found


def senders_for(register: Register, ranges: Sequence[Interval] | None) -> list[Unit]:
    """The units that send into a register and lie in these places (None: everywhere), for officers to choose of."""
    if not register.senders:
        return []
    rows = Unit.objects.filter(valid_on(today()), kind__in=list(register.senders)).order_by("region", "code")
    return [one for one in rows if ranges is None or within(ranges, one.region)]


def sender_names(unit_ids: Iterable[int | None]) -> dict[int, str]:
    """Unit → its short name."""
    ids = {one for one in unit_ids if one is not None}
    rows = Unit.objects.filter(pk__in=ids).values_list("pk", "short_name", "name") if ids else ()
    return {pk: short or name for pk, short, name in rows}


def senders_of_runs(register: Register, actor: Actor) -> dict[int, str]:
    """Import → the name of the unit whose entries came with it, of the last files that an officer may see."""
    if not register.senders:
        return {}
    rows = ImportFile.objects.filter(register=register.id, unit_id__isnull=False).exclude(run=None)
    found = visible(actor, "register.import", rows, unit=None, subject=None).order_by("-pk")[:FILES_SHOWN]
    units = dict(found.values_list("run_id", "unit_id"))
    names = sender_names(units.values())
    return {run: names[unit] for run, unit in units.items() if unit in names}


def require_sender(register: Register, unit_id: int, source: str, ranges: Sequence[Interval] | None) -> Unit:
    """The sender for whom an officer brings a file in. Raises Refused, NotAllowed."""
    unit = next((one for one in senders_for(register, ranges) if one.pk == unit_id), None)
    if unit is None:
        raise NotAllowed("这个单位不在您的办理范围内，或者不报送这个名录。")
    if register.senders[unit.kind].id != source:
        raise Refused(f"{unit.name}的数据来源应选“{register.senders[unit.kind].label}”。", "source-of-sender")
    return unit
