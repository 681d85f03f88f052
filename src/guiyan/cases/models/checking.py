"""How a request is checked: by comparison with lists first, by people of other units last."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.cases.models.case import Case


class CaseComparison(models.Model):
    """What a list said of the applicant when the case was submitted or accepted. It informs; it does not decide.

    outcome: hit, clear, missing or nobody (see `registers.queries.Comparison`); empty in rows from before it was kept.
    effect: what a hit does to the batch: block, warn or inform.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comparisons")
    list_id = models.CharField(max_length=80)
    title = models.CharField("名单", max_length=120)
    as_of = models.DateField("名单日期", null=True)
    matched = models.BooleanField("比对到")
    outcome = models.CharField(max_length=8, blank=True)
    effect = models.CharField(max_length=8, blank=True)
    is_stale = models.BooleanField(default=False)
    note = models.CharField("说明", max_length=300, blank=True)
    rows = models.JSONField(default=list)
    compared_at = models.DateTimeField()
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "list_id", "compared_at"], name="cases_comparison_once")]

    @property
    def light(self) -> str:
        """How it looks: only a list that was asked and is fresh says “not on it”."""
        if self.matched:
            return "warn"
        asked = self.as_of is not None and self.outcome in ("clear", "")
        return "ok" if asked and not self.is_stale else "idle"


class CaseCheck(models.Model):
    """One question to one unit, asked in parallel with the others. `shown` is all that unit needs to see to answer."""

    RESULTS = [("true", "属实"), ("differs", "不一致"), ("not_found", "查不到")]
    DROPPED = "dropped"  # the round was taken back before anybody answered it

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    check_id = models.CharField(max_length=80)
    round = models.IntegerField(default=1)
    label = models.CharField("核验事项", max_length=120)
    asks = models.JSONField("请核对", default=list)
    shown = models.JSONField("供核对的内容", default=list)
    case_number = models.CharField(max_length=32)
    case_title = models.CharField(max_length=120)
    applicant = models.CharField(max_length=120)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField("回复期限")
    result = models.CharField("结果", max_length=10, choices=RESULTS, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_label = models.CharField(max_length=120, blank=True)
    handler_id = models.BigIntegerField("转给谁办", null=True)
    handler_label = models.CharField(max_length=120, blank=True, default="")
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "check_id", "round"], name="cases_check_once"),
            models.CheckConstraint(
                condition=Q(result="", answered_at__isnull=True) | (~Q(result="") & Q(answered_at__isnull=False)),
                name="cases_check_answered",
            ),
        ]
        indexes = [models.Index(fields=["unit", "result", "due_on", "id"], name="cases_check_unit")]

    @property
    def result_label(self) -> str:
        words = dict(self.RESULTS) | {self.DROPPED: "已撤回，不用回复"}
        return words.get(self.result, "待回复")
