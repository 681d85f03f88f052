"""The people a register already holds before `bench import`: made inside the database, all their rows and indexes.

What only a look-up by number would need (digests, sealed texts) is drawn at random: nobody in the files has them.
Secondary indexes are dropped first and built again after, which is quicker and leaves them as dense as at best.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from django.db import connection
from psycopg import sql

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import schema
from guiyan.registers.sample.names import person_name
from guiyan.registers.schema.columns import child_table, table_name
from guiyan.registers.terms import search_terms
from guiyan.registers.writing.staging import run, stage

NAMES = 20_000
AROUND = ("registers_subject", "registers_subjectkey", "registers_hat", "registers_assertion", "registers_searchterm")
SECONDARY = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique"""
PEOPLE = """
    CREATE UNLOGGED TABLE bench_known AS
    SELECT i, {first} + i AS subject_id, n.id AS name_id, n.name, p.code AS region
    FROM generate_series(1, {count}) i
    JOIN bench_name n ON n.id = abs(hashint8(i)) %% {names}
    JOIN bench_place p ON p.id = abs(hashint8(i * 31)) %% {places}"""
INTO = {
    "registers_subject": "INSERT INTO registers_subject (id, kind, canonical_id, holder_id, display_name, region,"
    " created_at) SELECT subject_id, 'person', subject_id, subject_id, name, region, now() FROM bench_known",
    "registers_subjectkey": "INSERT INTO registers_subjectkey (kind, digest, subject_id, region, holder_id)"
    " SELECT 'id_number', sha256(i::text::bytea), subject_id, region, subject_id FROM bench_known",
    "registers_hat": "INSERT INTO registers_hat (subject_id, register, entry_id, level, region, holder_id)"
    " SELECT subject_id, {register}, subject_id, '', region, subject_id FROM bench_known",
    "registers_assertion": "INSERT INTO registers_assertion (id, subject_id, register, source, at, basis, fields,"
    " digest, recorded_at, region, holder_id)"
    " SELECT subject_id, subject_id, {register}, 'visit', '2026-01-05', '', {said},"
    " sha256(('a' || i)::bytea), now(), region, subject_id FROM bench_known",
    "registers_searchterm": "INSERT INTO registers_searchterm (term, kind, subject_kind, region, subject_id)"
    " SELECT t.term, t.kind, 'person', k.region, k.subject_id FROM bench_known k JOIN bench_term t USING (name_id)",
}


def make_known(pack: Pack, register: Register, count: int) -> None:
    """Call as the tables' owner, in the system's scope. Nothing may be in the register yet."""
    kept = [found for table in AROUND for found in secondary(table)]
    for name, _ in [*kept, *secondary(table_name(register.id)), *secondary(child_table(register.id, "needs"))]:
        run(f"DROP INDEX {name}")
    make_names(pack)
    places = stage_places(pack)
    first = 10_000
    run(PEOPLE.format(first=first, count=count, names=NAMES, places=places).replace("%%", "%"))
    run("ANALYZE bench_known")
    names = {"register": sql.Literal(register.id), "said": said(register)}
    for statement in INTO.values():
        run(sql.SQL(statement).format(**names))
    write_entries(register)
    for table in (*AROUND, table_name(register.id), child_table(register.id, "needs")):
        run(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}) + 1)").format(
                sql.Literal(table), sql.Identifier(table)
            )
        )
    for _, definition in kept:
        run(definition)
    run("DROP TABLE bench_known, bench_name, bench_term, bench_place")


def index_again(pack: Pack) -> None:
    """Outside a transaction: the register's own indexes, as `pack apply` makes them."""
    schema.apply(pack)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def secondary(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(SECONDARY, [table])
        return [(name, definition) for name, definition in cursor.fetchall()]


def make_names(pack: Pack) -> None:
    random = Random(7)
    names = [person_name(random, random.choice("男女"), 1950 + random.randrange(60)) for _ in range(NAMES)]
    stage("stage_name", (("id", "bigint"), ("name", "text")), enumerate(names))
    stage("stage_term", (("name_id", "bigint"), ("term", "text"), ("kind", "text")), terms(names))
    run("CREATE UNLOGGED TABLE bench_name AS SELECT * FROM pg_temp.stage_name")
    run("CREATE UNLOGGED TABLE bench_term AS SELECT DISTINCT ON (name_id, term) * FROM pg_temp.stage_term")


def terms(names: list[str]) -> Iterator[tuple[int, str, str]]:
    """Those of the name, and the last four of two phones."""
    for number, name in enumerate(names):
        yield from ((number, term, kind) for term, kind in search_terms(name, person=True))
        yield from ((number, f"{(number * each) % 10_000:04d}", "phone") for each in (7919, 6007))


def stage_places(pack: Pack) -> int:
    lowest = sorted(code for code in pack.regions if code % 1000)
    stage("stage_place", (("id", "bigint"), ("code", "bigint")), enumerate(lowest))
    run("CREATE UNLOGGED TABLE bench_place AS SELECT * FROM pg_temp.stage_place")
    return len(lowest)


def write_entries(register: Register) -> None:
    columns, values = [], []
    for place, field in enumerate(register.fields.values(), 1):
        for column, value in stored(field, place):
            columns.append(sql.Identifier(column))
            values.append(value)
    origin = sql.SQL("jsonb_build_object({})").format(
        sql.SQL(", ").join(part for name in register.fields for part in (sql.Literal(name), sql.SQL("subject_id")))
    )
    run(
        sql.SQL(
            "INSERT INTO {} (id, subject_id, holder_id, region, checked_on, field_from, {})"
            " SELECT subject_id, subject_id, subject_id, region, date '2026-01-05', {}, {} FROM bench_known"
        ).format(
            sql.Identifier(table_name(register.id)), sql.SQL(", ").join(columns), origin, sql.SQL(", ").join(values)
        )
    )
    run(
        sql.SQL(
            "INSERT INTO {} (entry_id, subject_id, holder_id, region, value) SELECT subject_id, subject_id, subject_id,"
            " region, v FROM bench_known, unnest(ARRAY['funds', 'site']) v"
        ).format(sql.Identifier(child_table(register.id, "needs")))
    )


def stored(field: Field, place: int) -> Iterator[tuple[str, sql.Composable]]:
    """Column and value, made from the number i of the person and the field's place."""
    drawn = f"abs(hashint8(i * 97 + {place}))"
    if field.type == "list":
        return
    if field.encrypted:
        yield f"{field.id}_sealed", sql.SQL(f"substr(sha256((i * 7 + {place})::text::bytea) || sha256('x'), 1, 50)")
        yield f"{field.id}_digest", sql.SQL(f"sha256((i * 11 + {place})::text::bytea)")
        return
    kinds: dict[str, str] = {
        "text": "name",
        "long_text": "'入户时本人在家' || name",
        "int": f"{drawn} % 9",
        "money": f"{drawn} % 100 * 100000",
        "bool": f"{drawn} % 3 = 0",
        "date": f"date '1960-01-01' + ({drawn} % 20000)::int",
        "region": "region",
    }
    if field.type == "code":
        codes = sql.SQL(", ").join(map(sql.Literal, field.codes))
        yield field.id, sql.SQL("(ARRAY[{}])[1 + " + f"{drawn} % {len(field.codes)}" + "]").format(codes)
    else:
        yield field.id, sql.SQL(kinds[field.type])


def said(register: Register) -> sql.Composed:
    """The report of an entry as JSON, of about the length that a real one has."""
    parts = [
        sql.SQL("{}, to_jsonb(name || repeat('x', {}))").format(
            sql.Literal(name), sql.Literal(150 if field.encrypted else 8)
        )
        for name, field in register.fields.items()
    ]
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(parts))
