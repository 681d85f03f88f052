"""Which column holds which declared field of a register. Written by `pack apply` alone."""

from __future__ import annotations

from django.db import models

from guiyan.registers import states


class RegisterColumn(models.Model):
    """Fields keep their id for ever; a field whose type changed moves to a new column once that is filled.

    derived: of a column that follows from entries, the digest of how; derived_stage: how far its filling is.
    """

    STAGES = [(states.COLUMN_LIVE, "使用中"), (states.COLUMN_FILLING, "正在填充"), (states.COLUMN_RETIRED, "停用")]

    register = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    type = models.CharField(max_length=16)
    stage = models.CharField(max_length=12, choices=STAGES)
    filled_to = models.BigIntegerField(default=0)
    derived = models.CharField(max_length=64, blank=True, default="")
    derived_stage = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "column"], name="one_field_per_column"),
            models.UniqueConstraint(
                fields=["register", "field"], condition=models.Q(stage="live"), name="one_live_column_per_field"
            ),
        ]
