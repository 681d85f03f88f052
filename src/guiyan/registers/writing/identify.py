"""Who is meant: the subject whose key it is, or a new one. Two writers at once get the same subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiyan.kernel.calendar import now
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.declared import Link, links_of
from guiyan.registers.models import Subject, SubjectKey
from guiyan.registers.sealing import Sealed, digest_of
from guiyan.registers.writing.prepare import Key, Prepared
from guiyan.registers.writing.staging import new_ids, returned, run, stage

NAMELESS = "（姓名未登记）"
SUBJECT_COLUMNS = (
    ("id", "bigint"),
    ("kind", "text"),
    ("display_name", "text"),
    ("region", "bigint"),
)
KEY_COLUMNS = (("kind", "text"), ("digest", "bytea"), ("subject_id", "bigint"), ("region", "bigint"))
INSERT_KEYS = """
    INSERT INTO registers_subjectkey (kind, digest, subject_id, region, holder_id)
    SELECT kind, digest, subject_id, region, subject_id FROM pg_temp.stage_key ORDER BY digest
    ON CONFLICT (kind, digest) DO NOTHING"""
FIND_KEYS = """
    SELECT kind, digest, subject_id FROM registers_subjectkey
    WHERE kind = %s AND digest = ANY(%s)"""


@dataclass(frozen=True, slots=True)
class NewSubject:
    kind: str
    display_name: str
    region: int


@dataclass(frozen=True)
class Identified:
    """One subject a report, in their order, and which of them nobody knew."""

    subjects: list[int]
    new: frozenset[int]


def identify(pack: Pack, register: Register, reports: Sequence[Prepared], *, region: int) -> Identified:
    """Find or make the subject of each report and the people it names. `region` is for who comes without one."""
    wanted = named_subjects(pack, register, reports, region)
    for one in reports:
        if one.key is not None and one.report.subject_id is None:
            wanted[one.key] = new_subject(register, one, region)
    known, new = find_or_make(wanted)
    nameless = make_subjects(
        [new_subject(register, one, region) for one in reports if one.key is None and one.report.subject_id is None]
    )
    fresh = iter(nameless)
    subjects = [one.report.subject_id or (known[one.key] if one.key is not None else next(fresh)) for one in reports]
    attach_keys(reports, region)
    return Identified(subjects, new | frozenset(nameless))


def named_subjects(pack: Pack, register: Register, reports: Sequence[Prepared], region: int) -> dict[Key, NewSubject]:
    """Whom a report names by key (the founder of a firm, who runs a park), so that a relation can lead to them."""
    found: dict[Key, NewSubject] = {}
    for link in links_of(register):
        kind = kind_named(pack, link)
        for one in reports:
            number = one.values.get(link.number.id)
            if isinstance(number, Sealed | str):
                name = one.values.get(link.name.id) if link.name else None
                digest = number.digest if isinstance(number, Sealed) else digest_of(link.key, link.text(number))
                found[link.key, digest] = NewSubject(kind, str(name or NAMELESS)[:120], one.region or region)
    return found


def kind_named(pack: Pack, link: Link) -> str:
    if link.to in pack.registers:
        return pack.registers[link.to].subject
    return states.PERSON if link.is_person else states.ORGANISATION


def new_subject(register: Register, one: Prepared, region: int) -> NewSubject:
    title = one.values.get(register.title_field)
    return NewSubject(register.subject, str(title or NAMELESS)[:120], one.region or region)


def find_or_make(wanted: Mapping[Key, NewSubject]) -> tuple[dict[Key, int], frozenset[int]]:
    known = find(wanted)
    missing = {key: new for key, new in wanted.items() if key not in known}
    if not missing:
        return known, frozenset()
    # The unique key decides between two writers: the later one waits here and then finds the earlier one's subject.
    ids = new_ids("registers_subject", len(missing))
    mine = dict(zip(missing, ids, strict=True))
    stage("stage_key", KEY_COLUMNS, ((*key, i, missing[key].region) for key, i in mine.items()))
    if run(INSERT_KEYS) < len(mine):
        found = find(missing)
        mine = {key: i for key, i in mine.items() if found[key] == i}
        known |= found
    insert_subjects((i, missing[key]) for key, i in mine.items())
    return known | mine, frozenset(mine.values())


def find(keys: Iterable[Key]) -> dict[Key, int]:
    """The subjects of these keys, canonical or not: what was reported of one number stays with its subject."""
    by_kind: dict[str, list[bytes]] = {}
    for kind, digest in keys:
        by_kind.setdefault(kind, []).append(digest)
    rows = [row for kind, digests in by_kind.items() for row in returned(FIND_KEYS, [kind, digests])]
    return {(kind, bytes(digest)): subject_id for kind, digest, subject_id in rows}


def make_subjects(new: Sequence[NewSubject]) -> list[int]:
    """Subjects without a key: each is new."""
    ids = new_ids("registers_subject", len(new))
    insert_subjects(zip(ids, new, strict=True))
    return ids


def insert_subjects(rows: Iterable[tuple[int, NewSubject]]) -> None:
    if stage("stage_subject", SUBJECT_COLUMNS, ((i, new.kind, new.display_name, new.region) for i, new in rows)):
        run(
            "INSERT INTO registers_subject (id, kind, canonical_id, holder_id, display_name, region, created_at)"
            " SELECT id, kind, id, id, display_name, region, %s FROM pg_temp.stage_subject",
            [now()],
        )


def attach_keys(reports: Sequence[Prepared], region: int) -> None:
    """A subject named by id whose report brings its key: from now on the key finds it, unless it finds another."""
    for one in reports:
        if one.key is not None and one.report.subject_id is not None:
            kind, digest = one.key
            subject = Subject.objects.get(pk=one.report.subject_id)
            defaults = {"subject_id": subject.pk, "region": subject.region or region, "holder_id": subject.holder_id}
            SubjectKey.objects.get_or_create(kind=kind, digest=digest, defaults=defaults)
