"""One comparison of a batch, or of some cases, with all lists of their item: what was asked, found and settled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.cases.models.batch import Batch
from guiyan.cases.models.case import Case

EFFECTS = {"block": "必须处理", "warn": "请留意", "inform": "供参考"}


class ComparisonRun(models.Model):
    """All cases of a batch (or a selection: batch is None) compared at one moment. It is kept as it was.

    previous: the comparison of the same batch before this one; what is new against it is marked on the hits.
    """

    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="comparison_runs")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    case_count = models.IntegerField()
    compared_at = models.DateTimeField()
    compared_by_id = models.BigIntegerField(null=True)
    compared_by_label = models.CharField(max_length=120)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["batch", "-id"], name="cases_run_batch")]

    def __str__(self) -> str:
        return f"{self.title}比对"

    @property
    def ref(self) -> str:
        """How the audit log names this comparison."""
        return f"comparison:{self.pk}"


class ComparisonRunList(models.Model):
    """One list of a run. issues: ids of the issues it was compared with; holds: the batch waits for a better list.

    compared: how many cases it says something of; the others had no number to compare by, or no list for their place.
    """

    run = models.ForeignKey(ComparisonRun, on_delete=models.PROTECT, related_name="lists")
    place = models.IntegerField()
    list_id = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    effect = models.CharField(max_length=8)
    as_of = models.DateField(null=True)
    due_on = models.DateField(null=True)
    issues = models.JSONField(default=list)
    row_count = models.IntegerField(default=0)
    is_stale = models.BooleanField(default=False)
    is_missing = models.BooleanField(default=False)
    required = models.BooleanField(default=True)
    compared = models.IntegerField()
    hits = models.IntegerField()
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "list_id"], name="cases_run_list_once")]

    @property
    def effect_label(self) -> str:
        return EFFECTS.get(self.effect, self.effect)

    @property
    def holds(self) -> bool:
        """Whether the batch waits for this list, whatever it said."""
        return self.required and (self.is_stale or self.is_missing)


class ComparisonHit(models.Model):
    """One person (or firm) on one list, or one that could not be compared with it; settled by an officer's opinion.

    fingerprint: of what the list says; the same again keeps its opinion. verdict: true (真命中) or false (误报).
    """

    VERDICTS = [("true", "真命中"), ("false", "误报")]

    run = models.ForeignKey(ComparisonRun, on_delete=models.PROTECT, related_name="hits")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comparison_hits")
    line_no = models.IntegerField()
    list_id = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    effect = models.CharField(max_length=8)
    outcome = models.CharField(max_length=8)
    note = models.CharField(max_length=300, blank=True)
    rows = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    is_new = models.BooleanField(default=False)
    is_carried = models.BooleanField(default=False)
    verdict = models.CharField(max_length=6, choices=VERDICTS, blank=True)
    opinion = models.CharField(max_length=300, blank=True)
    settled_by_id = models.BigIntegerField(null=True)
    settled_by_label = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "case", "list_id"], name="cases_hit_once"),
            models.CheckConstraint(
                condition=Q(verdict="", settled_at__isnull=True)
                | (Q(verdict__in=["true", "false"], settled_at__isnull=False) & ~Q(opinion="")),
                name="cases_hit_settled",
            ),
        ]
        indexes = [models.Index(fields=["case", "fingerprint", "-id"], name="cases_hit_again")]

    @property
    def effect_label(self) -> str:
        return EFFECTS.get(self.effect, self.effect)

    @property
    def must_settle(self) -> bool:
        """Whether the signature waits for an opinion on it."""
        return self.effect == "block" and not self.verdict

    @property
    def verdict_label(self) -> str:
        if self.outcome == "nobody" and self.verdict == "false":
            return "已另行核对"
        return dict(self.VERDICTS).get(self.verdict, "")
