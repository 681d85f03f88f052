"""The audit log and its seals: both may be added to and read, never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEntry(models.Model):
    """One thing done, or one reading of personal data. Holds ids, codes and hashes, never personal data itself.

    at: the business clock; recorded_at: the server's. txid: the transaction that wrote it, by which it is sealed.
    """

    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    txid = models.BigIntegerField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    action = models.TextField()
    target = models.TextField()
    targets = ArrayField(models.TextField())
    purpose = models.TextField()
    region = models.BigIntegerField(null=True)
    detail = models.JSONField()

    class Meta:
        db_table = "audit_entry"
        indexes = (
            models.Index(fields=["txid", "id"], name="audit_entry_sealing"),
            models.Index(fields=["target", "id"], name="audit_entry_target"),
            models.Index(fields=["actor_id", "id"], name="audit_entry_actor"),
            models.Index(fields=["at"], condition=models.Q(action__startswith="read:"), name="audit_entry_readings"),
        )


class AuditLook(models.Model):
    """Which readings had a target in them. Written by a trigger with each entry of a reading, by nothing else.

    several: the entry has more targets than this one (a list).
    """

    pk = models.CompositePrimaryKey("target", "several", "entry_id")
    target = models.TextField()
    several = models.BooleanField()
    entry_id = models.BigIntegerField()

    class Meta:
        db_table = "audit_look"


class AuditSeal(models.Model):
    """All entries of the transactions from `from_txid` up to, and without, `upto_txid`, under one Merkle root."""

    number = models.BigIntegerField(primary_key=True)
    from_txid = models.BigIntegerField()
    upto_txid = models.BigIntegerField()
    entries = models.BigIntegerField()
    root = models.TextField()
    previous = models.TextField()
    digest = models.TextField()
    sealed_at = models.TextField()
    sealed_in = models.BigIntegerField()

    class Meta:
        db_table = "audit_seal"
