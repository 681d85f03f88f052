"""What must hold in the registers whatever happened: `bin/guiyan check` asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from psycopg import sql

from guiyan.kernel import releases
from guiyan.kernel.checks import Finding
from guiyan.packs.register import Register
from guiyan.registers.projection import EVERY
from guiyan.registers.schema.columns import child_table, table_name
from guiyan.registers.totals.counted import shown_by
from guiyan.registers.totals.differing import differing

RULES = {
    "merged-root": (
        """SELECT s.id, s.canonical_id FROM registers_subject s LEFT JOIN registers_subject c ON c.id = s.canonical_id
            WHERE c.id IS NULL OR c.canonical_id <> c.id""",
        "主体{0}指向的档案{1}自己也已并入别处或不存在",
    ),
    "merged-step": (
        """SELECT s.id, s.canonical_id FROM registers_subject s
             LEFT JOIN registers_subject m ON m.id = s.merged_into_id
            WHERE s.canonical_id <> coalesce(m.canonical_id, s.id)""",
        "主体{0}的合并记录和它指向的档案{1}不一致",
    ),
    "link-merged": (
        """SELECT l.id, l.merged_id FROM registers_personlink l JOIN registers_subject s ON s.id = l.merged_id
            WHERE l.verdict = 'same' AND s.merged_into_id IS NULL""",
        "同人核对{0}写着主体{1}已并入别的档案，实际没有",
    ),
    "blocked-entry": (
        """SELECT b.subject_id, h.register FROM registers_block b JOIN registers_hat h ON h.subject_id = b.subject_id
            WHERE b.lifted_at IS NULL""",
        "主体{0}已封存，名录“{1}”里还有",
    ),
    "erased-report": (
        """SELECT b.subject_id, count(*) FROM registers_block b
             JOIN registers_assertion a ON a.subject_id = b.subject_id
            WHERE b.erased AND b.lifted_at IS NULL
              AND EXISTS (SELECT FROM jsonb_each(a.fields) f WHERE f.value <> 'null'::jsonb)
            GROUP BY b.subject_id""",
        "主体{0}的信息已删除，还有{1}份报告留着内容",
    ),
    "list-rows": (
        """SELECT l.id, l.row_count, (SELECT count(*) FROM registers_comparisonrow r WHERE r.list_id = l.id)
             FROM registers_comparisonlist l
            WHERE l.row_count <> (SELECT count(*) FROM registers_comparisonrow r WHERE r.list_id = l.id)""",
        "比对名单{0}导入时有{1}行，现在有{2}行",
    ),
    "column-filling": (
        "SELECT register, field, \"column\" FROM registers_registercolumn WHERE stage = 'filling'",
        "名录{0}的字段{1}换类型没有做完（列{2}），请再运行一次 pack apply",
    ),
}

# A shown value comes from a report of this subject in this register that still counts, or is just being undone.
UNFOUNDED = """
    SELECT e.id, f.key, f.value FROM {table} e CROSS JOIN LATERAL jsonb_each_text(e.field_from) f
    LEFT JOIN registers_assertion a
      ON a.id = f.value::bigint AND a.subject_id = e.subject_id AND a.register = {register}
    LEFT JOIN registers_importrun i ON i.id = a.import_id
    WHERE a.id IS NULL OR (i.undone_at IS NOT NULL AND i.undo_left = 0)"""
HATLESS = """
    SELECT coalesce(e.subject_id, h.subject_id) FROM {table} e
    FULL JOIN (SELECT * FROM registers_hat WHERE register = {register}) h ON h.entry_id = e.id
    WHERE e.id IS NULL OR h.id IS NULL OR h.region <> e.region"""

# Nothing else holds them together (see `schema.statements.create_child`).
ORPHANED = """
    SELECT v.id, v.entry_id FROM {child} v LEFT JOIN {table} e ON e.id = v.entry_id
    WHERE e.id IS NULL OR e.subject_id <> v.subject_id"""


def findings() -> Iterator[Finding]:
    """Called in the system's scope."""
    for code, (query, words) in RULES.items():
        for row in rows_of(query):
            yield Finding(f"registers.{code}", f"registers:{row[0]}", words.format(*row))
    for register in releases.current().registers.values():
        names = {
            "table": sql.Identifier(table_name(register.id)),
            "register": sql.Literal(register.id),
        }
        for entry, field, assertion in rows_of(sql.SQL(UNFOUNDED).format(**names)):
            what = "各字段" if field == EVERY else field
            words = f"名录“{register.label}”第{entry}条的{what}没有有效的来源（报告{assertion}）"
            yield Finding("registers.unfounded", f"{register.id}:{entry}", words)
        yield from orphaned_values(register)
        yield from wrong_totals(register)
        for (subject,) in rows_of(sql.SQL(HATLESS).format(**names)):
            words = f"主体{subject}的档案目录和名录“{register.label}”不一致"
            yield Finding("registers.hat", f"subject:{subject}", words)


def orphaned_values(register: Register) -> Iterator[Finding]:
    for field in register.stored:
        if field.type == "list":
            child = sql.Identifier(child_table(register.id, field.id))
            query = sql.SQL(ORPHANED).format(child=child, table=sql.Identifier(table_name(register.id)))
            for value, entry in rows_of(query):
                words = f"名录“{register.label}”{field.label}的明细{value}指着第{entry}条，那一条不在或不是同一主体"
                yield Finding("registers.list-value", f"{register.id}:{entry}", words)


def wrong_totals(register: Register) -> Iterator[Finding]:
    """Figures kept in the register's table that the records behind them do not give."""
    pack = releases.current()
    for one in shown_by(pack, register):
        for entry, kept, right in differing(pack, one):
            words = f"名录“{register.label}”第{entry}条的{one.field.label}存的是{kept}，按记录应为{right}"
            yield Finding("registers.total", f"{register.id}:{entry}", words)


def rows_of(query: str | sql.Composed) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query if isinstance(query, str) else query.as_string(connection.connection))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
