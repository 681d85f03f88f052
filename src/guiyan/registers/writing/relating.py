"""Standing relations that entries name: who founded a firm, and whose own its entry is therefore.

They follow what the register shows, not each report: when a report is undone or outweighed, so is its relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from psycopg import sql

from guiyan.packs.register import Register
from guiyan.registers.declared import Link, holder_link, links_of
from guiyan.registers.models import Relation
from guiyan.registers.schema.columns import physical
from guiyan.registers.sealing import digest_of
from guiyan.registers.writing.rows import EntryRow
from guiyan.registers.writing.staging import run, stage

STAGE = "stage_link"
STAGED = (("subject_id", "bigint"), ("region", "bigint"), ("digest", "bytea"))
SINCE = "registered_on"
INSERT = """
    INSERT INTO registers_relation (kind, from_subject_id, to_subject_id, valid_from, region, source, holder_id,
                                    assigned_by, reason, ended_by, end_reason)
    SELECT {kind}, k.subject_id, g.subject_id, {since}, g.region, {register}, k.subject_id, '', '', '', ''
    FROM pg_temp.{stage} g JOIN registers_subjectkey k ON k.kind = {key} AND k.digest = g.{digest}
    ON CONFLICT (kind, from_subject_id, to_subject_id) WHERE assigned_at IS NULL
    DO UPDATE SET valid_from = excluded.valid_from, region = excluded.region"""
PRUNE = """
    DELETE FROM registers_relation r USING pg_temp.{stage} g
    WHERE r.to_subject_id = g.subject_id AND r.kind = {kind} AND r.assigned_at IS NULL AND NOT EXISTS (
        SELECT FROM registers_subjectkey k
        WHERE k.subject_id = r.from_subject_id AND k.kind = {key} AND k.digest = g.{digest})"""
HOLDER = """
    UPDATE registers_subject s SET holder_id = coalesce(k.subject_id, s.id)
    FROM pg_temp.{stage} g LEFT JOIN registers_subjectkey k ON k.kind = {key} AND k.digest = g.{digest}
    WHERE s.id = g.subject_id AND s.holder_id <> coalesce(k.subject_id, s.id)"""

HELD = """
    UPDATE pg_temp.{} g SET holder_id = s.holder_id FROM registers_subject s
    WHERE s.id = g.subject_id AND s.holder_id <> g.holder_id"""


def relate(register: Register, columns: Mapping[str, str], rows: Sequence[EntryRow], *, staged: str) -> None:
    """For the entries staged as `staged`; the first person named also holds an entry that is not a person."""
    holder = holder_link(register)
    for link in links_of(register):
        if not link.is_person:
            stage(STAGE, STAGED, digests(link, rows))
        names = names_of(register, link, columns, staged)
        for statement in (INSERT, PRUNE, *([HOLDER] if link == holder else [])):
            run(sql.SQL(statement).format(**names))
    run(sql.SQL(HELD).format(sql.Identifier(staged)))


def digests(link: Link, rows: Sequence[EntryRow]) -> Iterator[tuple[int, int, bytes | None]]:
    """Codes of organisations stand in the entries as text: their digests are worked out here."""
    for row in rows:
        code = row.projection.values.get(link.number.id)
        yield (
            row.subject_id,
            row.region,
            digest_of(link.key, link.text(code)) if isinstance(code, str) and code else None,
        )


def names_of(register: Register, link: Link, columns: Mapping[str, str], staged: str) -> dict[str, sql.Composable]:
    dated = link.is_person and not link.to and SINCE in register.fields
    column = physical(columns[link.number.id], link.number.type)[1].name if link.is_person else "digest"
    return {
        "kind": sql.Literal(link.kind),
        "key": sql.Literal(link.key),
        "register": sql.Literal(register.id),
        "stage": sql.Identifier(staged if link.is_person else STAGE),
        "since": sql.SQL("g.") + sql.Identifier(columns[SINCE]) if dated else sql.SQL("NULL::date"),
        "digest": sql.Identifier(column),
    }


def unrelate(register: Register, gone: Sequence[int]) -> None:
    """Entries that leave the register name nobody any more."""
    kinds = [link.kind for link in links_of(register)]
    Relation.objects.filter(to_subject_id__in=gone, kind__in=kinds, assigned_at=None).delete()
