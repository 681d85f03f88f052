"""Stored files: the row says what it is and whose, the content lies under GUIYAN_HOME/files by its hash."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """kind: the type found in the content (pdf, jpg, …). name: as the sender called it, for downloads only."""

    name = models.TextField()
    kind = models.TextField()
    purpose = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()
    stored_by = models.BigIntegerField(null=True)
    region = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "kernel_file"
        indexes = (models.Index(fields=["sha256"], name="kernel_file_sha256"),)
        constraints = (models.CheckConstraint(condition=models.Q(size__gt=0), name="kernel_file_not_empty"),)
