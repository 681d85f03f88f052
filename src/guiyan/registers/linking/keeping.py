"""Rows and keys of people kept up with what the registers say of them, in sets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from psycopg import sql

from guiyan.packs.pack import Pack
from guiyan.registers import states
from guiyan.registers.linking.rows import COLUMNS, Row, comparable, named_only, said_of_people, settings_in_force
from guiyan.registers.models import LinkageKey, LinkageRow, Relation, Subject
from guiyan.registers.rights.shutting import blocked_among
from guiyan.registers.writing.staging import returned, run, stage

SMALL = frozenset({"gender", "birth_year", "graduation_year"})
STAGED = (
    ("subject_id", "bigint"),
    ("region", "bigint"),
    *((name, "smallint" if name in SMALL else "bigint") for name in COLUMNS),
)
KEYS = (("key", "bigint"), ("subject_id", "bigint"), ("region", "bigint"))
ALL = sql.SQL(", ").join(sql.Identifier(name) for name, _ in STAGED)
INSERT_ROWS = sql.SQL("INSERT INTO registers_linkagerow ({all}) SELECT {all} FROM pg_temp.stage_linkage").format(
    all=ALL
)
INSERT_KEYS = (
    "INSERT INTO registers_linkagekey (key, subject_id, region)"
    " SELECT key, subject_id, region FROM pg_temp.stage_linkage_key ORDER BY key"
)


def keep(pack: Pack, subject_ids: Collection[int]) -> tuple[set[int], set[int]]:
    """Make the rows and keys of these people as the registers say now: (who differs from before, who is in none).

    People in no register any more lose theirs. Subjects that are no people are passed over, and so are people whose
    data are blocked: nobody is held against them, not even for their name in somebody else's entry.
    """
    people = Subject.objects.filter(pk__in=subject_ids, kind=states.PERSON).values_list("pk", "region")
    blocked = blocked_among(subject_ids)
    about = {subject_id: region for subject_id, region in people if subject_id not in blocked}
    said = said_of_people(pack, about)
    only_named = {i for i in about if i not in said} & named(about)
    for subject_id, (name, digest) in named_only(sorted(only_named)).items():
        said[subject_id] = {"name": name, "id_digest": digest}
    gone = set(about) - set(said)
    made = comparable(said, settings_in_force())
    before = rows_of(about)
    different = {i for i, (row, _) in made.items() if before.get(i) != {"region": about[i], **row}}
    replaced = sorted((different | gone) & set(before))
    if replaced:
        LinkageKey.objects.filter(subject_id__in=replaced).delete()
        LinkageRow.objects.filter(pk__in=replaced).delete()
    write({i: made[i] for i in sorted(different)}, about)
    return different, gone


def write(made: Mapping[int, tuple[Row, Sequence[int]]], regions: Mapping[int, int]) -> None:
    rows = ((i, regions[i], *(row[name] for name in COLUMNS)) for i, (row, _) in made.items())
    if not stage("stage_linkage", STAGED, rows):
        return
    run(INSERT_ROWS)
    stage("stage_linkage_key", KEYS, ((key, i, regions[i]) for i, (_, keys) in made.items() for key in keys))
    run(INSERT_KEYS)


def rows_of(subject_ids: Collection[int]) -> dict[int, Row]:
    """With `region`, of those who have one."""
    names = [name for name, _ in STAGED]
    query = sql.SQL("SELECT {} FROM registers_linkagerow WHERE subject_id = ANY({})").format(
        ALL, sql.Literal(list(subject_ids))
    )
    found = (dict(zip(names, values, strict=True)) for values in returned(query)) if subject_ids else ()
    return {row.pop("subject_id"): row for row in found}


def named(subject_ids: Collection[int]) -> set[int]:
    """Whom an entry names by a relation."""
    rows = Relation.objects.filter(from_subject_id__in=list(subject_ids), assigned_at=None)
    return set(rows.values_list("from_subject_id", flat=True))


def people_named_by(subject_ids: Collection[int]) -> list[int]:
    """The people whom the entries of these (firms, projects) name."""
    rows = Relation.objects.filter(to_subject_id__in=list(subject_ids), assigned_at=None)
    return list(rows.values_list("from_subject_id", flat=True).distinct())
