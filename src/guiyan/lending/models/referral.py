"""A request sent to one bank or guarantor, with all that it may see of it, and what it answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.lending import states
from guiyan.lending.money_words import percent_words, words


class Referral(models.Model):
    """`shown` is all the unit sees of the request. advice: what a rule says to the guarantor, which decides itself.

    beneficiary_id: who borrows, the applicant herself or the firm she applies for.
    advice: {"measure", "title", "verdict", "reasons": [{"label", "verdict"}], "missing": [label], "clause"} or {}.
    """

    role = models.CharField("送给", max_length=10, choices=list(states.ROLES.items()))
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=40)
    case_number = models.CharField("办件编号", max_length=32)
    title = models.CharField("事项", max_length=120)
    measure = models.CharField(max_length=80)
    subject_id = models.BigIntegerField("申请人")
    beneficiary_id = models.BigIntegerField("借款主体")
    borrower = models.CharField("借款人", max_length=200)
    wish_fen = models.BigIntegerField("想借（分）")
    wish_months = models.IntegerField("期限（月）")
    cap_fen = models.BigIntegerField("政策上限（分）")
    shown = models.JSONField("供审查的内容", default=list)
    advice = models.JSONField("建议", default=dict)
    sent_at = models.DateTimeField("送达")
    sent_by_label = models.CharField(max_length=120)
    decision = models.CharField("答复", max_length=10, blank=True, choices=list(states.DECISIONS.items()))
    amount_fen = models.BigIntegerField("同意金额（分）", null=True)
    rate_percent = models.DecimalField("年利率（%）", max_digits=7, decimal_places=4, null=True)
    months = models.IntegerField("同意期限（月）", null=True)
    counter_guarantee = models.CharField(max_length=10, blank=True, choices=list(states.COUNTER_GUARANTEE.items()))
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_label = models.CharField(max_length=120, blank=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_ref", "role"], condition=Q(decision=""), name="lending_referral_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="lending_referral_decided",
            ),
            models.CheckConstraint(condition=Q(wish_fen__gt=0, wish_months__gt=0), name="lending_referral_wish"),
        ]
        indexes = [
            models.Index(fields=["unit", "decision", "-id"], name="lending_referral_unit"),
            models.Index(fields=["case_ref", "role", "-id"], name="lending_referral_case"),
        ]

    @property
    def decision_label(self) -> str:
        return states.DECISIONS.get(self.decision, "待答复")

    @property
    def role_label(self) -> str:
        return states.ROLES[self.role]

    @property
    def terms_words(self) -> str:
        """8万元，年利率3.6%，12个月; of a guarantor 免除反担保; empty before an answer."""
        if self.amount_fen is None:
            return self.counter_guarantee_label
        return f"{words(self.amount_fen)}，年利率{percent_words(self.rate_percent)}，{self.months}个月"

    @property
    def counter_guarantee_label(self) -> str:
        return states.COUNTER_GUARANTEE.get(self.counter_guarantee, "")
