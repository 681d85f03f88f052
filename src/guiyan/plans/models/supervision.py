"""A leader's instruction (批示) and the supervision order (督办单) that it starts."""

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
    """An order to one unit to answer by a date; each answer and its judgement are in the workflow log."""

    flow_object = "supervision"

    number = models.CharField("督办单编号", max_length=40, unique=True)
    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="orders")
    title = models.CharField(max_length=200)
    demand = models.TextField("要求")
    unit_code = models.CharField(max_length=80)
    unit_id = models.BigIntegerField("承办单位")
    reply = models.TextField("回复", blank=True)
    replied_by = models.CharField(max_length=60, blank=True)
    replied_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    region = models.BigIntegerField()
