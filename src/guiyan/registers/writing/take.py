"""A batch of reports, from beginning to end."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from guiyan.kernel.calendar import now
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import sealing
from guiyan.registers.models import Assertion, ImportRun, Subject
from guiyan.registers.projection import Projection, Said, project
from guiyan.registers.values import to_json
from guiyan.registers.writing.entries import EntryRow, existing_entries, write_entries
from guiyan.registers.writing.identify import Identified, identify, region_of
from guiyan.registers.writing.reports import Outcome, Report, Taken
from guiyan.registers.writing.staging import new_ids, run, stage

ASSERTION_COLUMNS = (
    ("id", "bigint"),
    ("subject_id", "bigint"),
    ("source", "text"),
    ("at", "date"),
    ("basis", "text"),
    ("fields", "jsonb"),
    ("digest", "bytea"),
    ("region", "bigint"),
)


def take(
    pack: Pack, register: Register, reports: Sequence[Report], *, region: int, import_id: int | None = None
) -> list[Taken]:
    """Take reports into the register; call inside a system scope, after permission was checked.

    region: where a report belongs that names no region and whose subject is new.
    What was said before by the same source for the same day in the same words is not taken twice.
    """
    if not reports:
        return []
    with sealing.remembered():
        return take_batch(pack, register, reports, region, import_id)


def take_batch(
    pack: Pack, register: Register, reports: Sequence[Report], region: int, import_id: int | None
) -> list[Taken]:
    who = identify(pack, register, reports, region=region)
    lock(who.subjects)
    before = said_of(register.id, set(who.subjects) - who.new)
    fresh = what_is_new(register, reports, who, before, region)
    changed = {one.subject_id for one in fresh}
    said = defaultdict(list, {k: [one for one, _ in v] for k, v in before.items()})
    for one in fresh:
        said[one.subject_id].append(one.said)
    entries = existing_entries(register, changed)
    rows = [entry_row(register, i, project_of(register, said[i]), entries.get(i), region) for i in sorted(changed)]
    differing = [row for row in rows if row.differs_from(entries.get(row.subject_id))]
    write_entries(pack, register, differing)
    # Last, because only the entries say whose own the reports are.
    insert_assertions(register, fresh, import_id)
    return outcomes(who, entries.keys(), {row.subject_id for row in differing})


def reproject(pack: Pack, register: Register, subject_ids: Iterable[int]) -> None:
    """Make the rows again from the reports that still count; an entry without any leaves the register."""
    wanted = set(subject_ids)
    lock(wanted)
    said = said_of(register.id, wanted)
    entries = existing_entries(register, wanted)
    rows = [
        entry_row(register, i, project_of(register, [one for one, _ in said[i]]), entries.get(i), 0)
        for i in sorted(wanted)
        if said.get(i)
    ]
    write_entries(pack, register, rows, gone=[i for i in wanted if not said.get(i)])


def lock(subject_ids: Iterable[int]) -> None:
    """Reports on one subject wait for each other, in the order of ids."""
    list(Subject.objects.select_for_update().filter(pk__in=set(subject_ids)).order_by("pk").values_list("pk"))


def said_of(register: str, subject_ids: Iterable[int]) -> dict[int, list[tuple[Said, bytes]]]:
    """The reports that count: those of undone imports don't."""
    undone = ImportRun.objects.filter(register=register).exclude(undone_at=None).values("pk")
    rows = Assertion.objects.filter(Q(import_id=None) | ~Q(import_id__in=undone), register=register)
    found: dict[int, list[tuple[Said, bytes]]] = defaultdict(list)
    for row in rows.filter(subject_id__in=list(subject_ids)).order_by("pk"):
        found[row.subject_id].append((Said(row.pk, row.source, row.at, row.fields), bytes(row.digest)))
    return found


@dataclass(frozen=True)
class Fresh:
    """A report that says something new, with the id it will have."""

    subject_id: int
    said: Said
    basis: str
    digest: bytes
    region: int


def what_is_new(
    register: Register,
    reports: Sequence[Report],
    who: Identified,
    before: Mapping[int, list[tuple[Said, bytes]]],
    region: int,
) -> list[Fresh]:
    heard = {(subject_id, digest) for subject_id, said in before.items() for _, digest in said}
    regions = dict(Subject.objects.filter(pk__in=set(who.subjects)).values_list("pk", "region"))
    found: list[tuple[int, Report, dict[str, object], bytes]] = []
    for subject_id, report in zip(who.subjects, reports, strict=True):
        fields, digest = stored(register, report)
        if (subject_id, digest) not in heard:
            heard.add((subject_id, digest))
            found.append((subject_id, report, fields, digest))
    ids = new_ids("registers_assertion", len(found))
    return [
        Fresh(i, Said(pk, r.source, r.at, fields), r.basis, digest, region_of(register, r) or regions.get(i, region))
        for pk, (i, r, fields, digest) in zip(ids, found, strict=True)
    ]


def insert_assertions(register: Register, fresh: Sequence[Fresh], import_id: int | None) -> None:
    rows = (
        (o.said.assertion_id, o.subject_id, o.said.source, o.said.at, o.basis, o.said.fields, o.digest, o.region)
        for o in fresh
    )
    stage("stage_assertion", ASSERTION_COLUMNS, rows)
    run(
        "INSERT INTO registers_assertion (id, subject_id, register, source, import_id, at, basis, fields, digest,"
        " recorded_at, region, holder_id) SELECT a.id, a.subject_id, %s, a.source, %s, a.at, a.basis, a.fields,"
        " a.digest, %s, a.region, s.holder_id FROM stage_assertion a JOIN registers_subject s ON s.id = a.subject_id",
        [register.id, import_id, now()],
    )


def stored(register: Register, report: Report) -> tuple[dict[str, object], bytes]:
    """The fields as an assertion keeps them, and a digest of what is said (not of how it is sealed)."""
    fields: dict[str, object] = {}
    plain: dict[str, object] = {}
    for name, value in report.values.items():
        declared = register.fields[name]
        if value is None:
            continue
        if declared.encrypted:
            sealed = sealing.seal(declared.type, str(value))
            fields[name], plain[name] = sealing.to_json(sealed), sealed.digest.hex()
        else:
            fields[name] = plain[name] = to_json(value)
    said = json.dumps([register.id, report.source, report.at.isoformat(), plain], ensure_ascii=False, sort_keys=True)
    return fields, hashlib.sha256(said.encode()).digest()


def project_of(register: Register, said: Iterable[Said]) -> Projection:
    return project(said, {source.id: source.trust for source in register.sources.values()})


def entry_row(
    register: Register, subject_id: int, projection: Projection, before: EntryRow | None, region: int
) -> EntryRow:
    place = projection.values.get(register.region_field)
    kept = before.region if before else region
    return EntryRow(subject_id, place if isinstance(place, int) else kept, projection)


def outcomes(who: Identified, entered: Iterable[int], written: set[int]) -> list[Taken]:
    known, told = set(entered), set()
    taken = []
    for subject_id in who.subjects:
        again = subject_id in told or subject_id not in written
        told.add(subject_id)
        if again:
            outcome = Outcome.UNCHANGED
        elif subject_id in known:
            outcome = Outcome.CHANGED
        else:
            outcome = Outcome.CREATED if subject_id in who.new else Outcome.LINKED
        taken.append(Taken(subject_id, outcome))
    return taken
