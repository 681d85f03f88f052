"""Taking an import back: its reports stop counting at once, and what the register shows follows in pieces.

A small one is followed by its entries in the same request. Of a large one a job makes piece after piece; each commits
by itself together with how far it came, so that a worker killed anywhere goes on there and nothing is done twice.
Nobody waits for it: an entry edited meanwhile is made from what counts, and making it once more changes nothing.
"""

from __future__ import annotations

import os

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, jobs, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.registers.models import Assertion, ImportRun
from guiyan.registers.tables import register_of
from guiyan.registers.writing import reproject

UNDO = "registers.undo_import"
PIECE = int(os.environ.get("GUIYAN_UNDO_PIECE", "2000"))  # reports taken at a time; smaller in tests


def begin(actor: Actor, import_id: int) -> ImportRun:
    """Call in the system's scope. Raises NotFound, NotAllowed, and Refused for what is undone already."""
    run = locked(import_id)
    require(actor, "register.import", run, unit=None)
    return take_back(actor, run)


def locked(import_id: int) -> ImportRun:
    run = ImportRun.objects.select_for_update().filter(pk=import_id).first()
    if run is None:
        raise NotFound
    return run


def take_back(actor: Actor, run: ImportRun) -> ImportRun:
    """The same, once somebody was found to be allowed it."""
    if run.is_undone:
        raise Refused("这次导入已经撤销过了。", "already-undone")
    run.undone_at, run.undo_left = now(), Assertion.objects.filter(import_id=run.pk).count()
    run.save(update_fields=["undone_at", "undo_left"])
    audit.record(actor, "register.undo", f"import:{run.pk}", region=run.region)
    follow(run)
    return run


def follow(run: ImportRun) -> None:
    """Make the entries of the next reports again from what still counts; `run` is locked by the caller."""
    reports = Assertion.objects.filter(import_id=run.pk, pk__gt=run.undo_upto).order_by("pk")
    piece = list(reports.values_list("pk", "subject_id")[:PIECE])
    if piece:
        reproject(releases.current(), register_of(releases.current(), run.register), {who for _, who in piece})
        run.undo_upto = piece[-1][0]
    run.undo_left = max(0, run.undo_left - len(piece)) if len(piece) == PIECE else 0
    run.save(update_fields=["undo_upto", "undo_left"])
    if run.undo_left:
        jobs.defer(UNDO, import_id=run.pk)
    else:
        publish("subject.changed", import_id=run.pk, register=run.register)
