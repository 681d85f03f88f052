"""What the registers say of people, made comparable: a row of numbers and its blocking keys for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from psycopg import sql

from guiyan.kernel import crypto
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import sealing, states
from guiyan.registers.id_numbers import normalise
from guiyan.registers.linking.declared import linked_columns, registers_of_people
from guiyan.registers.models import Hat, Subject, SubjectKey
from guiyan.registers.schema.columns import physical, table_name
from guiyan.registers.tables import columns_of
from guiyan.registers.writing.staging import returned

if TYPE_CHECKING:
    from guiyan.engine.linkage import Settings

# The columns of `LinkageRow` beside subject and region, in the order of the table (`engine.linkage.rows.PREPARED`).
COLUMNS = (
    "name", "swapped", "former", "sound", "near", "former_near", "surname", "first", "last", "given",
    "gender", "birth_year", "province", "city", "county", "town", "school", "graduation_year",
    "employer", "employer_own", "phone", "id_number",
)  # fmt: skip
# What is taken together from one row when several belong to one person.
BLOCKS: tuple[tuple[str, ...], ...] = (
    COLUMNS[:10], ("gender",), ("birth_year",), COLUMNS[12:16], COLUMNS[16:18], COLUMNS[18:20], ("phone",),
    ("id_number",),
)  # fmt: skip
PHONES = "registers.linkage.phone"
Row = dict[str, Any]


@lru_cache(maxsize=1)
def settings_in_force() -> Settings:
    from guiyan.engine.linkage import load_settings  # pages that link nobody need neither Polars nor DuckDB

    return load_settings()


def said_of_people(pack: Pack, subject_ids: Iterable[int]) -> dict[int, Row]:
    """Subject → what the registers show of her, by the columns of linkage. A query for each register they are in.

    Whoever is in no register, but named by one (the founder of a firm), has her name and the digest of her number.
    """
    wanted = sorted(set(subject_ids))
    places: dict[str, list[int]] = {}
    for subject_id, name in Hat.objects.filter(subject_id__in=wanted).values_list("subject_id", "register"):
        places.setdefault(name, []).append(subject_id)
    found: dict[int, Row] = {}
    for register in registers_of_people(pack):
        if register.id in places:
            for subject_id, row in entries_as_rows(register, places[register.id]):
                held = found.setdefault(subject_id, {})
                held.update({column: value for column, value in row.items() if column not in held})
    return found


def entries_as_rows(register: Register, subject_ids: Sequence[int]) -> Iterable[tuple[int, Row]]:
    columns = columns_of(register)
    fields = [(name, field) for name, field in linked_columns(register) if physical("", field.type)]
    names = [physical(columns[field.id], field.type)[0].name for _, field in fields]
    query = sql.SQL("SELECT subject_id, {} FROM {} WHERE subject_id = ANY({})").format(
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.Identifier(table_name(register.id)),
        sql.Literal(list(subject_ids)),
    )
    for subject_id, *values in returned(query):
        yield (
            subject_id,
            {
                name: text_of(field, value)
                for (name, field), value in zip(fields, values, strict=True)
                if value is not None
            },
        )


def text_of(field: Field, value: Any) -> Any:
    if field.encrypted:
        return sealing.opened(field.type, bytes(value))
    return value.year if isinstance(value, date) else value


def named_only(subject_ids: Sequence[int]) -> dict[int, tuple[str, bytes]]:
    """People whom an entry names and who are in no register: name, and digest of the number they are known by."""
    names = dict(Subject.objects.filter(pk__in=subject_ids).values_list("pk", "display_name"))
    keys = SubjectKey.objects.filter(subject_id__in=subject_ids, kind=states.KEY_ID_NUMBER)
    return {
        subject_id: (names[subject_id], bytes(digest))
        for subject_id, digest in keys.values_list("subject_id", "digest")
        if subject_id in names
    }


def comparable(said: Mapping[int, Row], settings: Settings) -> dict[int, tuple[Row, list[int]]]:
    """Subject → her row in COLUMNS, and her keys."""
    from guiyan.engine.linkage.one import as_frame
    from guiyan.engine.linkage.preparing import with_keys
    from guiyan.engine.linkage.rows import prepared

    if not said:
        return {}
    rows = list(said.values())
    frame = prepared(as_frame(rows))
    frame = with_keys(secret_numbers(frame, rows), settings.keys)
    made = frame.iter_rows(named=True)
    return {
        subject_id: ({name: row[name] for name in COLUMNS}, list(row["keys"]))
        for subject_id, row in zip(said, made, strict=True)
    }


def secret_numbers(frame: Any, rows: Sequence[Row]) -> Any:
    """Phones and identity numbers as keyed digests, before keys are made of them: a plain hash could be tried out.

    An identity number's is that of `SubjectKey`, which is all that is known of people whom an entry only names.
    """
    import polars as pl

    phone, number = crypto.blind_indexer(PHONES), crypto.blind_indexer(sealing.purpose(states.KEY_ID_NUMBER))
    phones = [None if one is None else as_int(phone(str(one))) for one in frame["phone"]]
    numbers = [
        None if one is None else as_int(number(normalise(str(row["id_number"]))))
        for one, row in zip(frame["id_number"], rows, strict=True)
    ]
    for place, row in enumerate(rows):
        if isinstance(row.get("id_digest"), bytes):
            numbers[place] = as_int(row["id_digest"])
    return frame.with_columns(
        pl.Series("phone", phones, dtype=pl.Int64()), pl.Series("id_number", numbers, dtype=pl.Int64())
    )


def as_int(digest: bytes) -> int:
    """63 bits of it."""
    return int.from_bytes(digest[:8], "little") >> 1


def together(rows: Sequence[Row]) -> Row:
    """One row of a person who is known under several ids; the first that says something counts."""
    if len(rows) == 1:
        return rows[0]
    found: Row = {}
    for block in BLOCKS:
        telling = next((row for row in rows if row[block[0]] is not None), rows[0])
        found |= {name: telling[name] for name in block}
    return found
