"""People of a file whom nobody knew: staged once, and from there into every table by one statement each.

Nothing that only concerns known ones is asked. What is stored is what `take` stores of the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from struct import Struct

from django.db import IntegrityError, connection, transaction
from psycopg import sql

from guiyan.kernel.calendar import now
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers.declared import links_of
from guiyan.registers.projection import EVERY, Projection
from guiyan.registers.rights.shutting import refuse_blocked
from guiyan.registers.schema.columns import child_table, physical, table_name
from guiyan.registers.sealing import Sealed
from guiyan.registers.tables import columns_of
from guiyan.registers.totals import kept
from guiyan.registers.writing import packing
from guiyan.registers.writing.batch import Batch
from guiyan.registers.writing.identify import find
from guiyan.registers.writing.naming import terms_come_from, write_terms
from guiyan.registers.writing.reports import Outcome, Taken
from guiyan.registers.writing.rows import EntryRow
from guiyan.registers.writing.staging import new_ids, returned, run
from guiyan.registers.writing.take import take_prepared

STAGE = sql.Identifier("pg_temp", "stage_fresh")
# No field's column begins so.
HEAD = (
    ("_subject", "bigint"),
    ("_entry", "bigint"),
    ("_report", "bigint"),
    ("_from", "jsonb"),
    ("_stored", "jsonb"),
    ("_digest", "bytea"),
    ("_key", "bytea"),
    ("_title", "text"),
    ("_region", "bigint"),
    ("_at", "date"),
)
# A row is wider than two kilobytes: it is neither compressed nor cut up for the moment that it lies here.
CREATE = "CREATE TEMPORARY TABLE stage_fresh ({}) WITH (toast_tuple_target = 8160) ON COMMIT DROP"
KEYS = """
    INSERT INTO registers_subjectkey (kind, digest, subject_id, region, holder_id)
    SELECT {kind}, _key, _subject, _region, _subject FROM {stage} ORDER BY _key"""
KEYS_NOT_TAKEN = KEYS + " ON CONFLICT (kind, digest) DO NOTHING"
TAKEN_MEANWHILE = """
    DELETE FROM {stage} g USING registers_subjectkey k
    WHERE k.kind = {kind} AND k.digest = g._key AND k.subject_id <> g._subject RETURNING g._subject"""
SUBJECTS = """
    INSERT INTO registers_subject (id, kind, canonical_id, holder_id, display_name, region, created_at)
    SELECT _subject, {subject}, _subject, _subject, _title, _region, {now} FROM {stage}"""
ENTRIES = """
    INSERT INTO {table} (id, subject_id, holder_id, region, checked_on, field_from{columns})
    SELECT _entry, _subject, _subject, _region, _at, _from{columns} FROM {stage}"""
VALUES = """
    INSERT INTO {child} (entry_id, subject_id, holder_id, region, value)
    SELECT g._entry, g._subject, g._subject, g._region, v.value
    FROM {stage} g, unnest(g.{column}) WITH ORDINALITY v(value, place)
    ORDER BY v.place, v.value, g._region"""
HATS = """
    INSERT INTO registers_hat (subject_id, register, entry_id, level, region, holder_id)
    SELECT _subject, {register}, _entry, '', _region, _subject FROM {stage}"""
REPORTS = """
    INSERT INTO registers_assertion (id, subject_id, register, source, import_id, at, basis, fields, digest,
                                     recorded_at, region, holder_id)
    SELECT _report, _subject, {register}, {source}, {run}, _at, '', _stored, _digest, {now}, _region, _subject
    FROM {stage}"""
_head = Struct(">hiqiqiq").pack
BLOCK = 1_000  # rows sent at once
KNOWN = 10_000  # rows of known people taken at a time: all that was said of them is read
EVERY_FIELD = EVERY.encode()


def take_batch(
    pack: Pack,
    register: Register,
    batch: Batch,
    *,
    region: int,
    import_id: int,
    with_terms: bool,
    expect_new: bool = False,
) -> list[Taken]:
    """`take_prepared` of the same rows. with_terms: otherwise `index_terms` must follow.

    expect_new: who is known is not asked first; whoever turns out to be known is taken after all, as dear as a race.
    """
    keys = () if expect_new else ((batch.kind, key) for key in batch.keys if key is not None)
    known = {digest for _, digest in find(keys)}
    if links_of(register) or register.journal is not None or batch.unit_id is not None:
        fresh: dict[int, int] = {}
    else:
        fresh = take_fresh(pack, register, batch, first_of_each(batch, known), import_id, with_terms=with_terms)
    found = {i: Taken(subject_id, Outcome.CREATED) for i, subject_id in fresh.items()}
    others = [i for i in range(len(batch.numbers)) if i not in fresh]
    for first in range(0, len(others), KNOWN):
        some = others[first : first + KNOWN]
        reports = [batch.prepared(i) for i in some]
        taken = take_prepared(pack, register, reports, region=region, import_id=import_id, with_terms=with_terms)
        found.update(zip(some, taken, strict=True))
    return [found[i] for i in range(len(batch.numbers))]


def first_of_each(batch: Batch, known: set[bytes]) -> list[int]:
    """The rows whose key nobody has, and of several with one key the first."""
    seen: set[bytes | None] = {None, *known}
    found = []
    for place, key in enumerate(batch.keys):
        if key not in seen:
            seen.add(key)
            found.append(place)
    return found


def take_fresh(
    pack: Pack, register: Register, batch: Batch, rows: Sequence[int], import_id: int, *, with_terms: bool
) -> dict[int, int]:
    """Make a subject of each of these rows: row → subject. Without those whom another writer made meanwhile."""
    if not rows:
        return {}
    refuse_blocked((), (key for i in rows if (key := batch.key(i)) is not None))
    columns = columns_of(register)
    chosen = set(rows)
    ordered = [i for i in batch.order if i in chosen]
    subjects = dict(zip(ordered, new_ids("registers_subject", len(rows)), strict=True))
    entries, reports = new_ids(table_name(register.id), len(rows)), new_ids("registers_assertion", len(rows))
    names = staged_names(register, columns)
    stage_packed(names, whole_rows(batch, subjects, entries, reports, len(names)))
    said = said_of(register, batch, import_id)
    lost = insert_keys(said)
    subjects = {i: subject_id for i, subject_id in subjects.items() if subject_id not in lost}
    with kept(pack, register, list(subjects.values())):
        run(sql.SQL(SUBJECTS).format(**said))
        run(sql.SQL(ENTRIES).format(**said, columns=entry_columns(register, columns)))
        for field in register.reported:
            if field.type == "list":
                child = sql.Identifier(child_table(register.id, field.id))
                run(sql.SQL(VALUES).format(**said, child=child, column=sql.Identifier(list_column(field.id))))
        run(sql.SQL(HATS).format(**said))
    if with_terms:
        write_terms(register, named_rows(register, batch, subjects))
    run(sql.SQL(REPORTS).format(**said))
    return subjects


def insert_keys(said: Mapping[str, sql.Composable]) -> set[int]:
    """Whose key somebody has already leaves the stage: their staged subjects. Hardly ever anybody, and asking every
    row whether it is would cost a fourth more."""
    try:
        with transaction.atomic():
            run(sql.SQL(KEYS).format(**said))
            return set()
    except IntegrityError:
        run(sql.SQL(KEYS_NOT_TAKEN).format(**said))
        return {subject_id for (subject_id,) in returned(sql.SQL(TAKEN_MEANWHILE).format(**said))}


def staged_names(register: Register, columns: Mapping[str, str]) -> list[tuple[str, str]]:
    found = list(HEAD)
    for one in register.reported:
        if one.type == "list":
            found.append((list_column(one.id), "text[]"))
        else:
            found += [(part.name, part.sql_type) for part in physical(columns[one.id], one.type)]
    return found


def list_column(field_id: str) -> str:
    return f"_{field_id}_"


def entry_columns(register: Register, columns: Mapping[str, str]) -> sql.Composed:
    parts = [part.name for one in register.reported for part in physical(columns[one.id], one.type)]
    return sql.SQL("").join(sql.SQL(", {}").format(sql.Identifier(name)) for name in parts)


def said_of(register: Register, batch: Batch, import_id: int) -> dict[str, sql.Composable]:
    return {
        "stage": STAGE,
        "table": sql.Identifier(table_name(register.id)),
        "kind": sql.Literal(batch.kind),
        "subject": sql.Literal(register.subject),
        "register": sql.Literal(register.id),
        "source": sql.Literal(batch.source),
        "run": sql.Literal(import_id),
        "now": sql.Literal(now()),
    }


def whole_rows(
    batch: Batch, subjects: Mapping[int, int], entries: Sequence[int], reports: Sequence[int], width: int
) -> Iterator[bytes]:
    packed, origin = batch.packed, packing.jsonb
    for (place, subject_id), entry_id, report_id in zip(subjects.items(), entries, reports, strict=True):
        yield _head(width, 8, subject_id, 8, entry_id, 8, report_id)
        yield origin(b'{"%b": %d}' % (EVERY_FIELD, report_id))
        yield packed[place]


def stage_packed(names: Sequence[tuple[str, str]], rows: Iterator[bytes]) -> None:
    columns = sql.SQL(", ").join(sql.Identifier(name) + sql.SQL(f" {kind}") for name, kind in names)
    with connection.cursor() as cursor:
        raw = cursor.cursor
        raw.execute("DROP TABLE IF EXISTS pg_temp.stage_fresh")
        raw.execute(sql.SQL(CREATE).format(columns))
        with raw.copy("COPY pg_temp.stage_fresh FROM STDIN (FORMAT binary)") as copy:
            copy.write(packing.HEAD)
            while block := b"".join(islice(rows, 3 * BLOCK)):
                copy.write(block)
            copy.write(packing.END)


def named_rows(register: Register, batch: Batch, subjects: Mapping[int, int]) -> list[EntryRow]:
    """What search terms come from."""
    names = [one.id for one in register.fields.values() if terms_come_from(register, one) and one.id in batch.values]
    rows = []
    for place, subject_id in subjects.items():
        shown: dict[str, object] = {}
        for name in names:
            pair = batch.sealed[name][place] if name in batch.sealed else None
            value = batch.values[name][place]
            shown[name] = Sealed(*pair, str(value)) if pair else value
        rows.append(EntryRow(subject_id, batch.regions[place] or 0, Projection(shown)))
    return rows
