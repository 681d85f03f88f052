"""Every move of the business clock, for good: the clock is the last of them plus the real time since."""

from __future__ import annotations

from django.db import models


class ClockMove(models.Model):
    """At `moved_at` by the real clock, business time became `to`."""

    moved_at = models.DateTimeField()
    to = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.TextField()
    reason = models.TextField()

    class Meta:
        db_table = "kernel_clock_move"
