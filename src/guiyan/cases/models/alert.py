"""What is brought to somebody's attention beside the usual work: that a case was urged (催办), or that it is late."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.cases.models.case import Case


class Alert(models.Model):
    """kind: `urge`, or who is told that a clock is late: `head` of the unit, later the office of `supervision`.

    clock, round: which clock of the flow, or `check:<id>` for one parallel check. The unit is the one that is late.
    An alert is over (`cleared_at`) when the stage was left or the clock no longer runs.
    """

    KINDS = [("urge", "催办"), ("head", "超期报单位负责人"), ("supervision", "超期报督查室")]

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=12, choices=KINDS)
    clock = models.CharField(max_length=80)
    round = models.IntegerField(default=1)
    label = models.CharField("哪个时限", max_length=120)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("应在哪天办完", null=True)
    words = models.CharField("催办的话", max_length=200, blank=True)
    by_label = models.CharField("谁催的", max_length=120, blank=True)
    at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "clock", "round"], name="cases_alert_once", condition=~Q(kind="urge")
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "kind", "id"], name="cases_alert_unit", condition=Q(cleared_at=None)),
            models.Index(fields=["region", "kind", "id"], name="cases_alert_region", condition=Q(cleared_at=None)),
        ]
