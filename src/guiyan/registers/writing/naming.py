"""How a subject is called and found: its name and region from its home register, its search terms from all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import sealing, states
from guiyan.registers.declared import home_register
from guiyan.registers.terms import clean, search_terms
from guiyan.registers.writing.rows import EntryRow
from guiyan.registers.writing.staging import run, stage

TERM_COLUMNS = (("term", "text"), ("kind", "text"), ("subject_id", "bigint"))
NAME_COLUMNS = (("subject_id", "bigint"), ("display_name", "text"), ("region", "bigint"))
PHONE_TAIL = 4


def rename(pack: Pack, register: Register, rows: Sequence[EntryRow]) -> None:
    """For subjects known before. Another register names a subject only until the home register knows it."""
    if not rows:
        return
    home = home_register(pack, register.subject)
    stage("stage_name", NAME_COLUMNS, ((row.subject_id, title(register, row), row.region) for row in rows))
    named_elsewhere = "EXISTS (SELECT FROM registers_hat h WHERE h.subject_id = s.id AND h.register = %s)"
    condition = "true" if home == register.id else f"NOT {named_elsewhere}"
    run(
        "UPDATE registers_subject s SET display_name = coalesce(g.display_name, s.display_name), region = g.region"
        " FROM pg_temp.stage_name g WHERE s.id = g.subject_id"
        " AND (s.display_name, s.region) IS DISTINCT FROM (coalesce(g.display_name, s.display_name), g.region)"
        f" AND {condition}",
        [] if home == register.id else [home],
    )
    run(
        "UPDATE registers_subjectkey k SET region = s.region, holder_id = s.holder_id"
        " FROM pg_temp.stage_name g JOIN registers_subject s ON s.id = g.subject_id"
        " WHERE k.subject_id = s.id AND (k.region, k.holder_id) IS DISTINCT FROM (s.region, s.holder_id)"
    )


def write_terms(register: Register, rows: Sequence[EntryRow]) -> None:
    """Terms are added, never taken away while the subject is in a register: people look for former names too."""
    fields = [field for field in register.fields.values() if terms_come_from(register, field)]
    if not stage("stage_term", TERM_COLUMNS, (term for row in rows for term in terms_of(register, fields, row))):
        return
    run(
        "INSERT INTO registers_searchterm (term, kind, subject_kind, region, subject_id)"
        " SELECT g.term, g.kind, s.kind, s.region, g.subject_id"
        " FROM pg_temp.stage_term g JOIN registers_subject s ON s.id = g.subject_id"
        # In the order of the index by prefix; the other one grows at its end.
        " ORDER BY g.term, g.subject_id"
        " ON CONFLICT (subject_id, term) DO UPDATE SET region = excluded.region"
        " WHERE registers_searchterm.region <> excluded.region"
    )


def terms_come_from(register: Register, field: Field) -> bool:
    if field.type == "phone":
        return True
    return not field.encrypted and (field.search or field.id == register.title_field)


def terms_of(register: Register, fields: Sequence[Field], row: EntryRow) -> Iterator[tuple[str, str, int]]:
    seen: set[str] = set()
    for field in fields:
        value = row.projection.values.get(field.id)
        if field.type == "phone" and (sealed := sealing.from_json(value)):
            found: Sequence[tuple[str, str]] = [
                ((sealed.plain or sealing.opened("phone", sealed.text))[-PHONE_TAIL:], "phone")
            ]
        elif isinstance(value, str):
            person = field.id == register.title_field and register.subject == states.PERSON
            found = search_terms(value, person=person or (field.id.endswith("_name") and len(clean(value)) <= 4))
        else:
            continue
        for term, kind in found:
            if term not in seen:
                seen.add(term)
                yield term, kind, row.subject_id


def title(register: Register, row: EntryRow) -> str | None:
    value = row.projection.values.get(register.title_field)
    return str(value)[:120] if value else None
