"""A file of records, uploaded at the desk: read row by row, faulty rows listed, the others taken."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.outreach import states
from guiyan.outreach.actions.taking import Came, Result, take_records
from guiyan.outreach.models import ArrivalFile
from guiyan.outreach.permissions import TAKE
from guiyan.outreach.records import Record, RecordReader
from guiyan.packs.trigger import Trigger
from guiyan.registers.actions import ranges
from guiyan.registers.importing.sheet import Sheet, open_sheet, places_of

MOST_ROWS = 5_000
AT_ONCE = 500


@transaction.atomic
def take_file(actor: Actor, *, trigger: Trigger, path: Path, name: str) -> ArrivalFile:
    """Take the rows of an .xlsx or .csv file by the trigger's template. The same file twice changes nothing.

    Each row is kept under its own number: new, known, sent before, or sent back with what is wrong. Refused as a whole
    only where it is no such file, has too many rows, or its head is not the template's.
    """
    require(actor, TAKE)
    allowed = ranges(actor, TAKE)
    region = allowed[0][0] if allowed else releases.current().city.region
    reader = RecordReader(releases.current(), trigger, allowed)
    records = list(read_rows(reader, open_sheet(path, name), name))
    if not records:
        raise Refused(f"“{name}”里只有表头，没有登记。", "empty-file")
    file = ArrivalFile.objects.create(
        trigger=trigger.id,
        file_name=name[:200],
        sha256=sha256_of(path),
        user_id=actor.user_id,
        actor_label=actor.label,
        at=calendar.now(),
        region=region,
    )
    came = Came(states.FILE, name, region, file)
    results: list[Result] = []
    for start in range(0, len(records), AT_ONCE):
        results += take_records(actor, trigger=trigger, records=records[start : start + AT_ONCE], came=came)
    file.summary = dict(Counter(one.outcome for one in results))
    file.faults = faults_of(results)
    file.save(update_fields=["summary", "faults"])
    detail: dict[str, audit.Value] = {"rows": len(records), "sha256": file.sha256[:16]}
    audit.record(actor, "arrival.import", f"arrival_file:{file.pk}", region=region, detail=detail)
    return file


def read_rows(reader: RecordReader, sheet: Sheet, name: str) -> Iterator[Record]:
    labels = {one.id: one.label for one in reader.fields.values()}
    required = [one.id for one in reader.fields.values() if one.required]
    places = places_of(sheet.head, labels, required, name)
    for count, (row, cells) in enumerate(sheet.rows, start=1):
        if count > MOST_ROWS:
            raise Refused(f"“{name}”超过{MOST_ROWS:,}行，请分几个文件上传。", "too-many")
        yield reader.read(cells_of(places, cells), row)


def cells_of(places: Mapping[str, int], cells: Sequence[object]) -> dict[str, object]:
    return {name: cells[place] for name, place in places.items() if place < len(cells)}


def faults_of(results: Sequence[Result]) -> list[list[object]]:
    """Row, column, what is wrong, what would be right: what the error file holds."""
    return [[one.record.row, fault.label, fault.wrong, fault.right] for one in results for fault in one.record.faults]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
