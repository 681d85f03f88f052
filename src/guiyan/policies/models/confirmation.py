"""A measure of the pack is in force once an officer has confirmed it beside the words of its document."""

from __future__ import annotations

from django.db import models


class MeasureConfirmation(models.Model):
    """Who confirmed that a declared measure says what its clause says. Ended when the document goes out of force."""

    measure_id = models.CharField(max_length=80)
    document_id = models.BigIntegerField()
    document_title = models.CharField(max_length=300)
    section = models.CharField("条款", max_length=300)
    quote = models.TextField("原文")
    item_id = models.BigIntegerField(null=True)  # the line of the document that was read; none for what the desk made
    release = models.BigIntegerField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_by_name = models.CharField(max_length=60)
    confirmed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()
    is_public = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure_id", "region"],
                condition=models.Q(ended_at__isnull=True),
                name="policies_confirmed_once",
            )
        ]
