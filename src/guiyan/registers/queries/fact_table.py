"""The facts of everybody of a kind as one query: what `facts_of` says of each, in sets.

One row a person, organisation or project, under the canonical id of whoever was merged. NULL is not known. Where two
registers tell the same fact the first register of the pack counts, as in `facts_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from psycopg import sql

from guiyan.engine.rules import Fact
from guiyan.kernel.regions import Interval
from guiyan.packs.pack import Pack
from guiyan.packs.register import Derived, Register
from guiyan.registers import states
from guiyan.registers.queries.facts import AGE, BORN
from guiyan.registers.queries.recognitions import FACT as RECOGNISED
from guiyan.registers.queries.recognitions import is_filled, recognising
from guiyan.registers.schema.columns import default_sort
from guiyan.registers.tables import table_of

SEPARATOR = ","  # between the ids of a list; no id has one
Part = sql.Composed


@dataclass(frozen=True)
class FactTable:
    """query: `subject_id`, then a column of each fact by its id; lists as text, ids joined by SEPARATOR."""

    query: sql.Composed
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Told:
    """Where a fact stands: the joined part (`alias`) and the expression in it."""

    fact: str
    value: Part


def fact_table(pack: Pack, kind: str, on: date, within: Interval) -> FactTable:
    """kind: person, organisation or project. within: where the subjects are. Reads inside the entered scope."""
    # Not `id = canonical_id`, which says the same: the planner takes two columns that are equal for a rarity, and
    # would then join a city by nested loops.
    whom = sql.SQL(
        "SELECT id FROM registers_subject s WHERE kind = {} AND merged_into_id IS NULL AND region >= {} AND region < {}"
        # Who is blocked is not looked for.
        " AND NOT EXISTS (SELECT FROM registers_block b WHERE b.subject_id = s.id AND b.lifted_at IS NULL)"
    ).format(sql.Literal(kind), sql.Literal(within[0]), sql.Literal(within[1]))
    return table_over(pack, kind, on, whom)


def table_over(pack: Pack, kind: str, on: date, whom: Part) -> FactTable:
    """`whom` selects the canonical ids."""
    parts = [part for register in pack.registers.values() for part in parts_of(pack, register, kind, on)]
    if kind == states.ORGANISATION:
        parts += [*of_founder(pack, on), *recognitions(pack, on)]
    told: dict[str, list[Part]] = {}
    for _, facts in parts:
        for one in facts:
            if kind in pack.facts[one.fact].kinds:
                told.setdefault(one.fact, []).append(one.value)
    columns = [sql.SQL("{} AS {}").format(first_known(values), sql.Identifier(fact)) for fact, values in told.items()]
    query = sql.SQL(
        "WITH whom AS ({whom}), known AS (SELECT s.id, s.canonical_id FROM registers_subject s"
        " JOIN whom w ON w.id = s.canonical_id) SELECT {columns} FROM whom {joins}"
    ).format(
        whom=whom,
        columns=sql.SQL(", ").join([sql.SQL("whom.id AS subject_id"), *columns]),
        joins=sql.SQL(" ").join([join for join, facts in parts if facts]),
    )
    return FactTable(query, {fact: pack.facts[fact] for fact in told})


def parts_of(pack: Pack, register: Register, kind: str, on: date) -> Iterator[tuple[Part, list[Told]]]:
    """The joins of one register, each with the facts it tells: of one's own entry, then of entries one stands to."""
    if register.subject == kind:
        yield own_entry(pack, register, on)
    for relation in dict.fromkeys(one.relation for one in register.facts if one.relation):
        yield related_entries(pack, register, relation)


def own_entry(pack: Pack, register: Register, on: date) -> tuple[Part, list[Told]]:
    """The first entry of whoever was merged; a fact of a field that is a number to be kept secret is never taken."""
    table, alias = table_of(pack, register.id), sql.Identifier(f"own_{register.id}")
    taken: dict[str, list[Part]] = {}
    for field in register.fields.values():
        if field.fact and field.fact in pack.facts and not field.encrypted and field.type != "list":
            taken.setdefault(field.fact, []).append(column(table, field.id))
    if BORN in register.fields and AGE in pack.facts:
        taken.setdefault(AGE, []).append(age(column(table, BORN), on))
    for derived in register.facts:
        if derived.relation is None and derived.fact in pack.facts:
            taken.setdefault(derived.fact, []).append(of_one(table, derived))
    columns = [sql.SQL("{} AS {}").format(first_known(values), sql.Identifier(fact)) for fact, values in taken.items()]
    join = sql.SQL(
        "LEFT JOIN (SELECT DISTINCT ON (k.canonical_id) k.canonical_id AS whom, {columns} FROM {table} t"
        " JOIN known k ON k.id = t.subject_id ORDER BY k.canonical_id, t.id) AS {alias} ON {alias}.whom = whom.id"
    ).format(columns=sql.SQL(", ").join(columns), table=name_of(table), alias=alias)
    return join, [Told(fact, reach(alias, fact)) for fact in taken]


def related_entries(pack: Pack, register: Register, relation: str) -> tuple[Part, list[Told]]:
    table, alias = table_of(pack, register.id), sql.Identifier(f"{relation}_{register.id}")
    wanted = {one.fact: one for one in register.facts if one.relation == relation and one.fact in pack.facts}
    name, _ = default_sort(register)
    order = column(table, name) if register.fields[name].type == "date" else sql.SQL("NULL::date")
    columns = [
        sql.SQL("{} AS {}").format(of_many(table, derived), sql.Identifier(fact)) for fact, derived in wanted.items()
    ]
    join = sql.SQL(
        "LEFT JOIN (SELECT whom, {columns} FROM (SELECT DISTINCT k.canonical_id AS whom, {order} AS place, t.*"
        " FROM registers_relation r JOIN known k ON k.id = r.from_subject_id"
        " JOIN {table} t ON t.subject_id = r.to_subject_id WHERE r.kind = {relation}) t GROUP BY whom)"
        " AS {alias} ON {alias}.whom = whom.id"
    ).format(
        columns=sql.SQL(", ").join(columns),
        order=order,
        table=name_of(table),
        relation=sql.Literal(relation),
        alias=alias,
    )
    return join, [Told(fact, reach(alias, fact)) for fact in wanted]


def of_one(table: type[object], derived: Derived) -> Part:
    if derived.take == "exists":
        return sql.SQL("true").format()
    if derived.take == "count" or derived.of is None:
        return sql.SQL("1").format()
    return column(table, derived.of)


def of_many(table: type[object], derived: Derived) -> Part:
    """Over the entries of one subject, oldest first; entries that don't tell are passed over."""
    if derived.take == "exists":
        return sql.SQL("true").format()
    if derived.take == "count" or derived.of is None:
        return sql.SQL("count(*)").format()
    value = column(table, derived.of)
    if derived.take == "sum":
        return sql.SQL("sum({})::bigint").format(value)
    order = sql.SQL("t.place NULLS FIRST, t.id" if derived.take == "first" else "t.place DESC NULLS LAST, t.id DESC")
    return sql.SQL("(array_agg({0} ORDER BY {1}) FILTER (WHERE {0} IS NOT NULL))[1]").format(value, order)


def of_founder(pack: Pack, on: date) -> Iterator[tuple[Part, list[Told]]]:
    """What an organisation is by the one person who founded it; smallest = largest says that there is one."""
    wanted = {fact.of_founder: fact.id for fact in pack.facts.values() if fact.of_founder}
    founders = sql.SQL(
        "SELECT ko.canonical_id AS whom, min(f.canonical_id) AS founder FROM registers_relation r"
        " JOIN known ko ON ko.id = r.to_subject_id JOIN registers_subject f ON f.id = r.from_subject_id"
        " WHERE r.kind = {} AND r.valid_to IS NULL GROUP BY 1 HAVING min(f.canonical_id) >= max(f.canonical_id)"
    ).format(sql.Literal(states.FOUNDER))
    hers = table_over(pack, states.PERSON, on, sql.SQL("SELECT DISTINCT founder AS id FROM ({}) f").format(founders))
    told = [Told(fact, reach(sql.Identifier("hers"), name)) for name, fact in wanted.items() if name in hers.facts]
    join = sql.SQL(
        "LEFT JOIN ({founders}) founders ON founders.whom = whom.id LEFT JOIN ({hers}) hers"
        " ON hers.subject_id = founders.founder"
    ).format(founders=founders, hers=hers.query)
    yield join, told


def recognitions(pack: Pack, on: date) -> Iterator[tuple[Part, list[Told]]]:
    """The codes that stand on the day; nobody knows while a register that would say so was never filled."""
    registers = recognising(pack)
    if RECOGNISED not in pack.facts or not registers or not all(is_filled(pack, one) for one in registers):
        return
    held = sql.SQL(" UNION ALL ").join([standing(pack, register, on) for register in registers])
    join = sql.SQL(
        "LEFT JOIN (SELECT k.canonical_id AS whom, string_agg(DISTINCT held.code, {comma}) AS codes"
        " FROM registers_relation r JOIN known k ON k.id = r.from_subject_id"
        " JOIN ({held}) held ON held.subject_id = r.to_subject_id"
        " WHERE r.kind = {operator} AND r.valid_to IS NULL GROUP BY 1) recognised ON recognised.whom = whom.id"
    ).format(comma=sql.Literal(SEPARATOR), held=held, operator=sql.Literal(states.OPERATOR))
    yield join, [Told(RECOGNISED, sql.SQL("coalesce(recognised.codes, '')").format())]


def standing(pack: Pack, register: Register, on: date) -> Part:
    table = table_of(pack, register.id)
    return sql.SQL(
        "SELECT t.subject_id, {code} AS code FROM {table} t WHERE {code} = ANY({codes}) AND {since} <= {on}"
        " AND ({until} IS NULL OR {until} >= {on})"
    ).format(
        code=column(table, "recognition"),
        table=name_of(table),
        codes=sql.Literal(list(register.fields["recognition"].codes)),
        since=column(table, "recognised_on"),
        until=column(table, "valid_to"),
        on=sql.Literal(on),
    )


def first_known(values: Sequence[Part]) -> Part:
    return sql.SQL("coalesce({})").format(sql.SQL(", ").join(values))


def age(born: Part, on: date) -> Part:
    """`age_years` in SQL: who is born on 29 February is a year older on 1 March of other years."""
    return sql.SQL(
        "({year} - extract(year FROM {born})::int - (({month}, {day}) <"
        " (extract(month FROM {born})::int, extract(day FROM {born})::int))::int)"
    ).format(year=sql.Literal(on.year), month=sql.Literal(on.month), day=sql.Literal(on.day), born=born)


def reach(alias: sql.Identifier, fact: str) -> Part:
    return sql.SQL("{}.{}").format(alias, sql.Identifier(fact))


def column(table: type[object], field: str) -> Part:
    found = table._meta.get_field(f"f_{field}")  # type: ignore[attr-defined]
    return sql.SQL("t.{}").format(sql.Identifier(found.column))


def name_of(table: type[object]) -> sql.Identifier:
    return sql.Identifier(table._meta.db_table)  # type: ignore[attr-defined]
