"""Applied city packs, each kept as it was: what runs on a release can always be explained by it."""

from __future__ import annotations

from django.db import models


class PackRelease(models.Model):
    """One applied pack: immutable; the newest is the one in force.

    edits: what the desk changed since files were applied last, file → YAML text; before: what these files said then.
    """

    city = models.TextField()
    digest = models.TextField()
    content = models.JSONField()
    applied_at = models.DateTimeField()
    applied_by = models.BigIntegerField(null=True)
    edits = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "pack_release"
