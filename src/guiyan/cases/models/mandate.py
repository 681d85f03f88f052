"""The written authorisation under which a helper acts for a resident (帮办代办)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q


class Mandate(models.Model):
    """A signed paper, from–to, that becomes usable when the resident confirms it, in the app or at the counter."""

    WAYS = [("app", "本人在手机上确认"), ("counter", "本人到窗口确认")]

    helper_id = models.BigIntegerField("帮办人")
    helper_label = models.CharField(max_length=120)
    helper_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField("委托人")
    subject_name = models.CharField(max_length=120)
    signed_file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    item = models.CharField("委托事项", max_length=80)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    confirmed_way = models.CharField(max_length=10, choices=WAYS, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=models.F("valid_from")), name="cases_mandate_dates")
        ]
        indexes = [
            models.Index(fields=["helper_id", "-id"], name="cases_mandate_helper"),
            models.Index(fields=["subject_id", "-id"], name="cases_mandate_subject"),
        ]

    def why_not_usable(self, on: date) -> str:
        """Empty when it may be used on that day, else the reason in plain words."""
        if self.ended_at is not None:
            return f"委托已在{_day(self.ended_at.date())}终止，不能再代办。"
        if self.confirmed_at is None:
            return "委托书还没有经本人确认。请本人在手机上确认，或到窗口确认。"
        if on < self.valid_from:
            return f"委托从{_day(self.valid_from)}起才有效。"
        if on > self.valid_to:
            return f"委托已在{_day(self.valid_to)}到期，请重新签委托书。"
        return ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
