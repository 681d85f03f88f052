"""What was reported, by whom and when. Reports never change; the registers' typed rows are made from them."""

from __future__ import annotations

from django.db import models


class ImportRun(models.Model):
    """One file brought in. Undoing it voids every report it carried.

    terms_upto, terms_left: the last report whose search terms are written, and how many are not yet (see `indexing`).
    undo_upto, undo_left: the same of what the register shows, once it is undone (see `undoing`).
    """

    register = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    region = models.BigIntegerField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    terms_upto = models.BigIntegerField(default=0)
    terms_left = models.IntegerField(default=0)
    undo_upto = models.BigIntegerField(default=0)
    undo_left = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["register", "-at"])]

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class Assertion(models.Model):
    """One immutable report: these fields of this subject, said by this source on this day.

    fields: field id → value as JSON; encrypted fields as {"sealed": base64, "digest": hex}, never as text.
    digest: of all that is said, so that the same report is not taken twice.
    unit_id: the unit outside government that sent it as its own; the entry is that unit's (`writing.senders`).
    """

    subject_id = models.BigIntegerField()
    register = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    import_id = models.BigIntegerField(null=True)
    at = models.DateField()
    basis = models.CharField(max_length=80, blank=True)
    fields = models.JSONField()
    digest = models.BinaryField()
    recorded_at = models.DateTimeField()
    region = models.BigIntegerField()
    holder_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "register"]),
            models.Index(
                fields=["import_id"], condition=models.Q(import_id__isnull=False), name="assertions_of_import"
            ),
            models.Index(fields=["register", "source", "region"], name="assertions_by_source"),
        ]
