"""What somebody was told in a run or on an arrival, through which channels, and which channels people want."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.outreach import states
from guiyan.outreach.models.arrival import Arrival
from guiyan.outreach.models.run import MatchRun


class Message(models.Model):
    """One for a subject and run, or for an arrival. subject_id reads it: the person, or who stands for the firm.

    about_id: the person or firm it is about.

    told_at: when the first channel had taken it; until then nobody was told.
    release, day, firm: what it was written from (firm: what the organisation is called); a resident sees no run.
    """

    run = models.ForeignKey(MatchRun, null=True, on_delete=models.PROTECT, related_name="messages")
    arrival = models.ForeignKey(Arrival, null=True, on_delete=models.PROTECT, related_name="messages")
    subject_id = models.BigIntegerField()
    about_id = models.BigIntegerField()
    release = models.BigIntegerField()
    day = models.DateField()
    firm = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=120)
    body = models.TextField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    shown = models.BooleanField("在“我的”里显示", default=True)
    opened_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "about_id"], name="outreach_message_once"),
            models.UniqueConstraint(fields=["arrival"], name="outreach_message_of_arrival"),
            models.CheckConstraint(
                condition=Q(run=None, arrival__isnull=False) | Q(run__isnull=False, arrival=None),
                name="outreach_message_of_one",
            ),
        ]
        indexes = [models.Index(fields=["subject_id", "-id"], name="outreach_message_subject")]


class Telling(models.Model):
    """One measure in a message. Nobody is told of the same version of the same measure a second time.

    run: empty where it was told on an arrival. version_from: the day from which that version counts.
    answer: what the reader said to it.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tellings")
    run = models.ForeignKey(MatchRun, null=True, on_delete=models.PROTECT, related_name="tellings")
    about_id = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    measure = models.CharField(max_length=80)
    version_from = models.DateField()
    amount_fen = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=10, choices=list(states.ANSWERS.items()), blank=True)
    answered_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about_id", "measure", "version_from"], name="outreach_told_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="outreach_answered_at",
            ),
        ]
        indexes = [models.Index(fields=["run", "measure", "region"], name="outreach_telling_run")]


class Delivery(models.Model):
    """One message through one channel. receipt: what the gateway called it; reason: why it did not go."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    run = models.ForeignKey(MatchRun, null=True, on_delete=models.PROTECT, related_name="deliveries")
    subject_id = models.BigIntegerField()
    channel = models.CharField(max_length=8, choices=list(states.CHANNELS.items()))
    outcome = models.CharField("怎样了", max_length=12, choices=list(states.DELIVERY_LABELS.items()))
    reason = models.CharField(max_length=120, blank=True)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=80, blank=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="outreach_delivery_once")]
        indexes = [
            models.Index(fields=["run", "id"], name="outreach_delivery_waiting", condition=Q(outcome="waiting")),
            models.Index(fields=["run", "channel", "outcome"], name="outreach_delivery_run"),
            models.Index(fields=["subject_id", "channel", "-done_at"], name="outreach_delivery_lately"),
        ]


class ChannelChoice(models.Model):
    """What somebody said of one channel; where nothing was said `states.DEFAULT_CHOICE` holds."""

    subject_id = models.BigIntegerField()
    channel = models.CharField(max_length=8, choices=list(states.CHANNELS.items()))
    wanted = models.BooleanField()
    at = models.DateTimeField()
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "channel"], name="outreach_choice_once")]
