"""Figures that a pack newly declares, worked out for a live register in pieces, each committed with how far it is."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.models import RegisterColumn, Subject
from guiyan.registers.schema.columns import table_name
from guiyan.registers.totals.counted import digest_of, shown_by
from guiyan.registers.totals.keeping import take_turns
from guiyan.registers.totals.statements import put_by_root, put_by_row, put_remainder, quoted

PIECE = 5_000


def derived_in(pack: Pack, register: Register) -> dict[str, str]:
    """Field → digest of how it follows; totals before what is left of them."""
    stored = [one for one in register.stored if one.is_derived and not one.retired]
    return {one.id: digest_of(register, one, pack) for one in sorted(stored, key=lambda one: one.remainder is not None)}


def fill_derived(pack: Pack, register: Register, field: str) -> None:
    """May be interrupted and run again: it goes on where it stopped."""
    digest = derived_in(pack, register)[field]
    with entered(Scope.system()):
        row = columns(register, field).get()
        if (row.derived, row.derived_stage) != (digest, states.DERIVED_FILLING):
            columns(register, field).update(derived=digest, derived_stage=states.DERIVED_FILLING, filled_to=0)
    while fill_piece(pack, register, field, states.DERIVED_FILLED):
        pass


def refill(pack: Pack, register: Register, field: str) -> None:
    """From the first entry on; interrupted, it begins again."""
    with entered(Scope.system()):
        columns(register, field).update(filled_to=0)
    while fill_piece(pack, register, field, states.DERIVED_SETTLED):
        pass


def fill_piece(pack: Pack, register: Register, field: str, after: str) -> bool:
    """The next entries; False when there are none left, and the stage is then `after`."""
    with entered(Scope.system()):
        progress = columns(register, field).select_for_update().get()
        ids = next_ids(register, progress.filled_to)
        if not ids:
            progress.derived_stage, progress.filled_to = after, 0
            progress.save(update_fields=["derived_stage", "filled_to"])
            return False
        work_out(pack, register, field, ids)
        progress.filled_to = ids[-1][0]
        progress.save(update_fields=["filled_to"])
    return True


def work_out(pack: Pack, register: Register, field: str, ids: list[tuple[int, int]]) -> None:
    """ids: of entries, with their subjects, which are locked: whoever writes about them waits, and counts after."""
    subjects = [subject_id for _, subject_id in ids]
    locked = Subject.objects.select_for_update().filter(pk__in=subjects).order_by("pk")
    roots = sorted(set(locked.values_list("canonical_id", flat=True)))
    entries = [entry_id for entry_id, _ in ids]
    for one in shown_by(pack, register):
        if one.field.id == field:
            take_turns([one])
            (put_by_root(pack, one, roots) if one.kind else put_by_row(pack, one, entries)).run()
    if register.fields[field].remainder is not None:
        put_remainder(register, register.fields[field], entries).run()


def next_ids(register: Register, after: int) -> list[tuple[int, int]]:
    text = f"SELECT id, subject_id FROM {quoted(table_name(register.id))} WHERE id > %s ORDER BY id LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(text, [after, PIECE])
        return list(cursor.fetchall())


def columns(register: Register, field: str) -> QuerySet[RegisterColumn]:
    rows = RegisterColumn.objects.filter(register=register.id, field=field, stage=states.COLUMN_LIVE)
    return rows.filter(type=register.fields[field].type)
