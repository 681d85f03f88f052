"""The facts of the registers, and what was received before: the ledger's entitlements and lists of earlier payments."""

from __future__ import annotations

from datetime import date

from psycopg import sql

from guiyan.kernel.regions import Interval
from guiyan.ledger import queries as ledger
from guiyan.packs.pack import Pack
from guiyan.registers.queries import SEPARATOR, FactTable, fact_table
from guiyan.registers.queries.received import KEYS, listed, numbered, told_by_lists
from guiyan.registers.queries.sharing import MATCH, closed

RECEIVED = "received"


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
    shut = closed(lists, MATCH)  # another bureau's data, not authorised for looking for people: nothing is known of it
    lists = [one for one in lists if one.id not in shut]
    said = told_by_lists(lists, sql.SQL("s.region"), sql.SQL("had.measures")) if not shut else sql.SQL("false")
    known = sql.SQL("(keyed.whom IS NOT NULL AND {})").format(said) if lists else said
    return FactTable(
        query.format(
            facts=table.query,
            had=sql.SQL(" UNION ALL ").join([ledger.held_by(), *[listed(one, on) for one in lists]]),
            keyed=numbered(kind),
            known=known,
            comma=sql.Literal(SEPARATOR),
        ),
        {**table.facts, RECEIVED: fact},
    )
