"""Why a job failed: procrastinate keeps that it did, people need to read why."""

from __future__ import annotations

from django.db import models


class JobFailure(models.Model):
    """One failed run. The reason is for people; the trace (files and lines, no values) for implementers."""

    job_id = models.BigIntegerField()
    name = models.TextField()
    attempt = models.IntegerField()
    at = models.DateTimeField()
    reason = models.TextField()
    trace = models.TextField()

    class Meta:
        db_table = "kernel_job_failure"
        indexes = (models.Index(fields=["job_id", "-id"], name="job_failure_of_job"),)
