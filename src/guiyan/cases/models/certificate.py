"""What a recognition is proved by: one certificate a decision, never changed afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiyan.cases.models.case import Case


class Certificate(models.Model):
    """One decision to recognise, as it was printed. How long the membership stands today is the register's to say.

    number: of the member in its register; the certificates of a renewed recognition share it.
    member_id: the subject that was entered (the park, the project). subject_id: the person who applied for the firm.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField("认定编号", max_length=40)
    item = models.CharField(max_length=80)
    register = models.CharField(max_length=40)
    title = models.CharField("认定名称", max_length=80)
    member_id = models.BigIntegerField("认定对象")
    member = models.CharField("认定对象名称", max_length=200)
    operator_id = models.BigIntegerField("运营单位")
    operator = models.CharField("运营单位名称", max_length=200)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    basis = models.CharField("依据", max_length=300)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewed_by")
    issued_on = models.DateField()
    issued_by_id = models.BigIntegerField(null=True)
    issued_by_label = models.CharField(max_length=120)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="cases_certificate_dates"),
        ]
        indexes = [
            models.Index(fields=["number", "-id"], name="cases_certificate_number"),
            models.Index(fields=["operator_id", "item", "-id"], name="cases_certificate_operator"),
        ]

    def __str__(self) -> str:
        return self.number
