"""Interest subsidy due: one row for a loan and quarter, on the quarter's list of a county."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiyan.lending.models.loan import Loan
from guiyan.lending.subsidising import Quarter


class SubsidyList(models.Model):
    """All subsidies of a county for a quarter. Reckoned by one person, confirmed by another, and then fixed."""

    region = models.BigIntegerField("县（市、区）")
    quarter = models.CharField("季度", max_length=6)
    line_count = models.IntegerField()
    total_fen = models.BigIntegerField()
    prepared_at = models.DateTimeField()
    prepared_by_id = models.BigIntegerField(null=True)
    prepared_by_label = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    confirmed_by_label = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "quarter"], name="lending_subsidy_list_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None)
                | Q(confirmed_by_id=None)
                | Q(prepared_by_id=None)
                | ~Q(confirmed_by_id=F("prepared_by_id")),
                name="lending_subsidy_list_two_people",
            ),
        ]

    @property
    def label(self) -> str:
        return Quarter.from_code(self.quarter).label


class Subsidy(models.Model):
    """What a loan's interest of a quarter earns. lines: the interest that counted, as laid out for the list's reader.

    lines: [{"due_on", "paid_on", "interest_fen"}] of the instalments of this quarter.
    amount_fen is below zero where a bank took back what had counted before.
    """

    quarter_list = models.ForeignKey(SubsidyList, on_delete=models.CASCADE, related_name="rows")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="subsidies")
    quarter = models.CharField(max_length=6)
    interest_fen = models.BigIntegerField("按时付的利息（分）")
    basis_fen = models.BigIntegerField("计贴息的利息（分）")
    rate_percent = models.DecimalField("贴息比例（%）", max_digits=7, decimal_places=4)
    amount_fen = models.BigIntegerField("应贴（分）")
    lines = models.JSONField(default=list)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "quarter"], name="lending_subsidy_once")]
        indexes = [models.Index(fields=["subject_id"], name="lending_subsidy_subject")]
