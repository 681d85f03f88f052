"""Bringing a register's file in: all of it in one transaction, in pieces that keep memory small."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from django.db import transaction

from guiyan.kernel import audit, failpoints, jobs
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.outbox import publish
from guiyan.kernel.regions import Interval
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers.importing.ahead import ahead
from guiyan.registers.importing.by_column import ColumnReader, Good
from guiyan.registers.importing.columns import Columns
from guiyan.registers.importing.examples import Examples
from guiyan.registers.importing.faults import Fault
from guiyan.registers.importing.reading import RowReader, region_names
from guiyan.registers.importing.sent import foreign_keys
from guiyan.registers.importing.sheet import Sheet, open_sheet
from guiyan.registers.linking.waiting import put_down_file
from guiyan.registers.models import ImportRun
from guiyan.registers.rights.shutting import shut_keys
from guiyan.registers.sharing.binding import REGISTER, note_taken, refuse_unauthorised
from guiyan.registers.sharing.offered import id_of
from guiyan.registers.values import Reader
from guiyan.registers.writing import Outcome
from guiyan.registers.writing.batch import Batch, batch_of, joined
from guiyan.registers.writing.fresh import take_batch

# Rows taken at a time; smaller in tests. The more, the more of them meet the same page of an index.
PIECE = int(os.environ.get("GUIYAN_IMPORT_PIECE", "100000"))
PIECE_BYTES = 256 * 2**20  # of packed rows, where they are wide: two pieces are held at a time
BLOCK = 5_000  # rows read at a time
SMALL = 20_000  # of a file of fewer rows everything is done at once
INDEX_TERMS = "registers.index_terms"
FAULTS_SHOWN = 1_000


@dataclass
class ImportSummary:
    """What came of a file. `linked`: known subjects that are new in this register. `unchanged`: said before."""

    register: str
    file: str
    dry_run: bool
    read: int = 0
    created: int = 0
    changed: int = 0
    linked: int = 0
    unchanged: int = 0
    refused: int = 0
    seconds: float = 0.0
    import_id: int | None = None
    faults: list[Fault] = field(default_factory=list, repr=False)

    def as_json(self) -> dict[str, object]:
        numbers = asdict(self)
        del numbers["faults"]
        return {**numbers, "seconds": round(self.seconds, 3), "rows_read": self.read}


class DryRunEnds(Exception):
    """Takes back all that a trial did."""


def run_import(
    actor: Actor,
    pack: Pack,
    register: Register,
    path: Path,
    *,
    name: str,
    source: str,
    at: date,
    allowed: tuple[Interval, ...] | None,
    home: int,
    dry_run: bool,
    tell: Callable[[int], None],
    sheet_title: str = "",
    columns: Columns | None = None,
    refuse: Callable[[int, list[object], list[Fault]], None] = lambda number, cells, faults: None,
    examples: Examples | None = None,
    sender: int | None = None,
    claims: bool = False,
) -> ImportSummary:
    """Read, check and take the file; with dry_run everything is done and taken back, so the counts are real.

    columns: what each heading means; None: by the template. refuse: gets each row that is not taken, on another thread.
    sender: the unit outside government whose entries they are; who else is known of is in no number then.
    claims: see `sent.foreign_keys`.
    """
    started = time.monotonic()
    sheet = open_sheet(path, name, sheet_title)
    regions = region_names(pack)
    with entered(Scope.system()):
        use = refuse_unauthorised(id_of(register.id, source), REGISTER)
        shut = shut_keys()
    reader = RowReader(
        register, Reader(today(), regions), source, at, allowed, columns=columns, shut=shut, unit_id=sender
    )
    if sender is not None:
        with entered(Scope.system()):
            ahead_of_it = replace(reader, first_seen={}, faults=[])
            foreign = foreign_keys(register, path, name, sheet_title, ahead_of_it, claims=claims)
        reader = replace(reader, foreign=foreign)
    reader.refuse = refuse
    summary = ImportSummary(register.id, name, dry_run)
    try:
        with entered(Scope.system()), transaction.atomic():
            run = ImportRun.objects.create(
                register=register.id,
                source=source,
                file_name=name[:200],
                sha256=sha256_of(path),
                user_id=actor.user_id,
                actor_label=actor.label,
                region=home,
                at=now(),
            )
            counts = take_all(pack, register, batches(reader, sheet, name, home), run, tell, examples)
            finish(summary, reader, counts, run)
            if sender is not None:
                summary.created, summary.linked = summary.created + summary.linked, 0
            if examples is not None:
                examples.see(after=True)
            if dry_run:
                raise DryRunEnds
            close(actor, run, summary)
            note_taken(actor, use, how="file", of=run.pk, name=name, rows=summary.read - summary.refused)
    except DryRunEnds:
        summary.import_id = None
    summary.seconds = time.monotonic() - started
    return summary


def batches(reader: RowReader, sheet: Sheet, name: str, home: int) -> Iterator[tuple[int, Batch]]:
    """The good rows of each piece of the file, with how many rows were read until then. The first pieces are smaller,
    so that the database need not wait long."""
    blocks: list[Batch] = []
    rows, size, enough = 0, 0, min(PIECE, SMALL)
    for good in ColumnReader(reader).pieces(sheet, name, min(BLOCK, PIECE)):
        blocks.append(of_piece(reader, good, home))
        rows, size = rows + len(good.numbers), size + sum(map(len, blocks[-1].packed))
        if rows >= enough or size >= PIECE_BYTES:
            yield reader.read, joined(blocks)
            blocks, rows, size, enough = [], 0, 0, min(PIECE, 2 * enough)
    if blocks:
        yield reader.read, joined(blocks)


def of_piece(reader: RowReader, good: Good, home: int) -> Batch:
    return batch_of(
        reader.register,
        reader.source,
        reader.at,
        good.numbers,
        good.values,
        region=home,
        unit_id=reader.unit_id,
    )


def take_all(
    pack: Pack,
    register: Register,
    found: Iterator[tuple[int, Batch]],
    run: ImportRun,
    tell: Callable[[int], None],
    examples: Examples | None,
) -> Counter[Outcome]:
    """The people of a small file can be found by name at once; the terms of a larger one are written by a job."""
    counts: Counter[Outcome] = Counter()
    searchable, all_new = True, False
    with ahead(found) as readied:
        for number, (read, batch) in enumerate(readied):
            at_once = number == 0 and read < min(PIECE, SMALL)
            taken = take_batch(
                pack, register, batch, region=run.region, import_id=run.pk, with_terms=at_once, expect_new=all_new
            )
            outcomes = Counter(one.outcome for one in taken)
            counts += outcomes
            # Then those of the next piece are most likely new as well.
            all_new = outcomes.keys() == {Outcome.CREATED}
            searchable = searchable and at_once
            if examples is not None:
                examples.note(batch, taken)
            failpoints.hit("rows_taken")
            tell(read)
    run.terms_left = 0 if searchable else counts.total()
    return counts


def finish(summary: ImportSummary, reader: RowReader, counts: Counter[Outcome], run: ImportRun) -> None:
    summary.read, summary.refused, summary.faults = reader.read, reader.refused, reader.faults
    summary.created, summary.changed = counts[Outcome.CREATED], counts[Outcome.CHANGED]
    summary.linked, summary.unchanged = counts[Outcome.LINKED], counts[Outcome.UNCHANGED]
    summary.import_id = run.pk


def close(actor: Actor, run: ImportRun, summary: ImportSummary) -> None:
    """Keep the outcome and its first faults (which hold no personal data) with the run, log it, tell the others."""
    run.summary = {**summary.as_json(), "faults": [list(fault) for fault in summary.faults[:FAULTS_SHOWN]]}
    run.save(update_fields=["summary", "terms_upto", "terms_left"])
    if run.terms_left:
        jobs.defer(INDEX_TERMS, import_id=run.pk)
    if summary.read <= SMALL:
        put_down_file(run.pk)  # so that the result says at once that they are looked at; of large files it follows
    counts = {"rows": summary.read, "refused": summary.refused}
    audit.record(
        actor, "register.import", f"import:{run.pk}", region=run.region, detail={"sha256": run.sha256, **counts}
    )
    publish("subject.changed", import_id=run.pk, register=run.register)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
