"""The records that a list shows when it is opened from an entry: those about it, or those behind one of its totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from guiyan.kernel.calendar import today
from guiyan.kernel.regions import subtree
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers.declared import links_of
from guiyan.registers.models import Relation
from guiyan.registers.tables import attribute, table_of
from guiyan.registers.totals.aging import year_of
from guiyan.registers.totals.counted import Counted, totals_of
from guiyan.registers.totals.statements import counted_rows


def behind(
    rows: QuerySet[Model], pack: Pack, register: Register, subject_ids: Sequence[int], total: str
) -> QuerySet[Model]:
    """total: `register.field`, or empty for all of a journal's. What leads nowhere selects nothing."""
    if not total:
        return about(rows, register, subject_ids) if register.journal is not None else rows.none()
    one = next((one for one in totals_of(pack) if name_of(one) == total and one.of.id == register.id), None)
    if one is None:
        return rows.none()
    since, until = year_of(today()) if one.field.ages else (None, None)
    rows = counted_rows(one, rows, since=since, until=until)
    return named_as(rows, one.kind, subject_ids) if one.kind else alike(rows, pack, one, subject_ids)


def name_of(one: Counted) -> str:
    return f"{one.register.id}.{one.field.id}"


def about(rows: QuerySet[Model], register: Register, subject_ids: Sequence[int]) -> QuerySet[Model]:
    """Of a journal's entries, those about this subject, whatever number they name it by."""
    assert register.journal is not None
    return named_as(rows, relation_of(register, register.journal.about), subject_ids)


def named_as(rows: QuerySet[Model], kind: str, subject_ids: Sequence[int]) -> QuerySet[Model]:
    told = Relation.objects.filter(kind=kind, from_subject_id__in=list(subject_ids), assigned_at=None)
    return rows.filter(subject_id__in=told.values("to_subject_id"))


def alike(rows: QuerySet[Model], pack: Pack, one: Counted, subject_ids: Sequence[int]) -> QuerySet[Model]:
    """Those that the entry matches; it must lie in the entered scope."""
    entry = table_of(pack, one.register.id)._default_manager.filter(subject_id__in=list(subject_ids)).first()
    wanted: dict[str, Any] = {}
    for own, theirs in one.total.match.items():
        value = getattr(entry, attribute(own), None)
        if value is None:
            return rows.none()
        if one.register.fields[own].type == "region":
            low, high = subtree(value)
            wanted |= {f"{attribute(theirs)}__gte": low, f"{attribute(theirs)}__lt": high}
        else:
            wanted[attribute(theirs)] = value
    return rows.filter(**wanted)


def relation_of(register: Register, field: str) -> str:
    return next(link.kind for link in links_of(register) if link.number.id == field)
