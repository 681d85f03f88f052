"""Events and the receipts of those who have dealt with them. No personal data: ids only."""

from __future__ import annotations

from django.db import models


class OutboxEvent(models.Model):
    """at: business time; published_at: the real clock."""

    event = models.TextField()
    ids = models.JSONField()
    at = models.DateTimeField()
    published_at = models.DateTimeField()
    receivers = models.IntegerField()  # how many were registered then, each with a job

    class Meta:
        db_table = "outbox_event"


class OutboxReceipt(models.Model):
    """This receiver's effect is in the database: inserted in its own transaction."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="receipts")
    receiver = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "outbox_receipt"
        constraints = (models.UniqueConstraint(fields=["event", "receiver"], name="outbox_receipt_once"),)
