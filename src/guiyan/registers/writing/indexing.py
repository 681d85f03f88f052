"""Search terms of what a large import brought, written after it in pieces: until then its people are not found by name.

An import notes how far this came; each piece commits by itself, so that a worker killed in the middle loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers import sealing
from guiyan.registers.models import Assertion, ImportRun
from guiyan.registers.projection import Projection
from guiyan.registers.schema.columns import physical, table_name
from guiyan.registers.tables import columns_of
from guiyan.registers.writing.naming import terms_come_from, write_terms
from guiyan.registers.writing.rows import EntryRow
from guiyan.registers.writing.staging import returned

PIECE = 10_000


def index_piece(register: Register, run: ImportRun) -> bool:
    """Write the terms of the next reports of the import, which is locked by the caller; whether more are left."""
    about = Assertion.objects.filter(import_id=run.pk, pk__gt=run.terms_upto).order_by("pk")
    reports = list(about.values_list("pk", "subject_id")[:PIECE])
    if reports:
        write_terms(register, entries_of(register, sorted({subject_id for _, subject_id in reports})))
        run.terms_upto = reports[-1][0]
    run.terms_left = max(0, run.terms_left - len(reports)) if len(reports) == PIECE else 0
    run.save(update_fields=["terms_upto", "terms_left"])
    return run.terms_left > 0


def index_latest(register: Register) -> int:
    """All that is left of the last import, piece by piece in transactions of their own; how many reports that were."""
    more, left = True, 0
    while more:
        with entered(Scope.system()):
            run = ImportRun.objects.select_for_update().filter(register=register.id).order_by("-pk")[0]
            left = max(left, run.terms_left)
            more = index_piece(register, run)
    return left


def entries_of(register: Register, subject_ids: Sequence[int]) -> list[EntryRow]:
    """What the register shows of them now, of the fields that terms come from; who has left it has no row."""
    columns = columns_of(register)
    fields = [field for field in register.fields.values() if terms_come_from(register, field)]
    names = [part.name for field in fields for part in physical(columns[field.id], field.type)[:1]]
    query = sql.SQL("SELECT subject_id, region, {} FROM {} WHERE subject_id = ANY({})").format(
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.Identifier(table_name(register.id)),
        sql.Literal(list(subject_ids)),
    )
    rows = []
    for subject_id, region, *values in returned(query):
        shown: dict[str, object] = {}
        for field, value in zip(fields, values, strict=True):
            if value is not None:
                shown[field.id] = sealing.Sealed(bytes(value), b"") if field.encrypted else value
        rows.append(EntryRow(subject_id, region, Projection(shown)))
    return rows
