"""Stored totals beside what the records give now, for `bin/guiyan check` and for tests."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from guiyan.packs.pack import Pack
from guiyan.registers.schema.columns import table_name
from guiyan.registers.tables import columns_of
from guiyan.registers.totals.counted import Counted
from guiyan.registers.totals.statements import of_roots, of_rows, quoted

PIECE = 5_000


def differing(pack: Pack, one: Counted) -> Iterator[tuple[int, object, object]]:
    """(entry, what is kept, what is right) of those that are wrong; within the entered scope, in pieces."""
    after = 0
    while piece := kept_after(one, after):
        after = piece[-1][0]
        if one.kind:
            right = dict(of_roots(pack, one, sorted({root for _, root, _ in piece})).rows())
            found = ((entry, kept, right[root]) for entry, root, kept in piece)
        else:
            right = dict(of_rows(pack, one, [entry for entry, _, _ in piece]).rows())
            found = ((entry, kept, right[entry]) for entry, _, kept in piece)
        yield from ((entry, kept, should) for entry, kept, should in found if kept != should)


def kept_after(one: Counted, after: int) -> list[tuple[int, int, object]]:
    column, table = quoted(columns_of(one.register)[one.field.id], "t"), quoted(table_name(one.register.id))
    text = (
        f"SELECT t.id, s.canonical_id, {column} FROM {table} t JOIN registers_subject s ON s.id = t.subject_id"
        " WHERE t.id > %s ORDER BY t.id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [after, PIECE])
        return list(cursor.fetchall())
