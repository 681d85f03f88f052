"""The service log of one person: who did what for her on which day, what she needs, what comes next and by when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ServiceRecord(models.Model):
    """One service. What was written stays; a wrong one is struck with the reason, the next step is finished once.

    subject_id: as she was known then; holder_id: who sees it as her own. kind: of the pack's `services`.
    next_for_id: the account in whose work the next step stands. token: of the page it was written on, so that sending
    it again (a second click, a phone that found its network) makes no second one.
    """

    subject_id = models.BigIntegerField()
    holder_id = models.BigIntegerField()
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    kind = models.CharField("种类", max_length=24)
    on = models.DateField("哪一天")
    note = models.CharField("做了什么", max_length=600)
    need = models.CharField("发现的需求", max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    next_step = models.CharField("下一步", max_length=200, blank=True)
    next_on = models.DateField("哪天以前", null=True)
    next_for_id = models.BigIntegerField(null=True)
    next_for_label = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    outcome = models.CharField("办得怎样", max_length=300, blank=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=120, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)
    token = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by_id", "token"], name="service_recorded_once"),
            models.CheckConstraint(
                condition=Q(next_step="", next_on__isnull=True) | (~Q(next_step="") & Q(next_on__isnull=False)),
                name="service_next_step_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "-on", "-id"], name="services_of_subject"),
            models.Index(
                fields=["next_for_id", "next_on"],
                condition=Q(done_at__isnull=True, struck_at__isnull=True) & ~Q(next_step=""),
                name="services_next_steps",
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether its next step is still to be done."""
        return bool(self.next_step) and self.done_at is None and self.struck_at is None


class ServiceDraft(models.Model):
    """What an officer has typed about one person and not sent yet."""

    owner_id = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    region = models.BigIntegerField()
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_id", "subject_id"], name="one_service_draft")]
