"""Totals stay right over whatever is written: who is counted for is noted before and after, then computed anew.

Writers take turns at the subjects that totals are of, in the order of ids, before they compute: the later one sees
what the earlier one wrote. What is matched by fields has no subject to wait at; there writers wait for the register.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers.models import Hat, Relation, Subject
from guiyan.registers.schema.columns import table_name
from guiyan.registers.tables import columns_of
from guiyan.registers.totals.counted import Counted, counting, remainders_of, shown_by
from guiyan.registers.totals.statements import put_by_root, put_by_row, put_remainder, quoted

PIECE = 5_000


@dataclass
class Touched:
    """Of one total: the subjects named by what is written, and the values that matched it."""

    one: Counted
    named: set[int] = field(default_factory=set)
    alike: set[tuple[object, ...]] = field(default_factory=set)


@contextmanager
def kept(pack: Pack, register: Register, subject_ids: Collection[int]) -> Iterator[None]:
    """Inside, entries of these subjects are written in the register; in the system's scope and one transaction."""
    own, counted = shown_by(pack, register), [Touched(one) for one in counting(pack, register)]
    left = remainders_of(register)
    if not own and not counted and not left:
        yield
        return
    ids = list(subject_ids)
    take_turns([one.one for one in counted] + own)
    note(counted, ids)
    yield
    note(counted, ids)
    settle(pack, counted)
    fill_own(pack, register, own, ids)


def settle_merged(pack: Pack, subject_ids: Sequence[int]) -> None:
    """Two subjects became one, or one two: what counts them, and what is counted for them."""
    held = set(Hat.objects.filter(subject_id__in=subject_ids).values_list("register", flat=True))
    for register in (pack.registers[name] for name in sorted(held) if name in pack.registers):
        own, counted = shown_by(pack, register), [Touched(one) for one in counting(pack, register)]
        if own or counted:
            lock_roots(subject_ids)
            take_turns([one.one for one in counted] + own)
            note(counted, list(subject_ids))
            settle(pack, counted)
            fill_own(pack, register, own, list(subject_ids))


def note(counted: Sequence[Touched], subject_ids: list[int]) -> None:
    """Whom the entries as they stand count for."""
    kinds = {one.one.kind for one in counted if one.one.kind}
    if kinds:
        rows = Relation.objects.filter(to_subject_id__in=subject_ids, kind__in=kinds, assigned_at=None)
        for kind, who in rows.values_list("kind", "from_subject_id"):
            for touched in counted:
                if touched.one.kind == kind:
                    touched.named.add(who)
    for touched in counted:
        if touched.one.total.match:
            touched.alike |= matched_values(touched.one, subject_ids)


def matched_values(one: Counted, subject_ids: list[int]) -> set[tuple[object, ...]]:
    """The values of plain matched fields; a region matches what lies below it, so it is left to the computing."""
    columns = columns_of(one.of)
    names = [theirs for own, theirs in plain_matches(one)]
    if not names:
        return set()
    query = sql.SQL("SELECT DISTINCT {} FROM {} WHERE subject_id = ANY(%s)").format(
        sql.SQL(", ").join(sql.Identifier(columns[name]) for name in names), sql.Identifier(table_name(one.of.id))
    )
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(connection.connection), [subject_ids])
        return {tuple(row) for row in cursor.fetchall()}


def plain_matches(one: Counted) -> list[tuple[str, str]]:
    return [pair for pair in one.total.match.items() if one.register.fields[pair[0]].type != "region"]


def settle(pack: Pack, counted: Sequence[Touched]) -> None:
    roots = lock_roots({who for touched in counted for who in touched.named})
    rows: dict[str, set[int]] = {}
    registers: dict[str, Register] = {}
    for touched in counted:
        one = touched.one
        registers[one.register.id] = one.register
        if one.kind and touched.named:
            mine = sorted({roots[who] for who in touched.named})
            for first in range(0, len(mine), PIECE):
                put_by_root(pack, one, mine[first : first + PIECE]).run()
            rows.setdefault(one.register.id, set()).update(rows_of_roots(one.register, mine))
        elif one.total.match:
            ids = rows_alike(one, touched.alike)
            put_by_row(pack, one, ids).run()
            rows.setdefault(one.register.id, set()).update(ids)
    for name, ids_of in rows.items():
        put_remainders(registers[name], sorted(ids_of))


def fill_own(pack: Pack, register: Register, own: Sequence[Counted], subject_ids: list[int]) -> None:
    """The totals of entries that were themselves written: they are new, or say other values that match."""
    left = remainders_of(register)
    if not own and not left:
        return
    roots = sorted(set(Subject.objects.filter(pk__in=subject_ids).values_list("canonical_id", flat=True)))
    ids = rows_of_roots(register, roots)
    for one in own:
        (put_by_root(pack, one, roots) if one.kind else put_by_row(pack, one, ids)).run()
    put_remainders(register, ids)


def put_remainders(register: Register, ids: Sequence[int]) -> None:
    for one in remainders_of(register):
        put_remainder(register, one, ids).run()


def lock_roots(named: Collection[int]) -> dict[int, int]:
    """Subject → its canonical one, with all that lead there locked, even where a merging came between."""
    locked: set[int] = set()
    while True:
        roots = dict(Subject.objects.filter(pk__in=list(named)).values_list("pk", "canonical_id"))
        if set(roots.values()) <= locked:
            return roots
        locked |= set(roots.values())
        # Evaluated for its locks.
        list(
            Subject.objects.select_for_update()
            .filter(canonical_id__in=sorted(locked))
            .order_by("pk")
            .values_list("pk", flat=True)
        )


def take_turns(counted: Sequence[Counted]) -> None:
    """Of totals that are matched: the next writer waits until this transaction ends."""
    for name in sorted({f"{one.register.id}.{one.field.id}" for one in counted if one.total.match}):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"total:{name}"])


def rows_of_roots(register: Register, roots: Sequence[int]) -> list[int]:
    text = (
        f"SELECT t.id FROM {quoted(table_name(register.id))} t JOIN registers_subject s ON s.id = t.subject_id"
        " WHERE s.canonical_id = ANY(%s) ORDER BY t.id"
    )
    return ids_from(text, [list(roots)])


def rows_alike(one: Counted, values: set[tuple[object, ...]]) -> list[int]:
    """Entries of the register that shows the total whose own fields are like one of these; all, if only regions are."""
    names = plain_matches(one)
    table, columns = quoted(table_name(one.register.id)), columns_of(one.register)
    if not names:
        return ids_from(f"SELECT t.id FROM {table} t ORDER BY t.id", [])
    found: set[int] = set()
    for row in values:
        if None not in row:
            same = " AND ".join(f"t.{quoted(columns[own])} = %s" for own, _ in names)
            found |= set(ids_from(f"SELECT t.id FROM {table} t WHERE {same}", list(row)))
    return sorted(found)


def ids_from(text: str, parameters: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(text, parameters or None)
        return [pk for (pk,) in cursor.fetchall()]
