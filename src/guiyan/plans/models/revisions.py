"""A revised document against the one it revises: what was decided of each change, what became of live rows."""

from __future__ import annotations

from django.db import models

from guiyan.plans.models.documents import Document, ReviewItem
from guiyan.plans.models.targets import Indicator, Task


class RevisionDecision(models.Model):
    """Whether one change is taken over or the old is kept. It counts while the clauses still are what they were then.

    mark: of the two clauses as they were compared; one corrected since makes another, and the change is asked anew.
    """

    DECISIONS = [("", "撤回"), ("accepted", "采用新的"), ("kept", "沿用旧的")]

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="revision_decisions")
    old_item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="+")
    new_item = models.ForeignKey(ReviewItem, null=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10)
    mark = models.CharField(max_length=16)
    decision = models.CharField(max_length=10, choices=DECISIONS, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_by = models.CharField("谁定的", max_length=120)
    decided_at = models.DateTimeField()
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "old_item"], name="plans_revision_old_once")]


class PlanChange(models.Model):
    """What a revision changed in a live task or indicator, with the values before. Written once.

    before, after: the changed fields alone, as they were stored. since: from when the revised document counts.
    """

    VERDICTS = [
        ("figure", "数字变了"),
        ("period", "期限变了"),
        ("units", "单位变了"),
        ("wording", "文字变了"),
        ("moved", "位置变了"),
        ("kept", "沿用旧的"),
        ("gone", "新文件不再写"),
    ]

    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="changes")
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="changes")
    from_document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    to_document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="plan_changes")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateField("从哪天起")
    changed_by = models.CharField("谁改的", max_length=120)
    changed_at = models.DateTimeField()
    region = models.BigIntegerField()
    is_public = models.BooleanField(default=True)


class FindingDismissal(models.Model):
    """A finding over the plans that somebody judged harmless. It counts while the facts are the same. Written once."""

    key = models.CharField(max_length=160)
    mark = models.CharField(max_length=16)
    reason = models.CharField("理由", max_length=300)
    dismissed_by = models.CharField(max_length=120)
    dismissed_at = models.DateTimeField()
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "mark"], name="plans_finding_dismissed_once")]
