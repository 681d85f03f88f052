"""What officers do with entries: half-written forms, decisions about a level, files taken out."""

from __future__ import annotations

from django.db import models

from guiyan.kernel.files import StoredFile


class EntryDraft(models.Model):
    """A form not sent yet; sealed, because it may hold anybody's numbers. subject_id 0: a new entry."""

    user_id = models.BigIntegerField()
    register = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(default=0)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "register", "subject_id"], name="one_draft_of_an_entry")
        ]


class LevelChange(models.Model):
    """One decision about an entry's level, never changed. before, after: codes; empty: on no step of the ladder."""

    register = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200)
    evidence = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["register", "subject_id", "-id"], name="levels_of_an_entry")]


class Voiding(models.Model):
    """An entry of a journal taken back, with the reason: its reports no longer count, and are not taken again.

    about_id: whom it was about; summary: its day and title, for the list of what was taken back there.
    """

    register = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    about_id = models.BigIntegerField()
    summary = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "subject_id"], name="voided_once")]
        indexes = [models.Index(fields=["about_id", "register"], name="voided_of_somebody")]


class RegisterExport(models.Model):
    """A file asked for. query: what the list showed, in words of its address; columns: field ids, in order.

    It waits for a second officer while decided_at is empty and the register wants one; then it is made behind, and
    may be fetched by whoever asked until it expires.
    """

    register = models.CharField(max_length=40)
    query = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    reason = models.CharField(max_length=200)
    needs_approval = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_by_label = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_by_label = models.CharField(max_length=80, blank=True)
    agreed = models.BooleanField(null=True)
    decision_note = models.CharField(max_length=200, blank=True)
    row_count = models.IntegerField(null=True)
    done = models.IntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["region", "-id"], name="exports_of_a_place")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="export_is_decided_by_another",
            )
        ]
