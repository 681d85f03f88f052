"""The facts of the registers, and what was received before: the ledger's entitlements and lists of earlier payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from psycopg import sql

from guiyan.kernel.regions import Interval, subtree
from guiyan.packs.pack import Pack
from guiyan.packs.register import ComparisonList as DeclaredList
from guiyan.registers import queries as registers
from guiyan.registers import states
from guiyan.registers.queries import SEPARATOR, FactTable, fact_table

RECEIVED = "received"
KEYS = {states.PERSON: "id_number", states.ORGANISATION: "credit_code"}


def fact_query(pack: Pack, kind: str, on: date, within: Interval) -> FactTable:
    """One row a subject: `subject_id`, the facts that registers tell, and `received`. Reads inside the entered scope.

    `received` is known where every list that tells of earlier payments was brought in for the subject's place, or has
    the subject on it, and there was a number to compare by; else NULL: what is not known is not taken for “none”.
    """
    table = fact_table(pack, kind, on, within)
    fact = pack.facts.get(RECEIVED)
    if fact is None or kind not in fact.kinds:
        return table
    query = sql.SQL(
        "WITH facts AS MATERIALIZED ({facts}),"
        " same AS (SELECT s.id, s.canonical_id FROM registers_subject s JOIN facts f ON f.subject_id = s.canonical_id),"
        " had AS (SELECT whom, array_agg(DISTINCT measure ORDER BY measure) AS measures FROM ({had}) h GROUP BY whom),"
        " keyed AS ({keyed})"
        " SELECT f.*, CASE WHEN {known} THEN coalesce(array_to_string(had.measures, {comma}), '') END AS received"
        " FROM facts f JOIN registers_subject s ON s.id = f.subject_id"
        " LEFT JOIN had ON had.whom = f.subject_id LEFT JOIN keyed ON keyed.whom = f.subject_id"
    )
    lists = [one for one in pack.lists.values() if one.measure and one.key_kind == KEYS.get(kind)]
    return FactTable(
        query.format(
            facts=table.query,
            had=received(lists, on),
            keyed=numbered(kind),
            known=known(lists),
            comma=sql.Literal(SEPARATOR),
        ),
        {**table.facts, RECEIVED: fact},
    )


def received(lists: Sequence[DeclaredList], on: date) -> sql.Composed:
    """(whom, measure): what somebody holds or was given, by the ledger or by a list that counts on the day."""
    own = sql.SQL(
        "SELECT same.canonical_id AS whom, e.measure_id AS measure FROM ledger_entitlement e"
        " JOIN same ON same.id = e.subject_id WHERE e.ended_at IS NULL"
    ).format()
    return sql.SQL(" UNION ALL ").join([own, *[listed(one, on) for one in lists]])


def listed(one: DeclaredList, on: date) -> sql.Composed:
    return sql.SQL(
        "SELECT same.canonical_id, {measure} FROM registers_comparisonrow r"
        " JOIN registers_comparisonlist l ON l.id = r.list_id AND l.is_current AND l.list_id = {list}"
        " JOIN registers_subjectkey k ON k.digest = r.digest AND k.kind = {kind} JOIN same ON same.id = k.subject_id"
        " WHERE coalesce(r.valid_from, {on}) <= {on} AND coalesce(r.valid_to, {on}) >= {on}"
    ).format(
        measure=sql.Literal(one.measure), list=sql.Literal(one.id), kind=sql.Literal(one.key_kind), on=sql.Literal(on)
    )


def numbered(kind: str) -> sql.Composed:
    """Who has a number that lists are compared by."""
    return sql.SQL(
        "SELECT DISTINCT same.canonical_id AS whom FROM registers_subjectkey k JOIN same ON same.id = k.subject_id"
        " WHERE k.kind = {}"
    ).format(sql.Literal(KEYS.get(kind, "")))


def known(lists: Sequence[DeclaredList]) -> sql.Composed:
    """Whether each list says something of the subject `f`, whose place is `s.region`."""
    if not lists:
        return sql.SQL("true").format()
    issues = registers.issues_in_force([one.id for one in lists])
    says = [
        sql.SQL("({} OR {} = ANY(had.measures))").format(
            covers([subtree(issue.region) for issue in issues[one.id]]), sql.Literal(one.measure)
        )
        for one in lists
    ]
    return sql.SQL("(keyed.whom IS NOT NULL AND {})").format(sql.SQL(" AND ").join(says))


def covers(places: Sequence[Interval]) -> sql.Composed:
    inside = [sql.SQL("s.region >= {} AND s.region < {}").format(sql.Literal(a), sql.Literal(b)) for a, b in places]
    return sql.SQL("({})").format(sql.SQL(" OR ").join(inside)) if inside else sql.SQL("false").format()
