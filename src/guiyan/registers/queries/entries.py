"""One entry of a register: masked for pages, with the source and age of every value; one value in full, logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, Model, QuerySet, When
from psycopg import sql

from guiyan.accounts.permissions import decide, require, visible
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import masked_numbers
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import sealing, states
from guiyan.registers.declared import shown_fields
from guiyan.registers.models import Assertion
from guiyan.registers.projection import EVERY
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.schema.columns import child_table
from guiyan.registers.seeing import hidden_in, is_seen
from guiyan.registers.tables import attributes_of, register_of, table_of
from guiyan.registers.totals import aged
from guiyan.registers.values import Value

VIEWED_BY = ("register.view", "person.view")


@dataclass(frozen=True)
class Cell:
    """One value of an entry as a page shows it, with who said it and when."""

    field: Field
    value: Value
    source: str
    checked_on: date | None
    can_reveal: bool


@dataclass(frozen=True)
class EntryView:
    register: Register
    subject_id: int
    region: int
    checked_on: date | None
    version: int
    level: str
    cells: tuple[Cell, ...]
    sender_id: int | None = None  # the unit outside government whose entry it is


def entry(
    actor: Actor, register: str, subject_id: int, permissions: Sequence[str] = VIEWED_BY
) -> dict[str, Value] | None:
    """Field → value of what the actor may see, ID numbers and phones masked; None when she may see no such entry."""
    pack = releases.current()
    row = find_row(actor, pack, register, subject_id, permissions)
    if row is None:
        return None
    declared = register_of(pack, register)
    hidden = hidden_in(actor, declared, row)
    return {name: value for name, value in values_of(declared, row).items() if name not in hidden}


def entry_view(actor: Actor, register: str, subject_id: int) -> EntryView:
    """`entry` with sources and dates. Raises NotFound. The reading is logged by the page that shows it."""
    pack = releases.current()
    declared = register_of(pack, register)
    row = find_row(actor, pack, register, subject_id)
    if row is None:
        raise NotFound
    return view_of(actor, pack, declared, row)


def view_of(actor: Actor, pack: Pack, declared: Register, row: Model) -> EntryView:
    """`entry_view` of a row that the actor was found to see."""
    aged(pack, declared, [row])
    values, said = values_of(declared, row), said_by(declared, row)
    may_reveal, hidden = bool(decide(actor, "person.reveal", row)), hidden_in(actor, declared, row)
    said = {name: told for name, told in said.items() if name in declared.fields}
    said |= {one.id: (derived_words(pack, one), None) for one in shown_fields(declared) if one.is_derived}
    cells = tuple(
        Cell(
            one,
            values[one.id],
            *said.get(one.id, ("", None)),
            may_reveal and one.encrypted and values[one.id] is not None,
        )
        for one in shown_fields(declared)
        if one.id not in hidden
    )
    head = (row.subject_id, row.region, row.checked_on, row.version, row.level)  # type: ignore[attr-defined]
    sender = row.unit_id if declared.senders else None  # type: ignore[attr-defined]
    return EntryView(declared, *head, cells, sender)


def derived_words(pack: Pack, field: Field) -> str:
    """Where a figure comes from that nobody reports: 拜访记录汇总."""
    if field.total is not None and field.total.of in pack.registers:
        return f"{pack.registers[field.total.of].label}汇总"
    return "按本条计算"


def reveal(
    actor: Actor, subject_id: int, field: str, purpose: str, *, register: str = "person", through: bool = False
) -> str:
    """One masked value in full; who read it and what for goes into the audit log first.

    through: the actor was allowed it on the matter of that person in hand, whose office need not reach her entry.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    with entered(Scope.system()) if through else nullcontext():
        row = first_row(pack, register, subject_id) if through else find_row(actor, pack, register, subject_id)
    if row is None or field not in declared.fields or not declared.fields[field].encrypted:
        raise NotFound
    if not through and not is_seen(actor, declared.fields[field], row):
        raise NotFound
    if not through and (actor.subject_id is None or actor.subject_id not in same_as(subject_id)):
        require(actor, "person.reveal", row)
    sealed = getattr(row, attributes_of(field, True)[0])
    if sealed is None:
        raise NotFound("这一项没有登记。")
    audit.record_read(
        actor,
        f"{register}.{field}",
        [f"subject:{row.subject_id}"],  # type: ignore[attr-defined]
        masked_numbers(purpose),
        region=row.region,  # type: ignore[attr-defined]
    )
    return sealing.opened(declared.fields[field].type, bytes(sealed))


def source_label(register: str, subject_id: int, field: str) -> str:
    """Who said this value, as a form shows it: 市场监管共享. Within the entered scope."""
    pack = releases.current()
    row = first_row(pack, register, subject_id)
    return said_by(register_of(pack, register), row).get(field, ("", None))[0] if row is not None else ""


def find_row(
    actor: Actor, pack: Pack, register: str, subject_id: int, permissions: Sequence[str] = VIEWED_BY
) -> Model | None:
    """The row of any of the subject's ids that the actor may see: own, or within a grant of any of the permissions."""
    rows = rows_of_person(pack, register, subject_id)
    seen = (visible(actor, one, rows, subject="holder_id").first() for one in permissions)
    return next((row for row in seen if row is not None), None)


def first_row(pack: Pack, register: str, subject_id: int) -> Model | None:
    return rows_of_person(pack, register, subject_id).first()


def rows_of_person(pack: Pack, register: str, subject_id: int) -> QuerySet[Model]:
    """Her entry under the id asked for, then those under other ids: merged people may have two in one register."""
    rows = table_of(pack, register)._default_manager.filter(subject_id__in=same_as(subject_id))
    return rows.order_by(Case(When(subject_id=subject_id, then=0), default=1), "id")


def values_of(register: Register, row: Model) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for one in register.fields.values():
        if one.type == "list":
            values[one.id] = list_values(register, one, row.pk)
        else:
            stored = getattr(row, attributes_of(one.id, one.encrypted)[0])
            values[one.id] = sealing.masked(one, stored) if one.encrypted else stored
    return values


def list_values(register: Register, one: Field, entry_id: int) -> tuple[str, ...]:
    query = sql.SQL("SELECT value FROM {} WHERE entry_id = %s ORDER BY id").format(
        sql.Identifier(child_table(register.id, one.id))
    )
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(connection.connection), [entry_id])
        return tuple(value for (value,) in cursor.fetchall())


def said_by(register: Register, row: Model) -> Mapping[str, tuple[str, date | None]]:
    """Field → (source in words, day), for all fields in one query."""
    came_from: dict[str, int] = row.field_from  # type: ignore[attr-defined]
    found = Assertion.objects.filter(pk__in=set(came_from.values())).values_list("pk", "source", "at", "fields")
    told = {pk: ((label_of(register, source), at), fields) for pk, source, at, fields in found}
    of_all = came_from.get(EVERY, 0)
    _, fields = told.get(of_all, (None, {}))
    named = {name: of_all for name, value in fields.items() if value is not None} | dict(came_from)
    return {name: told[report][0] for name, report in named.items() if report in told and name != EVERY}


@dataclass(frozen=True)
class LastReport:
    """What one source reported of an entry at last: who, of which day, which fields in words."""

    source: str
    at: date
    fields: tuple[str, ...]


def last_reports(register: Register, subject_id: int, most: int = 5) -> list[LastReport]:
    """The newest first; of fields that everybody sees. Within the entered scope."""
    rows = Assertion.objects.filter(register=register.id, subject_id__in=same_as(subject_id)).order_by("-at", "-pk")
    labels = {one.id: one.label for one in register.fields.values() if not one.seen_by and not one.retired}
    return [
        LastReport(
            label_of(register, row.source), row.at, tuple(label for name, label in labels.items() if name in row.fields)
        )
        for row in rows[:most]
    ]


def label_of(register: Register, source: str) -> str:
    if source == states.CORRECTION:
        return states.CORRECTION_LABEL
    declared = register.sources.get(source)
    return declared.label if declared else source


def sources_of(register: str, subject_id: int) -> set[str]:
    """Who has reported this entry."""
    rows = Assertion.objects.filter(register=register, subject_id__in=same_as(subject_id))
    return set(rows.values_list("source", flat=True))
