"""Answers to demands (诉求答复): what an office answered, each time it did."""

from __future__ import annotations

from django.db import models

from guiyan.cases.models.case import Case


class Reply(models.Model):
    """One answer; a demand judged unsettled is answered again, and both stay. `turn` counts from 1."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="replies")
    turn = models.SmallIntegerField("第几次")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    text = models.CharField("答复", max_length=2000)
    at = models.DateTimeField("答复时间")
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField("答复人", max_length=120)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "turn"], name="cases_reply_turn"),
            models.CheckConstraint(condition=~models.Q(text=""), name="cases_reply_says_something"),
        ]
