"""What is said about an answer (an enquiry, an order, a booking): asked, replied, moved on, taken back."""

from __future__ import annotations

from django.db import models

from guiyan.registers import states


class AnswerNote(models.Model):
    """One turn of it, never changed. level: where the answer stood after it. by_asker: whose words these are."""

    KINDS = [
        (states.ASKED, "提交"),
        (states.REPLIED, "回复"),
        (states.TAKEN_BACK, "取消"),
    ]

    register = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    text = models.CharField(max_length=500, blank=True)
    level = models.CharField(max_length=40)
    by_asker = models.BooleanField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["register", "subject_id", "id"], name="notes_of_an_answer"),
            models.Index(fields=["holder_id", "-id"], name="notes_of_an_asker"),
        ]
