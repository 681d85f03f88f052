"""A township acts for the county's bureau: 委托受理 (in the bureau's name) or 授权办理 (in its own name)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Delegation(models.Model):
    """`agent` may do for `principal` what `kind` allows, for these items, within its own region, from–to.

    entrusted: it accepts; everything goes out in the principal's name and says so.
    authorised: it accepts and decides in its own name, where the item allows it.
    """

    KINDS = [("entrusted", "委托受理"), ("authorised", "授权办理")]

    kind = models.CharField(max_length=12, choices=KINDS)
    principal = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="委托单位")
    agent = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="受托单位")
    items = ArrayField(models.CharField(max_length=80), verbose_name="事项")
    document = models.CharField("委托书", max_length=120)
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    given_at = models.DateTimeField()
    given_by_label = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by_label = models.CharField(max_length=120, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)
    given_back_at = models.DateTimeField("办件退回委托单位", null=True)
    region = models.BigIntegerField("受托单位的辖区")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="cases_delegation_dates"),
            models.CheckConstraint(condition=~Q(principal=F("agent")), name="cases_delegation_to_another"),
        ]
        indexes = [
            models.Index(fields=["agent", "-id"], name="cases_delegation_agent"),
            models.Index(fields=["principal", "-id"], name="cases_delegation_principal"),
        ]

    @property
    def kind_label(self) -> str:
        return dict(self.KINDS)[self.kind]

    def why_not_usable(self, on: date) -> str:
        """Empty when it runs on that day, else the reason in plain words."""
        if self.ended_at is not None:
            return f"{self.kind_label}已在{_day(self.ended_at.date())}终止"
        if on < self.valid_from:
            return f"{self.kind_label}从{_day(self.valid_from)}起才有效"
        if on > self.valid_to:
            return f"{self.kind_label}已在{_day(self.valid_to)}到期"
        return ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
