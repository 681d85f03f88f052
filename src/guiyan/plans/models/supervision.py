"""A leader's instruction (批示), the supervision order (督办单), and what the system proposes to order (督办建议)."""

from __future__ import annotations

from django.db import models

from guiyan.kernel.workflow import Flowed
from guiyan.plans.models.targets import Indicator, Task


class Instruction(models.Model):
    """What a leader wrote about an indicator or a task. Written once."""

    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="instructions")
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="instructions")
    place = models.BigIntegerField("所指区划")
    figure = models.CharField("批示时的数", max_length=60, blank=True)
    text = models.TextField("批示")
    written_by = models.BigIntegerField(null=True)
    leader = models.CharField(max_length=60)
    written_at = models.DateTimeField()
    region = models.BigIntegerField()


class SupervisionOrder(Flowed):
    """An order to one unit to answer by a date; each answer and its judgement are in the workflow log.

    It follows from a leader's instruction, or from a cause (a red light, a late report): one order a cause and unit.
    """

    flow_object = "supervision"

    number = models.CharField("督办单编号", max_length=40, unique=True)
    instruction = models.ForeignKey(Instruction, null=True, on_delete=models.PROTECT, related_name="orders")
    cause = models.CharField("起因", max_length=120, blank=True)
    started_by = models.CharField("发出人", max_length=120, blank=True)
    title = models.CharField(max_length=200)
    demand = models.TextField("要求")
    unit_code = models.CharField(max_length=80)
    unit_id = models.BigIntegerField("承办单位")
    reply = models.TextField("回复", blank=True)
    replied_by = models.CharField(max_length=60, blank=True)
    replied_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause", "unit_code"], condition=~models.Q(cause=""), name="plans_order_cause_once"
            )
        ]


class SupervisionProposal(models.Model):
    """What is late, found by the daily job, for the supervision office to order or to leave. One a cause and unit.

    One order may answer several: all the late reports of a unit.
    """

    KINDS = [("indicator", "指标亮红灯"), ("task", "任务超期"), ("figure", "迟报")]

    cause = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=KINDS)
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="proposals")
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=200)
    text = models.CharField("建议的要求", max_length=500)
    place = models.BigIntegerField()
    unit_code = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    dismissed = models.CharField("不督办的理由", max_length=300, blank=True)
    order = models.ForeignKey(SupervisionOrder, null=True, on_delete=models.PROTECT, related_name="proposals")
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "unit_code"], name="plans_proposal_cause_once")]
