"""What people are told: messages, written decisions; and the numbers printed on them."""

from __future__ import annotations

from django.db import models

from guiyan.cases.models.case import Case


class Message(models.Model):
    """One message to a subject in plain words: what happened, what to do, by when.

    about: what it is of where that is no request: `answer:<register>:<subject>`.
    """

    subject_id = models.BigIntegerField()
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="messages")
    mandate = models.ForeignKey("cases.Mandate", null=True, on_delete=models.PROTECT, related_name="messages")
    about = models.CharField(max_length=80, blank=True, default="")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=600)
    todo = models.CharField("您要做的", max_length=200, blank=True)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-id"], name="cases_message_subject")]


class WrittenDecision(models.Model):
    """A refusal as a written decision: what was decided, on which grounds, and the ways to appeal."""

    KINDS = [("not_accepted", "不予受理决定书"), ("refused", "不予发放决定书")]

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    kind = models.CharField(max_length=14, choices=KINDS)
    number = models.CharField("文号", max_length=60, unique=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    under = models.CharField("由谁受委托办理", max_length=300, blank=True, default="")
    applicant = models.CharField(max_length=120)
    grounds = models.JSONField("理由和依据", default=list)
    reason = models.CharField("说明", max_length=500)
    appeal = models.JSONField("救济途径", default=list)
    issued_on = models.DateField()
    issued_by_id = models.BigIntegerField(null=True)
    issued_by_label = models.CharField(max_length=120)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()


class NumberSeries(models.Model):
    """The last number given out in one series and year. It says nothing about anybody, so it has no wall."""

    series = models.CharField(max_length=60)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="cases_series_once")]
