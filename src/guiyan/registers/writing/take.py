"""A batch of reports, from beginning to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from guiyan.kernel.calendar import now
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.declared import links_of
from guiyan.registers.models import Assertion, ImportRun, Subject, Voiding
from guiyan.registers.projection import Projection, Said, project
from guiyan.registers.rights.shutting import blocked_among, refuse_blocked
from guiyan.registers.totals import kept
from guiyan.registers.writing.entries import existing_entries, leave, write_entries
from guiyan.registers.writing.identify import Identified, identify
from guiyan.registers.writing.prepare import Prepared, prepare
from guiyan.registers.writing.reports import Outcome, Report, Taken
from guiyan.registers.writing.rows import EntryRow
from guiyan.registers.writing.senders import refuse_of_others, settle
from guiyan.registers.writing.staging import new_ids, run, stage

ASSERTION_COLUMNS = (
    ("id", "bigint"),
    ("subject_id", "bigint"),
    ("source", "text"),
    ("at", "date"),
    ("basis", "text"),
    ("fields", "text"),
    ("digest", "bytea"),
    ("region", "bigint"),
    ("holder_id", "bigint"),
    ("unit_id", "bigint"),
)
INSERT_ASSERTIONS = """
    INSERT INTO registers_assertion (id, subject_id, register, source, import_id, at, basis, fields, digest,
                                     recorded_at, region, holder_id, unit_id)
    SELECT a.id, a.subject_id, %s, a.source, %s, a.at, a.basis, a.fields::jsonb, a.digest, %s, a.region, a.holder_id,
           a.unit_id
    FROM pg_temp.stage_assertion a"""
# Where entries name people, only their subjects tell whose own they are.
INSERT_LINKED = INSERT_ASSERTIONS.replace("a.holder_id", "s.holder_id") + (
    " JOIN registers_subject s ON s.id = a.subject_id"
)


def take(
    pack: Pack,
    register: Register,
    reports: Sequence[Report],
    *,
    region: int,
    import_id: int | None = None,
) -> list[Taken]:
    """Take reports into the register; call inside a system scope, after permission was checked.

    region: where a report belongs that names no region and whose subject is new.
    What was said before by the same source for the same day in the same words is not taken twice.
    """
    return take_prepared(pack, register, prepare(register, reports), region=region, import_id=import_id)


def take_prepared(
    pack: Pack,
    register: Register,
    reports: Sequence[Prepared],
    *,
    region: int,
    import_id: int | None = None,
    with_terms: bool = True,
) -> list[Taken]:
    """`take`, of what `prepare` made. with_terms: otherwise `index_terms` must follow."""
    if not reports:
        return []
    who = identify(pack, register, reports, region=region)
    known = set(who.subjects) - who.new
    refuse_blocked(known, (one.key for one in reports if one.key is not None))
    about = lock(known)
    before = said_of(register.id, known)
    voided = voided_of(register, known)
    fresh = what_is_new(reports, who, before, about, region, voided)
    changed = {one.subject_id for one in fresh}
    said = defaultdict(list, {k: [one for one, _ in v] for k, v in before.items()})
    for one in fresh:
        said[one.subject_id].append(one.said)
    entries = existing_entries(register, changed - who.new)
    shown = {i: row for i, (_, row) in entries.items()}
    refuse_of_others(fresh, shown)
    trust = trust_of(register)
    rows = []
    for i in sorted(changed):
        holder = about[i].holder_id if i in about else i
        rows.append(
            entry_row(register, i, project(said[i], trust), shown.get(i), region, holder, is_typed=i not in before)
        )
    differing = [row for row in rows if row.differs_from(shown.get(row.subject_id))]
    entry_ids = {i: entry_id for i, (entry_id, _) in entries.items()}
    with kept(pack, register, [row.subject_id for row in differing]):
        write_entries(pack, register, differing, entry_ids, new_subjects=who.new, with_terms=with_terms)
    # Last, because only the entries say whose own the reports are.
    insert_assertions(register, fresh, import_id)
    settle(register, {one.subject_id for one in fresh if one.prepared.report.unit_id is not None})
    return outcomes(who, entries.keys(), {row.subject_id for row in differing})


def reproject(pack: Pack, register: Register, subject_ids: Iterable[int]) -> None:
    """Make the rows again from the reports that still count; an entry without any leaves the register."""
    wanted = set(subject_ids)
    wanted -= blocked_among(wanted)
    about = lock(wanted)
    voided = voided_of(register, wanted)
    said = {i: told for i, told in said_of(register.id, wanted).items() if i not in voided}
    entries = existing_entries(register, wanted)
    trust = trust_of(register)
    rows = []
    for i in sorted(said):
        before = entries[i][1] if i in entries else None
        rows.append(entry_row(register, i, project([one for one, _ in said[i]], trust), before, 0, about[i].holder_id))
    with kept(pack, register, wanted):
        leave(register, [i for i in wanted if i not in said])
        write_entries(pack, register, rows, {i: entry_id for i, (entry_id, _) in entries.items()})
    if register.senders:
        settle(register, set(said))


@dataclass(frozen=True, slots=True)
class About:
    region: int
    holder_id: int


def lock(subject_ids: Iterable[int]) -> dict[int, About]:
    """Reports on one subject wait for each other, in the order of ids."""
    wanted = list(set(subject_ids))
    if not wanted:
        return {}
    held = Subject.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {pk: About(region, holder) for pk, region, holder in held.values_list("pk", "region", "holder_id")}


def said_of(register: str, subject_ids: Collection[int]) -> dict[int, list[tuple[Said, bytes]]]:
    """The reports that count: those of undone imports don't."""
    if not subject_ids:
        return {}
    undone = ImportRun.objects.filter(register=register).exclude(undone_at=None).values("pk")
    rows = Assertion.objects.filter(Q(import_id=None) | ~Q(import_id__in=undone), register=register)
    found: dict[int, list[tuple[Said, bytes]]] = defaultdict(list)
    for row in rows.filter(subject_id__in=list(subject_ids)).order_by("pk"):
        found[row.subject_id].append((Said(row.pk, row.source, row.at, row.fields), bytes(row.digest)))
    return found


def voided_of(register: Register, subject_ids: Collection[int]) -> frozenset[int]:
    """Of a journal's entries, those taken back."""
    if register.journal is None or not subject_ids:
        return frozenset()
    rows = Voiding.objects.filter(register=register.id, subject_id__in=list(subject_ids))
    return frozenset(rows.values_list("subject_id", flat=True))


@dataclass(frozen=True, slots=True)
class Fresh:
    """A report that says something new, with the id it will have."""

    subject_id: int
    said: Said
    prepared: Prepared
    region: int
    holder_id: int


def what_is_new(
    reports: Sequence[Prepared],
    who: Identified,
    before: Mapping[int, list[tuple[Said, bytes]]],
    about: Mapping[int, About],
    region: int,
    voided: Collection[int] = frozenset(),
) -> list[Fresh]:
    """voided: subjects whose entry was taken back: what is said of them again is not taken."""
    heard = {(subject_id, digest) for subject_id, said in before.items() for _, digest in said}
    found: list[tuple[int, Prepared]] = []
    for subject_id, one in zip(who.subjects, reports, strict=True):
        if (subject_id, one.digest) not in heard and subject_id not in voided:
            heard.add((subject_id, one.digest))
            found.append((subject_id, one))
    ids = new_ids("registers_assertion", len(found))
    fresh = []
    for pk, (subject_id, one) in zip(ids, found, strict=True):
        known = about.get(subject_id)
        place = one.region or (known.region if known else region)
        said = Said(pk, one.report.source, one.report.at, one.values)
        fresh.append(Fresh(subject_id, said, one, place, known.holder_id if known else subject_id))
    return fresh


def insert_assertions(register: Register, fresh: Sequence[Fresh], import_id: int | None) -> None:
    rows = (
        (
            o.said.assertion_id,
            o.subject_id,
            o.said.source,
            o.said.at,
            o.prepared.report.basis,
            o.prepared.stored,
            o.prepared.digest,
            o.region,
            o.holder_id,
            o.prepared.report.unit_id,
        )
        for o in fresh
    )
    if not stage("stage_assertion", ASSERTION_COLUMNS, rows):
        return
    run(INSERT_LINKED if links_of(register) else INSERT_ASSERTIONS, [register.id, import_id, now()])


def trust_of(register: Register) -> dict[str, int]:
    declared = {source.id: source.trust for source in register.sources.values()}
    return {**declared, states.CORRECTION: max(declared.values()) + 1}


def entry_row(
    register: Register,
    subject_id: int,
    projection: Projection,
    before: EntryRow | None,
    region: int,
    holder_id: int,
    *,
    is_typed: bool = False,
) -> EntryRow:
    place = projection.values.get(register.region_field)
    kept = before.region if before else region
    return EntryRow(subject_id, place if isinstance(place, int) else kept, projection, holder_id, is_typed)


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
