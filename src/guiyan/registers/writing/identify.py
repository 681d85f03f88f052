"""Who is meant: the subject whose key it is, or a new one. Two writers at once get the same subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiyan.kernel.calendar import now
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.declared import Link, key_kind, key_of, key_text, links_of
from guiyan.registers.models import Subject, SubjectKey
from guiyan.registers.sealing import digest_of
from guiyan.registers.writing.reports import Report
from guiyan.registers.writing.staging import new_ids, run, stage

Key = tuple[str, bytes]  # kind of key, digest

NAMELESS = "（姓名未登记）"
SUBJECT_COLUMNS = (
    ("id", "bigint"),
    ("kind", "text"),
    ("holder_id", "bigint"),
    ("display_name", "text"),
    ("region", "bigint"),
)
KEY_COLUMNS = (("kind", "text"), ("digest", "bytea"), ("subject_id", "bigint"), ("region", "bigint"))


@dataclass(frozen=True)
class NewSubject:
    kind: str
    display_name: str
    region: int


@dataclass(frozen=True)
class Identified:
    """One subject a report, in their order, and which of them nobody knew."""

    subjects: list[int]
    new: frozenset[int]


def identify(pack: Pack, register: Register, reports: Sequence[Report], *, region: int) -> Identified:
    """Find or make the subject of each report and the people it names. `region` is for who comes without one."""
    own = [key_of_report(register, report) for report in reports]
    wanted = named_subjects(pack, register, reports, region)
    for key, report in zip(own, reports, strict=True):
        if key is not None and report.subject_id is None:
            wanted[key] = new_subject(register, report, region)
    known, new = find_or_make(wanted)
    nameless = make_subjects(
        [
            new_subject(register, r, region)
            for k, r in zip(own, reports, strict=True)
            if k is None and r.subject_id is None
        ]
    )
    fresh = iter(nameless)
    subjects = [
        report.subject_id or (known[key] if key is not None else next(fresh))
        for key, report in zip(own, reports, strict=True)
    ]
    attach_keys(own, reports, region)
    return Identified(subjects, new | frozenset(nameless))


def key_of_report(register: Register, report: Report) -> Key | None:
    declared = key_of(register)
    value = report.values.get(declared.id) if declared else None
    if declared is None or not isinstance(value, str):
        return None
    kind = key_kind(register, declared)
    return kind, digest_of(kind, key_text(register, kind, value))


def named_subjects(pack: Pack, register: Register, reports: Sequence[Report], region: int) -> dict[Key, NewSubject]:
    """Whom a report names by key (the founder of a firm, who runs a park), so that a relation can lead to them."""
    found: dict[Key, NewSubject] = {}
    for link in links_of(register):
        for report in reports:
            number = report.values.get(link.number.id)
            if isinstance(number, str):
                name = report.values.get(link.name.id) if link.name else None
                kind = kind_named(pack, link)
                new = NewSubject(kind, str(name or NAMELESS)[:120], region_of(register, report) or region)
                found[link.key, digest_of(link.key, link.text(number))] = new
    return found


def kind_named(pack: Pack, link: Link) -> str:
    if link.to in pack.registers:
        return pack.registers[link.to].subject
    return states.PERSON if link.is_person else states.ORGANISATION


def new_subject(register: Register, report: Report, region: int) -> NewSubject:
    title = report.values.get(register.title_field)
    return NewSubject(register.subject, str(title or NAMELESS)[:120], region_of(register, report) or region)


def region_of(register: Register, report: Report) -> int | None:
    value = report.values.get(register.region_field)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def find_or_make(wanted: Mapping[Key, NewSubject]) -> tuple[dict[Key, int], frozenset[int]]:
    known = find(wanted)
    missing = {key: new for key, new in wanted.items() if key not in known}
    if not missing:
        return known, frozenset()
    # The unique key decides between two writers: the later one waits here and then finds the earlier one's subject.
    ids = new_ids("registers_subject", len(missing))
    stage("stage_key", KEY_COLUMNS, ((*key, i, new.region) for i, (key, new) in zip(ids, missing.items(), strict=True)))
    run(
        "INSERT INTO registers_subjectkey (kind, digest, subject_id, region, holder_id)"
        " SELECT kind, digest, subject_id, region, subject_id FROM stage_key ORDER BY digest"
        " ON CONFLICT (kind, digest) DO NOTHING"
    )
    known |= find(missing)
    mine = frozenset(ids) & frozenset(known.values())
    insert_subjects((known[key], new) for key, new in missing.items() if known[key] in mine)
    return known, mine


def find(keys: Iterable[Key]) -> dict[Key, int]:
    """The subjects of these keys, canonical or not: what was reported of one number stays with its subject."""
    found: dict[Key, int] = {}
    for kind in (states.KEY_ID_NUMBER, states.KEY_CREDIT_CODE, states.KEY_NUMBER):
        digests = [digest for own, digest in keys if own == kind]
        if digests:
            rows = SubjectKey.objects.filter(kind=kind, digest__in=digests).values_list("digest", "subject_id")
            found |= {(kind, bytes(digest)): subject_id for digest, subject_id in rows}
    return found


def make_subjects(new: Sequence[NewSubject]) -> list[int]:
    """Subjects without a key: each is new."""
    ids = new_ids("registers_subject", len(new))
    insert_subjects(zip(ids, new, strict=True))
    return ids


def insert_subjects(rows: Iterable[tuple[int, NewSubject]]) -> None:
    stage("stage_subject", SUBJECT_COLUMNS, ((i, new.kind, i, new.display_name, new.region) for i, new in rows))
    run(
        "INSERT INTO registers_subject (id, kind, canonical_id, holder_id, display_name, region, created_at)"
        " SELECT id, kind, id, holder_id, display_name, region, %s FROM stage_subject",
        [now()],
    )


def attach_keys(own: Sequence[Key | None], reports: Sequence[Report], region: int) -> None:
    """A subject named by id whose report brings its key: from now on the key finds it, unless it finds another."""
    for key, report in zip(own, reports, strict=True):
        if key is not None and report.subject_id is not None:
            subject = Subject.objects.get(pk=report.subject_id)
            defaults = {"subject_id": subject.pk, "region": subject.region or region, "holder_id": subject.holder_id}
            SubjectKey.objects.get_or_create(kind=key[0], digest=key[1], defaults=defaults)
