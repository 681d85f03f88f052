"""One act done to many cases at once: what was asked, and what came of each case."""

from __future__ import annotations

from django.db import models

from guiyan.cases.models.case import Case


class BulkRun(models.Model):
    """act: accept, transfer or urge. key: made with the preview, so that confirming twice is one run.

    for_id: the officer whose deputy did it; the job that goes on with a long run acts with the same powers.
    undo_at: taking back was asked for; lines say what came of it.
    """

    act = models.CharField("办什么", max_length=20)
    key = models.UUIDField()
    words = models.CharField("意见或理由", max_length=500, blank=True)
    to = models.CharField("转给谁", max_length=40, blank=True)
    to_label = models.CharField(max_length=120, blank=True)
    by_id = models.BigIntegerField()
    by_label = models.CharField(max_length=120)
    for_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undo_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by_id", "key"], name="cases_bulk_run_once")]
        indexes = [models.Index(fields=["by_id", "-id"], name="cases_bulk_run_by")]


class BulkLine(models.Model):
    """One case of a run. outcome: empty while it waits; `refused` with the reason in plain words.

    undone: the same of taking it back. by_id: whose run it is, for the wall.
    """

    OUTCOMES = [("done", "已办"), ("refused", "没办成")]

    run = models.ForeignKey(BulkRun, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    why = models.CharField(max_length=400, blank=True)
    undone = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    why_not_undone = models.CharField(max_length=400, blank=True)
    by_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="cases_bulk_line_once")]
        indexes = [models.Index(fields=["run", "outcome", "id"], name="cases_bulk_line_run")]
