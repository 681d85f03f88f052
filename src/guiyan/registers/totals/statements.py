"""The SQL of totals. Values are computed from all records at once, so that doing it twice changes nothing.

A record that was merged into another counts once: of one subject's entries the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Model, QuerySet
from psycopg import sql

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers.rule_filter import where
from guiyan.registers.schema.columns import table_name
from guiyan.registers.tables import attribute, columns_of, table_of
from guiyan.registers.totals.counted import Counted

HEAD_NAMES = frozenset({"region", "level", "state", "checked_on", "version", "subject_id", "unit_id", "owner_id", "id"})
LARGEST = 9_000_000_000_000_000_000
ALL_OF_A_KIND = {
    "count": "count(c.entry_id)",
    "sum": "CASE WHEN count(c.entry_id) = count(c.value) AND coalesce(sum(c.value), 0) BETWEEN -{most} AND {most}"
    " THEN coalesce(sum(c.value), 0)::bigint END",
    "mean": "round(avg(c.value) * {scale})::bigint",
    "last": "(array_agg(c.value ORDER BY c.day DESC NULLS LAST, c.entry_id DESC)"
    " FILTER (WHERE c.value IS NOT NULL))[1]",
}
NAMED = """
    SELECT DISTINCT ON (n.canonical_id, s.canonical_id) n.canonical_id AS root, e.id AS entry_id, e.value, e.day
    FROM registers_subject n
    JOIN registers_relation r ON r.from_subject_id = n.id AND r.kind = %s AND r.assigned_at IS NULL
    JOIN registers_subject s ON s.id = r.to_subject_id
    JOIN ({records}) e ON e.subject_id = r.to_subject_id
    WHERE n.canonical_id = ANY(%s)
    ORDER BY n.canonical_id, s.canonical_id, e.id"""
OF_ROOTS = """
    SELECT w.root, {taken} AS value FROM unnest(%s::bigint[]) AS w(root)
    LEFT JOIN ({named}) c ON c.root = w.root GROUP BY w.root"""
OF_ROWS = """
    SELECT t.id, CASE WHEN {known} THEN {taken} END AS value FROM {table} t
    LEFT JOIN (SELECT DISTINCT ON (s.canonical_id) s.canonical_id, e.* , e.id AS entry_id
               FROM ({records}) e JOIN registers_subject s ON s.id = e.subject_id
               ORDER BY s.canonical_id, e.id) c ON {alike}
    WHERE t.id = ANY(%s) GROUP BY t.id"""
# How much lies below a region's code, as `kernel.regions.span` says.
SPAN = (
    "(CASE WHEN {0} %% 10000000000 = 0 THEN 10000000000 WHEN {0} %% 100000000 = 0 THEN 100000000"
    " WHEN {0} %% 1000000 = 0 THEN 1000000 WHEN {0} %% 1000 = 0 THEN 1000 ELSE 1 END)"
)


@dataclass(frozen=True)
class Statement:
    text: str
    parameters: tuple[Any, ...]

    def run(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.parameters)
            return int(cursor.rowcount)

    def rows(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.parameters)
            return list(cursor.fetchall())


def records_of(pack: Pack, one: Counted, *, since: date | None = None, until: date | None = None) -> Statement:
    """The entries that count, as (id, subject_id, value, day, m0, m1, …). since, until: the day's, until excluded."""
    register, total = one.of, one.total
    rows = counted_rows(one, table_of(pack, register.id)._default_manager.all(), since=since, until=until)
    columns = columns_of(register)
    taken = [
        ("value", total.value),
        ("day", one.day),
        *((f"m{n}", name) for n, name in enumerate(total.match.values())),
    ]
    # Composed from the columns themselves: an annotation may not bear the name of a field.
    inner, parameters = rows.values("id").query.sql_with_params()
    shown = ", ".join(f"{quoted(columns[name], 'j') if name else 'NULL::bigint'} AS {alias}" for alias, name in taken)
    text = f"SELECT j.id, j.subject_id, {shown} FROM {quoted(table_name(register.id))} j" + (
        f" WHERE j.id IN ({inner})" if total.where is not None or since is not None else ""
    )
    return Statement(text, tuple(parameters) if total.where is not None or since is not None else ())


def counted_rows(
    one: Counted, rows: QuerySet[Model], *, since: date | None = None, until: date | None = None
) -> QuerySet[Model]:
    if one.total.where is not None:
        named = {f.id: F(attribute(f.id)) for f in one.of.stored if f.type != "list" and not f.encrypted}
        rows = rows.annotate(**{name: what for name, what in named.items() if name not in HEAD_NAMES})
        rows = rows.filter(where(one.total.where, one.of.catalogue))
    if since is not None and one.day is not None:
        rows = rows.filter(**{f"{attribute(one.day)}__gte": since, f"{attribute(one.day)}__lt": until})
    return rows


def taken_of(one: Counted) -> str:
    value = one.of.fields[one.total.value] if one.total.value else None
    scale = 100 if value is not None and value.type == "int" else 1
    return ALL_OF_A_KIND[one.total.take].format(most=LARGEST, scale=scale)


def of_roots(
    pack: Pack, one: Counted, roots: Sequence[int], *, since: date | None = None, until: date | None = None
) -> Statement:
    """(root, value) for each of these canonical subjects."""
    records = records_of(pack, one, since=since, until=until)
    named = NAMED.format(records=records.text)
    text = OF_ROOTS.format(taken=taken_of(one), named=named)
    wanted = list(roots)
    return Statement(text, (wanted, one.kind, *records.parameters, wanted))


def of_rows(pack: Pack, one: Counted, ids: Sequence[int]) -> Statement:
    """(id, value) for each of these entries of the register that shows a matched total."""
    records, columns = records_of(pack, one), columns_of(one.register)
    alike, known = [], []
    for number, name in enumerate(one.total.match):
        own, theirs = quoted(columns[name], "t"), f"c.m{number}"
        known.append(f"bool_and({own} IS NOT NULL)")
        if one.register.fields[name].type == "region":
            alike.append(f"{theirs} >= {own} AND {theirs} < {own} + {SPAN.format(own)}")
        else:
            alike.append(f"{theirs} = {own}")
    text = OF_ROWS.format(
        known=" AND ".join(known),
        taken=taken_of(one),
        table=quoted(table_name(one.register.id)),
        records=records.text,
        alike=" AND ".join(alike),
    )
    return Statement(text, (*records.parameters, list(ids)))


def put_by_root(pack: Pack, one: Counted, roots: Sequence[int]) -> Statement:
    values = of_roots(pack, one, roots)
    table, column = quoted(table_name(one.register.id)), quoted(columns_of(one.register)[one.field.id])
    text = (
        f"UPDATE {table} t SET {column} = x.value FROM registers_subject s JOIN ({values.text}) x"
        f" ON x.root = s.canonical_id WHERE t.subject_id = s.id AND t.{column} IS DISTINCT FROM x.value"
    )
    return Statement(text, values.parameters)


def put_by_row(pack: Pack, one: Counted, ids: Sequence[int]) -> Statement:
    values = of_rows(pack, one, ids)
    table, column = quoted(table_name(one.register.id)), quoted(columns_of(one.register)[one.field.id])
    text = (
        f"UPDATE {table} t SET {column} = x.value FROM ({values.text}) x"
        f" WHERE t.id = x.id AND t.{column} IS DISTINCT FROM x.value"
    )
    return Statement(text, values.parameters)


def put_remainder(register: Register, field: Field, ids: Sequence[int]) -> Statement:
    """Empty where one of the two is."""
    assert field.remainder is not None
    columns = columns_of(register)
    own, of, less = (quoted(columns[name]) for name in (field.id, field.remainder.of, field.remainder.less))
    left = f"CASE WHEN {of} IS NULL OR {less} IS NULL THEN NULL ELSE greatest(0, {of} - {less}) END"
    table = quoted(table_name(register.id))
    text = f"UPDATE {table} SET {own} = {left} WHERE id = ANY(%s) AND {own} IS DISTINCT FROM ({left})"
    return Statement(text, (list(ids),))


def quoted(name: str, of: str = "") -> str:
    found = sql.Identifier(name).as_string(None)
    return f"{of}.{found}" if of else found
