"""Records that triggers took: what came in, whether it was somebody's first, who helps, and when she was contacted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guiyan.kernel.workflow import Flowed
from guiyan.outreach import states


class ArrivalFile(models.Model):
    """One uploaded file: how many rows it had, what became of them, and its faults (which hold no personal data)."""

    trigger = models.CharField(max_length=80)
    file_name = models.CharField("文件", max_length=200)
    sha256 = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    at = models.DateTimeField()
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["trigger", "-id"], name="outreach_file_newest")]


class Arrival(Flowed):
    """One record under the source's own number, which counts once. The gate keeps its state.

    digest: of what it said; why: why it set nothing off, or was sent back. firm_id: whose registration it is;
    subject_id: the person it names, who sees it as her own. day: on which it came.
    helper_id with name, phone and account: who helps now, as the register had it; service_id: the contact as logged.
    """

    flow_object = "arrival"

    trigger = models.CharField(max_length=80)
    number = models.CharField("业务号", max_length=64)
    digest = models.BinaryField()
    came_by = models.CharField("来源", max_length=8, choices=list(states.CAME_BY.items()))
    came_from = models.CharField(max_length=120)
    file = models.ForeignKey(ArrivalFile, null=True, on_delete=models.PROTECT, related_name="arrivals")
    received_at = models.DateTimeField()
    day = models.DateField("收到日期")
    name = models.CharField("名称", max_length=120, blank=True)
    registered_on = models.DateField("登记日期", null=True)
    why = models.CharField("说明", max_length=300, blank=True)
    firm_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    followed_at = models.DateTimeField(null=True)
    untold = models.CharField("没有告诉的原因", max_length=20, blank=True)
    helper_id = models.BigIntegerField(null=True)
    helper_name = models.CharField("首护人", max_length=120, blank=True)
    helper_phone = models.CharField(max_length=40, blank=True)
    helper_account = models.CharField(max_length=80, blank=True)
    contacted_at = models.DateTimeField(null=True)
    contacted_by = models.CharField(max_length=120, blank=True)
    service_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trigger", "number"], name="outreach_arrival_once")]
        indexes = [
            models.Index(fields=["region", "-id"], name="outreach_arrival_region"),
            models.Index(fields=["day", "-id"], name="outreach_arrival_day"),
            models.Index(fields=["helper_account"], name="outreach_arrival_helping", condition=Q(state="helping")),
        ]

    def __str__(self) -> str:
        return self.name or self.number

    @property
    def ref(self) -> str:
        """How the audit log names it."""
        return f"arrival:{self.pk}"

    @property
    def state_label(self) -> str:
        return states.ARRIVAL_LABELS[self.state]

    @property
    def tone(self) -> str:
        return states.ARRIVAL_TONES[self.state]

    @property
    def served_id(self) -> int:
        """Whom the helper helps: the person it names, else the firm."""
        served = self.subject_id or self.firm_id
        assert served is not None, "a record that was sent back has nobody to help"
        return served


class ArrivalMeasure(models.Model):
    """What was found for the person or the firm on that day: yes, or unknown with the facts to ask for.

    untold: why the message does not tell of it; empty where it does.
    """

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="measures")
    about_id = models.BigIntegerField()
    about_kind = models.CharField(max_length=12, choices=list(states.KINDS.items()))
    measure = models.CharField(max_length=80)
    verdict = models.CharField(max_length=8)
    missing = ArrayField(models.CharField(max_length=80), default=list)
    amount_fen = models.BigIntegerField(null=True)
    untold = models.CharField(max_length=20, blank=True)
    subject_id = models.BigIntegerField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival", "about_id", "measure"], name="outreach_arrival_measure_once")
        ]
