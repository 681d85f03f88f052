"""A field that changed its type: fill the new column from the old, piece by piece, then switch."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

from guiyan.kernel.calendar import today
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.models import RegisterColumn
from guiyan.registers.schema.columns import table_name
from guiyan.registers.schema.live import Mapped
from guiyan.registers.values import Reader, Value
from guiyan.registers.wrong import WrongValue

PIECE = 5_000


def fill_and_switch(register: Register, *, source: Mapped, target: Mapped) -> None:
    """Each piece commits with how far it came, so an interrupted filling goes on from there.

    The last piece and the switch hold a lock, so that no row written meanwhile is missed. What can't be read in the
    new type stays empty in the new column and keeps its old one.
    """
    while fill_piece(register, source, target):
        pass
    with entered(Scope.system()), connection.cursor() as cursor:
        lock = sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(sql.Identifier(table_name(register.id)))
        cursor.execute(lock.as_string(connection.connection))
        rows_of(register).filter(field=target.field, type=target.type).update(filled_to=0)
        while fill_piece(register, source, target):
            pass
        rows_of(register).filter(column=source.column).update(stage=states.COLUMN_RETIRED)
        rows_of(register).filter(column=target.column).update(stage=states.COLUMN_LIVE, filled_to=0)


def fill_piece(register: Register, source: Mapped, target: Mapped) -> bool:
    """Fill the next rows; False when there are none left."""
    with entered(Scope.system()), connection.cursor() as cursor:
        progress = rows_of(register).select_for_update().get(column=target.column)
        read = sql.SQL("SELECT id, {} FROM {} WHERE id > {} ORDER BY id LIMIT {}").format(
            sql.Identifier(source.column),
            sql.Identifier(table_name(register.id)),
            sql.Literal(progress.filled_to),
            sql.Literal(PIECE),
        )
        cursor.execute(read.as_string(connection.connection))
        rows = cursor.fetchall()
        if not rows:
            return False
        write = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
            sql.Identifier(table_name(register.id)), sql.Identifier(target.column)
        )
        values = [(converted(register, target, old), row_id) for row_id, old in rows]
        cursor.executemany(write.as_string(connection.connection), values)
        progress.filled_to = rows[-1][0]
        progress.save(update_fields=["filled_to"])
    return True


def converted(register: Register, target: Mapped, old: object) -> Value:
    reader = Reader(today=today(), regions={})
    try:
        return reader.typed(register.fields[target.field], old) if old is not None else None
    except WrongValue:
        return None


def rows_of(register: Register) -> QuerySet[RegisterColumn]:
    return RegisterColumn.objects.filter(register=register.id)
