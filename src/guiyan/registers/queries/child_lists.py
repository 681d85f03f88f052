"""The values of list fields, which lie in tables of their own, for many entries at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
from django.db.models import Model
from psycopg import sql

from guiyan.packs.register import Field, Register
from guiyan.registers.schema.columns import child_table


def lists_of(register: Register, field: Field, piece: Sequence[Model]) -> dict[int, list[str]]:
    """Entry → values of a list field, for a piece in one query."""
    query = sql.SQL("SELECT entry_id, value FROM {} WHERE entry_id = ANY(%s) ORDER BY id").format(
        sql.Identifier(child_table(register.id, field.id))
    )
    found: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(connection.connection), [[row.pk for row in piece]])
        for entry_id, value in cursor.fetchall():
            found[entry_id].append(value)
    return found
