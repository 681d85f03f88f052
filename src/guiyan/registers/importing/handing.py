"""A file at the desk: handed in, its columns named, checked, shown, confirmed, brought in. Stopped, it leaves nothing.

Small files are worked on at once, large ones by a job. The job runs in one transaction: a worker killed in the middle
leaves nothing behind, and the next one begins again with the same file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from guiyan.accounts.models import User
from guiyan.accounts.permissions import decide
from guiyan.accounts.queries import actor_of
from guiyan.accounts.standing_in import acting_as, usable_by
from guiyan.kernel import audit, jobs, releases
from guiyan.kernel.actors import SYSTEM, Actor, holds
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import GuiyanError, NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import masked_numbers
from guiyan.packs.people import SEND
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.importing import kept
from guiyan.registers.importing.columns import Columns, guess, heading_digest, places_in, remembered
from guiyan.registers.importing.examples import Examples
from guiyan.registers.importing.returned import ReturnedRows
from guiyan.registers.importing.run import FAULTS_SHOWN, ImportSummary, run_import
from guiyan.registers.importing.sheet import open_sheet, sheet_titles
from guiyan.registers.models import ColumnMapping, ImportFile, ImportRun
from guiyan.registers.queries.handed import files_seen
from guiyan.registers.sharing.binding import REGISTER, refuse_unauthorised
from guiyan.registers.sharing.offered import id_of
from guiyan.registers.tables import register_of

IMPORT = "register.import"
WORK, TIDY = "registers.work_on_file", "registers.tidy_file"
SMALL_BYTES = 300_000
KEPT_DAYS = 7
SAMPLES = 3


class Stopped(Exception):
    """Somebody asked to stop: everything done until here is taken back."""


def hand_in(
    actor: Actor,
    *,
    register: str,
    source: str,
    as_of: date,
    name: str,
    blocks: Iterable[bytes],
    home: int,
    unit_id: int | None = None,
) -> ImportFile:
    """Keep an uploaded file and look at its head. Raises Refused for what is no table, and keeps nothing of it then.

    unit_id: the sender whose entries they are. The caller asked for permission.
    """
    declared = register_of(releases.current(), register)
    if source not in declared.sources:
        raise Refused("请选择数据来源。", "unknown-source")
    with entered(Scope.system()):
        refuse_unauthorised(id_of(register, source), REGISTER)
        file = ImportFile.objects.create(
            register=register,
            source=source,
            as_of=as_of,
            file_name=name[:200],
            sha256="",
            size=0,
            region=home,
            unit_id=unit_id,
            user_id=actor.user_id,
            actor_label=actor.label,
            at=now(),
        )
        path = kept.keep(file.pk, blocks)
        try:
            titles = sheet_titles(path)
            sheet = open_sheet(path, name, titles[0] if titles else "")
        except Refused:
            kept.forget(file.pk)
            raise
        with path.open("rb") as content:
            file.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        file.size, file.sheet = path.stat().st_size, titles[0] if titles else ""
        file.columns = columns_for(file, declared, sheet.head)
        file.save()
        audit.record(actor, "register.hand_in", f"import-file:{file.pk}", region=home, detail={"sha256": file.sha256})
    return file


def columns_for(file: ImportFile, register: Register, head: list[str]) -> Columns:
    """What the headings meant the last time, to these officers or to this sender; else what they look like."""
    if file.unit_id is None:
        return remembered(register, head, file.region) or guess(register, head)
    earlier = ImportFile.objects.filter(unit_id=file.unit_id, register=file.register, stage=states.FILE_DONE)
    for columns in earlier.order_by("-pk").values_list("columns", flat=True)[:1]:
        if [heading for heading, _ in columns] == head:
            return [(heading, field) for heading, field in columns]
    return guess(register, head)


def choose_sheet(actor: Actor, *, file_id: int, sheet: str) -> ImportFile:
    with entered(Scope.system()):
        file = locked(actor, file_id, states.FILE_HANDED_IN, states.FILE_CHECKED)
        declared = register_of(releases.current(), file.register)
        if sheet not in sheet_titles(kept.upload_of(file.pk)):
            raise Refused("文件里没有这张表。", "no-sheet")
        head = open_sheet(kept.upload_of(file.pk), file.file_name, sheet).head
        file.sheet, file.stage = sheet, states.FILE_HANDED_IN
        file.columns = columns_for(file, declared, head)
        file.save()
    return file


def name_columns(actor: Actor, *, file_id: int, fields: list[str]) -> ImportFile:
    """Confirm which column is which field ("" for none), in their order; remember it, and check the file."""
    with entered(Scope.system()):
        file = locked(actor, file_id, states.FILE_HANDED_IN, states.FILE_CHECKED)
        declared = register_of(releases.current(), file.register)
        head = [heading for heading, _ in file.columns]
        if len(fields) != len(head):
            raise Refused("列的个数不对，请刷新页面再试。", "columns")
        columns: Columns = list(zip(head, fields, strict=True))
        places_in(declared, head, columns)
        if file.unit_id is None:
            ColumnMapping.objects.update_or_create(
                register=file.register,
                heading=heading_digest(head),
                region=file.region,
                defaults={"columns": columns, "actor_label": actor.label, "at": now()},
            )
        file.columns, file.stage, file.problem, file.preview = columns, states.FILE_CHECKING, "", {}
        file.save()
        start(file)
    return file


def confirm(actor: Actor, *, file_id: int) -> ImportFile:
    """Bring in what was shown."""
    with entered(Scope.system()):
        file = locked(actor, file_id, states.FILE_CHECKED)
        file.stage = states.FILE_BRINGING
        file.save(update_fields=["stage"])
        start(file)
    return file


def drop(actor: Actor, *, file_id: int) -> ImportFile:
    """Not to be brought in after all. Work that is under way stops at its next step and takes all of it back."""
    with entered(Scope.system()):
        file = seen(actor, file_id)
        if file.is_over:
            raise Refused("这个文件已经处理完了。要撤掉导入的内容，请到导入结果页撤销。", "over")
        # Without a lock: the job holds the row until it ends.
        ImportFile.objects.filter(pk=file.pk).update(cancel_asked=True)
        if not file.is_working:
            end(file, states.FILE_DROPPED)
        audit.record(actor, "register.drop_file", f"import-file:{file.pk}", region=file.region)
        file.refresh_from_db()
    return file


def start(file: ImportFile) -> None:
    kept.write_progress(file.pk, 0)
    if file.size <= SMALL_BYTES:
        work_on(file.pk)
        file.refresh_from_db()
    else:
        jobs.defer(WORK, file_id=file.pk)


def work_on(file_id: int) -> None:
    """Check the file, or bring it in, as its stage says; done twice it changes nothing the second time."""
    with entered(Scope.system()):
        file = ImportFile.objects.get(pk=file_id)
        if not file.is_working:
            return
        try:
            with transaction.atomic():
                (check if file.stage == states.FILE_CHECKING else bring_in)(file)
        except Stopped:
            end(file, states.FILE_DROPPED)
        except GuiyanError as refusal:
            file.problem = refusal.message[:400]
            end(file, states.FILE_FAILED)


def check(file: ImportFile) -> None:
    """A trial with everything done and taken back, so that the numbers are those of the import itself."""
    declared, actor = register_of(releases.current(), file.register), actor_for(file)
    examples = Examples(actor, declared, sent=not holds(actor, IMPORT))
    summary = work(file, declared, actor, dry_run=True, examples=examples)
    examples.see(after=False)
    file.preview = {
        **summary.as_json(),
        "faults": [list(fault) for fault in summary.faults[:FAULTS_SHOWN]],
        "fault_count": len(summary.faults),
        "examples": examples.as_json(),
    }
    file.stage = states.FILE_CHECKED
    file.save(update_fields=["preview", "stage"])


def bring_in(file: ImportFile) -> None:
    declared, actor = register_of(releases.current(), file.register), actor_for(file)
    summary = work(file, declared, actor, dry_run=False)
    file.run = ImportRun.objects.get(pk=summary.import_id or 0)
    end(file, states.FILE_DONE)


def work(
    file: ImportFile, declared: Register, actor: Actor, *, dry_run: bool, examples: Examples | None = None
) -> ImportSummary:
    path, head = kept.upload_of(file.pk), [heading for heading, _ in file.columns]

    def tell(rows: int) -> None:
        kept.write_progress(file.pk, rows)
        if ImportFile.objects.filter(pk=file.pk, cancel_asked=True).exists():
            raise Stopped

    with ReturnedRows(kept.returned_of(file.pk), head) as returned:
        return run_import(
            actor,
            releases.current(),
            declared,
            path,
            name=file.file_name,
            source=file.source,
            at=file.as_of,
            allowed=regions_of(actor),
            home=file.region,
            dry_run=dry_run,
            tell=tell,
            sheet_title=file.sheet,
            columns=[(heading, field) for heading, field in file.columns],
            refuse=returned.add,
            examples=examples,
            sender=file.unit_id,
            claims=holds(actor, IMPORT),
        )


def regions_of(actor: Actor) -> tuple[tuple[int, int], ...] | None:
    """Where the rows may lie; None: anywhere in the city, as a sender's people do."""
    if actor.kind == "system" or not holds(actor, IMPORT):
        return None
    return tuple(sorted({i for grant in actor.grants if "register.import" in grant.permissions for i in grant.regions}))


def actor_for(file: ImportFile) -> Actor:
    """Whoever handed it in, with what she may do now, herself or for a colleague."""
    if file.user_id is None:
        return SYSTEM
    user = User.objects.get(pk=file.user_id)
    for actor in (actor_of(user), *(acting_as(user, one.pk) for one in usable_by(user.pk))):
        if holds(actor, IMPORT) or (file.unit_id is not None and decide(actor, SEND, file, subject=None)):
            return actor
    raise NotAllowed


def end(file: ImportFile, stage: str) -> None:
    """The file's personal data go as soon as this is committed; only the rows to mend stay for some days."""
    jobs.defer(TIDY, file_id=file.pk)
    file.stage = stage
    file.preview = {name: value for name, value in file.preview.items() if name != "examples"}
    file.save(update_fields=["stage", "preview", "problem", "run"])


def locked(actor: Actor, file_id: int, *stages: str) -> ImportFile:
    seen(actor, file_id)
    file = ImportFile.objects.select_for_update().get(pk=file_id)
    if file.stage not in stages:
        raise Refused("这个文件已经在处理或者处理完了，请刷新页面看结果。", "stage")
    return file


def seen(actor: Actor, file_id: int) -> ImportFile:
    file = files_seen(actor, ImportFile.objects.filter(pk=file_id)).first()
    if file is None:
        raise NotFound
    return file


def samples(file: ImportFile) -> list[list[str]]:
    """The first cells of each column, to tell by: ID numbers and phones masked, as everywhere at the desk."""
    rows = open_sheet(kept.upload_of(file.pk), file.file_name, file.sheet).rows
    first = [cells for _, (_, cells) in zip(range(SAMPLES), rows, strict=False)]
    return [
        [masked_numbers(str(row[place])) for row in first if place < len(row)] for place in range(len(file.columns))
    ]


def tidy(file: ImportFile) -> None:
    if file.is_over:
        kept.forget(file.pk, but_returned=file.stage == states.FILE_DONE)


def sweep(at: datetime) -> None:
    """Files without a row (the request that brought them failed), nobody went on with, or to mend for a week."""
    old = at - timedelta(days=KEPT_DAYS)
    for file_id in kept.kept_files():
        file = ImportFile.objects.filter(pk=file_id).first()
        if file is None or (file.is_over and file.at < old):
            kept.forget(file_id)
        elif not file.is_working and file.at < old:
            end(file, states.FILE_DROPPED)
