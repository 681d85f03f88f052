"""How many people a register has, from which sources: by place, what only one source has, what sources disagree on.

A person counts once, where the entry that stays lies; people found to be one are one. Undone imports do not count.
Each source is a bit, so that one statement tells every combination; the statement is one for a place of any level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from guiyan.accounts.permissions import require
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.regions import level, subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Field, Register
from guiyan.registers.queries.rounds import BELOW, At, ranges_of
from guiyan.registers.schema.columns import table_name
from guiyan.registers.tables import register_of

VIEW = "register.view"
PAGE = 50


@dataclass
class PlaceCount:
    """One place. by_source, only: source → people; conflicts: of how many people sources say different things.

    own: what lies at the place itself, with no village or town named.
    """

    place: int
    total: int = 0
    conflicts: int = 0
    by_source: dict[str, int] = field(default_factory=dict)
    only: dict[str, int] = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True)
class Totals:
    register: Register
    place: int
    lines: tuple[PlaceCount, ...]
    whole: PlaceCount


@dataclass(frozen=True)
class SourcedPerson:
    subject_id: int
    region: int
    name: str
    sources: frozenset[str]
    in_conflict: bool


def compared(register: Register) -> list[Field]:
    """The fields of which sources may disagree to some effect: those that lists and figures are narrowed by."""
    return [
        one
        for one in register.fields.values()
        if not one.retired and not one.encrypted and not one.seen_by and one.filter and one.type in ("bool", "code")
    ]


def reconcile(actor: Actor, register_id: str, place: int) -> Totals:
    """The places one level below `place` and their sum. One statement."""
    register, step = allowed(actor, register_id, place), BELOW.get(level(place), 10**6)
    query = sql.SQL(
        "SELECT region / {step} * {step} AS place, mask, count(*), count(*) FILTER (WHERE differs) FROM ({people}) who"
        " GROUP BY 1, 2 ORDER BY 1"
    ).format(step=sql.Literal(step), people=people_of(register, place))
    lines: dict[int, PlaceCount] = {}
    whole = empty(register, place)
    for code, mask, number, differing in rows(query):
        line = lines.setdefault(code, empty(register, code))
        for one in (line, whole):
            add(register, one, mask, number, differing)
    for line in lines.values():
        line.own = line.place == place and level(place) != "village"
    return Totals(register, place, tuple(lines.values()), whole)


def people_from(
    actor: Actor,
    register_id: str,
    place: int,
    *,
    source: str = "",
    only: str = "",
    differing: bool = False,
    after: int = 0,
) -> tuple[list[SourcedPerson], bool]:
    """The people behind a number, by id after `after`; whether there are more."""
    register = allowed(actor, register_id, place)
    bits = bits_of(register)
    wanted: list[sql.Composable] = [sql.SQL("who.one > {}").format(sql.Literal(after))]
    if source in bits:
        wanted.append(sql.SQL("mask & {} <> 0").format(sql.Literal(bits[source])))
    if only in bits:
        wanted.append(sql.SQL("mask = {}").format(sql.Literal(bits[only])))
    if differing:
        wanted.append(sql.SQL("differs"))
    query = sql.SQL(
        "SELECT who.one, who.region, s.display_name, mask, differs FROM ({people}) who"
        " JOIN registers_subject s ON s.id = who.one WHERE {wanted} ORDER BY who.one LIMIT {most}"
    ).format(people=people_of(register, place), wanted=sql.SQL(" AND ").join(wanted), most=sql.Literal(PAGE + 1))
    found = [
        SourcedPerson(one, region, name, frozenset(x for x, bit in bits.items() if mask & bit), differs)
        for one, region, name, mask, differs in rows(query)
    ]
    return found[:PAGE], len(found) > PAGE


def allowed(actor: Actor, register_id: str, place: int) -> Register:
    require(actor, VIEW, At(place), unit=None)
    return register_of(releases.current(), register_id)


def widest(actor: Actor) -> int:
    """Where a reader begins: the widest of her places."""
    own = ranges_of(actor, VIEW)
    if actor.kind == "system" or not own:
        return int(releases.current().city.region)
    return max(own, key=lambda one: (one[1] - one[0], -one[0]))[0]


def bits_of(register: Register) -> dict[str, int]:
    return {name: 1 << place for place, name in enumerate(register.sources)}


def people_of(register: Register, place: int) -> sql.Composable:
    """one, region, mask, differs: everybody of the register in a place, by the subject that stays.

    A field differs where the newest words of two sources are not the same.
    """
    low, high = subtree(place)
    fields = compared(register)
    newest = [
        sql.SQL(
            "(array_agg(a.fields ->> {name} ORDER BY a.at DESC, a.id DESC)"
            " FILTER (WHERE a.fields ? {name}))[1] AS {column}"
        ).format(name=sql.Literal(one.id), column=sql.Identifier(f"v_{one.id}"))
        for one in fields
    ]
    differs: list[sql.Composable] = [
        sql.SQL("min({0}) IS DISTINCT FROM max({0})").format(sql.Identifier(f"v_{one.id}")) for one in fields
    ] or [sql.SQL("false")]
    return sql.SQL(
        "SELECT one, min(region) AS region, bit_or(mask) AS mask, {differs} AS differs FROM ("
        "  SELECT coalesce(s.canonical_id, e.subject_id) AS one, min(e.region) AS region, {mask} AS mask{newest}"
        # Few are merged: the others need not be looked up.
        "  FROM {table} e LEFT JOIN registers_subject s ON s.id = e.subject_id AND s.merged_into_id IS NOT NULL"
        "  JOIN registers_assertion a ON a.subject_id = e.subject_id AND a.register = {register}"
        "  WHERE e.region >= {low} AND e.region < {high} AND NOT EXISTS ("
        "    SELECT FROM registers_importrun i WHERE i.id = a.import_id AND i.undone_at IS NOT NULL)"
        "  GROUP BY 1, a.source) said GROUP BY one"
    ).format(
        differs=sql.SQL("({})").format(sql.SQL(" OR ").join(differs)),
        mask=mask_of(register),
        newest=sql.SQL("").join(sql.SQL(", ") + one for one in newest),
        table=sql.Identifier(table_name(register.id)),
        register=sql.Literal(register.id),
        low=sql.Literal(low),
        high=sql.Literal(high),
    )


def mask_of(register: Register) -> sql.Composable:
    cases = [
        sql.SQL("WHEN {} THEN {}").format(sql.Literal(name), sql.Literal(bit))
        for name, bit in bits_of(register).items()
    ]
    return sql.SQL("CASE a.source {} ELSE 0 END").format(sql.SQL(" ").join(cases))


def rows(query: sql.Composable) -> Sequence[tuple[Any, ...]]:
    """Above the wall: the place was asked for, and a report may name another place than the entry it made."""
    with entered(Scope.system()), connection.cursor() as cursor:
        cursor.execute(query.as_string(connection.connection))
        return list(cursor.fetchall())


def empty(register: Register, place: int) -> PlaceCount:
    return PlaceCount(place, by_source=dict.fromkeys(register.sources, 0), only=dict.fromkeys(register.sources, 0))


def add(register: Register, line: PlaceCount, mask: int, number: int, differing: int) -> None:
    line.total += number
    line.conflicts += differing
    for name, bit in bits_of(register).items():
        if mask & bit:
            line.by_source[name] += number
        if mask == bit:
            line.only[name] += number
