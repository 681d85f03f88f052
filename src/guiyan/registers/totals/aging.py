"""Figures of this year, worked out for a page of entries on the day it is looked at: no New Year makes them wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Model

from guiyan.kernel.calendar import today
from guiyan.kernel.scope import Scope, peeking
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers.models import Subject
from guiyan.registers.tables import attribute
from guiyan.registers.totals.counted import aging_in
from guiyan.registers.totals.statements import of_roots


def aged(pack: Pack, register: Register, rows: Sequence[Model], only: Sequence[str] | None = None) -> Sequence[Model]:
    """The same rows with this year's figures set; one query a figure, one more for all. only: of these fields.

    As for stored totals all records count, wherever they lie.
    """
    wanted = [one for one in aging_in(pack, register) if only is None or one.field.id in only]
    if not rows or not wanted:
        return rows
    since, until = year_of(today())
    with peeking(Scope.system()):
        ids = [row.subject_id for row in rows]  # type: ignore[attr-defined]
        roots = dict(Subject.objects.filter(pk__in=ids).values_list("pk", "canonical_id"))
        for one in wanted:
            values = dict(of_roots(pack, one, sorted(set(roots.values())), since=since, until=until).rows())
            for row in rows:
                setattr(row, attribute(one.field.id), values[roots[row.subject_id]])  # type: ignore[attr-defined]
    return rows


def year_of(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)
