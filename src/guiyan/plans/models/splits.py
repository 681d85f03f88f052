"""The city's target shared out over its counties for a year: drafts, what was issued (下达), every earlier version."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from guiyan.kernel.workflow import Flowed
from guiyan.plans.models.targets import Indicator


class TargetSplit(Flowed):
    """One version of a split. One is worked on and one is in force at a time; a replaced one stays to be read."""

    flow_object = "split"
    BASES = [("hand", "逐县填写"), ("last_year", "按去年占比"), ("population", "按人口占比"), ("even", "平均")]

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="splits")
    year = models.IntegerField("年份")
    version = models.IntegerField("第几版")
    total = models.DecimalField("全市目标", max_digits=20, decimal_places=4)
    basis = models.CharField("测算依据", max_length=12, choices=BASES, default="hand")
    reason = models.CharField("调整理由", max_length=300, blank=True)
    proposed_by = models.CharField("拟定人", max_length=120)
    saved_at = models.DateTimeField()
    issued_by = models.CharField("下达人", max_length=120, blank=True)
    issued_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField("拟定单位")
    is_public = models.BooleanField(default=False)

    @property
    def mark(self) -> str:
        """Tells this saving from any other, for a form that goes back."""
        return str(round(self.saved_at.timestamp() * 10**6))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "version"], name="plans_split_version"),
            models.UniqueConstraint(
                fields=["indicator", "year"], condition=Q(state__in=["draft", "proposed"]), name="plans_split_one_draft"
            ),
            models.UniqueConstraint(
                fields=["indicator", "year"], condition=Q(state="issued"), name="plans_split_one_in_force"
            ),
        ]


class TargetShare(models.Model):
    """One place's part. A zone lies inside a county: it is shown and never added to the sum."""

    split = models.ForeignKey(TargetSplit, on_delete=models.CASCADE, related_name="shares")
    place = models.BigIntegerField("区划")
    inside = models.BigIntegerField("所在的县", null=True)
    value = models.DecimalField("目标", max_digits=20, decimal_places=4, null=True)
    region = models.BigIntegerField()
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["split", "place"], name="plans_share_place_once")]

    @property
    def counts(self) -> bool:
        return self.inside is None


def sum_of(shares: list[TargetShare]) -> Decimal:
    """What the counties add up to; what is not filled in counts as nothing, zones are inside their counties."""
    return sum((x.value for x in shares if x.counts and x.value is not None), Decimal(0))
