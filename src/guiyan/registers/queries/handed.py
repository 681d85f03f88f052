"""Files handed in at the desk, as their officers see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotFound
from guiyan.packs.people import SEND
from guiyan.registers import states
from guiyan.registers.models import Assertion, ImportFile, ImportRun

OPEN_SHOWN = 10
WAITING = (states.FILE_HANDED_IN, states.FILE_CHECKING, states.FILE_CHECKED, states.FILE_BRINGING)


def files_seen(actor: Actor, rows: QuerySet[ImportFile]) -> QuerySet[ImportFile]:
    """Those of an officer's places, and a sender's own."""
    if holds(actor, SEND):
        return visible(actor, SEND, rows, region=None, subject=None)
    return visible(actor, "register.import", rows, unit=None, subject=None)


def file_by_id(actor: Actor, file_id: int) -> ImportFile:
    found = files_seen(actor, ImportFile.objects.filter(pk=file_id).select_related("run")).first()
    if found is None:
        raise NotFound
    return found


def files_waiting(actor: Actor, register: str) -> list[ImportFile]:
    """Those that are not brought in yet and not dropped."""
    rows = ImportFile.objects.filter(register=register, stage__in=WAITING)
    return list(files_seen(actor, rows).order_by("-pk")[:OPEN_SHOWN])


def brought_in_before(actor: Actor, file: ImportFile) -> ImportRun | None:
    """The same content in the same register from the same source that still counts: it would change nothing."""
    rows = ImportRun.objects.filter(
        register=file.register, source=file.source, sha256=file.sha256, undone_at=None
    ).order_by("-pk")
    return visible(actor, "register.import", rows, unit=None, subject=None).first()


def file_of_run(run: ImportRun) -> ImportFile | None:
    return ImportFile.objects.filter(run=run).first()


def files_of_imports_about(subject_ids: Sequence[int], *, most: int) -> list[int]:
    """The files whose imports brought the newest reports about these; within the entered scope. Two queries."""
    said = Assertion.objects.filter(subject_id__in=list(subject_ids), import_id__isnull=False).order_by("-pk")
    runs = set(said.values_list("import_id", flat=True)[:most])
    return list(ImportFile.objects.filter(run__in=runs).values_list("pk", flat=True))


def stages_of(file_ids: Iterable[int]) -> dict[int, str]:
    """File → its stage (see `states`); within the entered scope."""
    return dict(ImportFile.objects.filter(pk__in=list(file_ids)).values_list("pk", "stage"))
