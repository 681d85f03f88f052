"""Remarks of officers on a case, for officers alone; and whom a remark mentions by name."""

from __future__ import annotations

from django.db import models

from guiyan.cases.models.case import Case


class Remark(models.Model):
    """Never shown to the applicant: its wall has no subject. Withdrawn ones keep their line, without the words."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remarks")
    text = models.CharField("备注", max_length=500)
    by_id = models.BigIntegerField()
    by_label = models.CharField(max_length=120)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="cases_remark_case")]


class Mention(models.Model):
    """Who is asked to look. user_id: whose it is, for the wall, beside those who may see the remark."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="mentions")
    user_id = models.BigIntegerField()
    user_label = models.CharField(max_length=120)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remark", "user_id"], name="cases_mention_once")]
        indexes = [
            models.Index(fields=["user_id", "-id"], name="cases_mention_user"),
            models.Index(fields=["user_id"], name="cases_mention_unread", condition=models.Q(read_at=None)),
        ]
