"""Whose an entry is that units outside government send: of the unit whose report came first and still counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from psycopg import sql

from guiyan.kernel.errors import Refused
from guiyan.packs.register import Register
from guiyan.registers.schema.columns import child_table, table_name
from guiyan.registers.writing.identify import find
from guiyan.registers.writing.prepare import Key, Prepared
from guiyan.registers.writing.rows import EntryRow
from guiyan.registers.writing.staging import returned, run

MEANWHILE = "同时有别的单位报送了同样的编号，这次没有写入。请再检查一次。"
SETTLE = """
    UPDATE {table} e SET unit_id = w.unit_id
    FROM (
      SELECT t.subject_id, (
        SELECT a.unit_id FROM registers_assertion a LEFT JOIN registers_importrun i ON i.id = a.import_id
        WHERE a.subject_id = t.subject_id AND a.register = {register} AND a.unit_id IS NOT NULL
          AND i.undone_at IS NULL
        ORDER BY a.id LIMIT 1) AS unit_id
      FROM unnest({ids}::bigint[]) AS t(subject_id)) w
    WHERE e.subject_id = w.subject_id AND e.unit_id IS DISTINCT FROM w.unit_id"""
FOLLOW = """
    UPDATE {table} c SET unit_id = e.unit_id FROM {entries} e
    WHERE e.subject_id = c.subject_id AND c.subject_id = ANY({ids}){more} AND c.unit_id IS DISTINCT FROM e.unit_id"""


class Fresh(Protocol):
    @property
    def subject_id(self) -> int: ...
    @property
    def prepared(self) -> Prepared: ...


def settle(register: Register, subject_ids: Collection[int]) -> None:
    """Write the unit of these entries, and of what hangs on them, as their reports say."""
    if not subject_ids:
        return
    ids = sql.Literal(sorted(subject_ids))
    entries, name = sql.Identifier(table_name(register.id)), sql.Literal(register.id)
    if not run(sql.SQL(SETTLE).format(table=entries, register=name, ids=ids)):
        return
    followers: list[tuple[sql.Composable, sql.Composable]] = [
        (table_of_list, sql.SQL("")) for table_of_list in lists_of(register)
    ]
    followers.append((sql.Identifier("registers_hat"), sql.SQL(" AND c.register = {}").format(name)))
    for table, more in followers:
        run(sql.SQL(FOLLOW).format(table=table, entries=entries, ids=ids, more=more))


def lists_of(register: Register) -> list[sql.Composable]:
    return [sql.Identifier(child_table(register.id, one.id)) for one in register.fields.values() if one.type == "list"]


def refuse_of_others(fresh: Sequence[Fresh], shown: Mapping[int, EntryRow]) -> None:
    """The last look, with the subjects locked. Files and forms say it row by row before they come here.

    Raises Refused, for the whole batch.
    """
    for one in fresh:
        unit, held = one.prepared.report.unit_id, shown.get(one.subject_id)
        if unit is not None and held is not None and held.unit_id not in (None, unit):
            raise Refused(MEANWHILE, "of-another-sender")


def units_of(register: Register, keys: Collection[Key]) -> dict[Key, int | None]:
    """Key → the unit whose the entry is, None for one that is nobody's; of keys that the register has."""
    known = find(keys)
    if not known:
        return {}
    query = sql.SQL("SELECT subject_id, unit_id FROM {} WHERE subject_id = ANY({})").format(
        sql.Identifier(table_name(register.id)), sql.Literal(sorted(set(known.values())))
    )
    units = dict(returned(query))
    return {key: units[subject_id] for key, subject_id in known.items() if subject_id in units}
