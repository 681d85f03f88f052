"""Figures that units report: filled, checked, locked. What was given is never overwritten: each value is a row."""

from __future__ import annotations

from django.db import models

from guiyan.kernel.workflow import Flowed
from guiyan.plans.models.targets import Indicator


class ReportedFigure(Flowed):
    """What one place owes for one period of one indicator.

    value: as it was last given, counted from 1 January (a stock: as it stands) to the end of the period; in the
    indicator's unit. above, below: what a share or growth was divided from. An empty value with both: can't be divided.
    """

    flow_object = "figure"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="reported")
    place = models.BigIntegerField("统计区划")
    period_start = models.DateField()
    period_end = models.DateField()
    due_on = models.DateField("应锁定")
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    above = models.DecimalField("分子", max_digits=20, decimal_places=4, null=True)
    below = models.DecimalField("分母", max_digits=20, decimal_places=4, null=True)
    why = models.CharField("算不出的原因", max_length=100, blank=True)
    locked_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField("填报单位")
    locker_id = models.BigIntegerField("锁定单位")
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "place", "period_end"], name="plans_figure_once"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="plans_figure_due"),
            models.Index(fields=["unit_id", "state"], name="plans_figure_unit"),
        ]

    @property
    def period_words(self) -> str:
        """2026年5月, 2026年第2季度, 2026年."""
        start, end = self.period_start, self.period_end
        if start.month == end.month:
            return f"{end.year}年{end.month}月"
        if end.month - start.month == 2:
            return f"{end.year}年第{end.month // 3}季度"
        return (
            f"{end.year}年" if end.month - start.month == 11 else f"{end.year}年{'上' if end.month == 6 else '下'}半年"
        )


class FigureEntry(models.Model):
    """A value as somebody gave it. Written once."""

    WAYS = [("page", "网页填写"), ("file", "表格导入")]

    figure = models.ForeignKey(ReportedFigure, on_delete=models.PROTECT, related_name="entries")
    number = models.IntegerField("第几次")
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    above = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    below = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    way = models.CharField(max_length=6, choices=WAYS)
    given_by = models.CharField("填报人", max_length=120)
    given_at = models.DateTimeField()
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["figure", "number"], name="plans_entry_number")]
