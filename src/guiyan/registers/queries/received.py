"""Who was paid before by the lists of earlier payments, in sets: what `compare` says of each, as pieces of SQL.

They are read beside a relation `same(id, canonical_id)` of the subjects asked about, with all ids they are known by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from psycopg import sql

from guiyan.kernel.regions import Interval, subtree
from guiyan.packs.register import ComparisonList
from guiyan.registers import states
from guiyan.registers.queries.comparing import issues_in_force

KEYS = {states.PERSON: states.KEY_ID_NUMBER, states.ORGANISATION: states.KEY_CREDIT_CODE}


def listed(one: ComparisonList, on: date) -> sql.Composed:
    """(whom, measure): those whom a row of the list counts for on the day."""
    return sql.SQL(
        "SELECT same.canonical_id AS whom, {measure} AS measure FROM registers_comparisonrow r"
        " JOIN registers_comparisonlist l ON l.id = r.list_id AND l.is_current AND l.list_id = {list}"
        " JOIN registers_subjectkey k ON k.digest = r.digest AND k.kind = {kind} JOIN same ON same.id = k.subject_id"
        " WHERE coalesce(r.valid_from, {on}) <= {on} AND coalesce(r.valid_to, {on}) >= {on}"
    ).format(
        measure=sql.Literal(one.measure), list=sql.Literal(one.id), kind=sql.Literal(one.key_kind), on=sql.Literal(on)
    )


def numbered(kind: str) -> sql.Composed:
    """(whom): who has a number that lists are compared by."""
    return sql.SQL(
        "SELECT DISTINCT same.canonical_id AS whom FROM registers_subjectkey k JOIN same ON same.id = k.subject_id"
        " WHERE k.kind = {}"
    ).format(sql.Literal(KEYS.get(kind, "")))


def told_by_lists(lists: Sequence[ComparisonList], region: sql.Composable, had: sql.Composable) -> sql.Composed:
    """Whether each list says something of a subject: there for its `region`, or its measure among what it `had`."""
    issues = issues_in_force([one.id for one in lists])
    says = [
        sql.SQL("({} OR {} = ANY({}))").format(
            covers([subtree(issue.region) for issue in issues[one.id]], region), sql.Literal(one.measure), had
        )
        for one in lists
    ]
    return sql.SQL("({})").format(sql.SQL(" AND ").join(says)) if says else sql.SQL("true").format()


def covers(places: Sequence[Interval], region: sql.Composable) -> sql.Composed:
    inside = [
        sql.SQL("{0} >= {1} AND {0} < {2}").format(region, sql.Literal(low), sql.Literal(high)) for low, high in places
    ]
    return sql.SQL("({})").format(sql.SQL(" OR ").join(inside)) if inside else sql.SQL("false").format()
