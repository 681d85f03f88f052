"""With whom entries are exchanged, every package that went or came, and what was read and reported by API."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.exchange import states
from guiyan.kernel.files import StoredFile


class Partner(models.Model):
    """Another system, known by its two public keys. region: the place whose entries go to and fro.

    fingerprint: of both keys (see `cards`); compared by phone before anything is sent.
    """

    name = models.CharField("对方", max_length=80)
    region = models.BigIntegerField()
    registers = models.JSONField(default=list)
    signing_key = models.BinaryField()
    sealing_key = models.BinaryField()
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by_label = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by_label = models.CharField(max_length=80, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Package(models.Model):
    """One file of entries of one register, out or in.

    number: counts the packages of a partner, a register and a direction from 1; drawn when an outgoing one is made.
    chain: SHA-256 of its manifest in hex, which the next one names. since: only entries checked on that day or later.
    import_file_id: of an incoming one, the registers' file that was made of it.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="packages")
    direction = models.CharField(max_length=3, choices=[(states.OUT, "发出"), (states.IN, "收进")])
    register = models.CharField(max_length=40)
    number = models.IntegerField(null=True)
    since = models.DateField(null=True)
    as_of = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_by_label = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_by_label = models.CharField(max_length=80, blank=True)
    agreed = models.BooleanField(null=True)
    decision_note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True)
    row_count = models.IntegerField(null=True)
    chain = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField(null=True)
    import_file_id = models.BigIntegerField(null=True)
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["region", "-id"], name="packages_of_a_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "direction", "register", "number"], name="one_package_of_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="package_is_decided_by_another",
            ),
        ]


class PackagePiece(models.Model):
    """Whose entries a package carried out: the ids of one piece of it, so that each of them can be told."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="pieces")
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    subject_ids = ArrayField(models.BigIntegerField())
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["low", "high"], name="package_pieces")]


class ApiTraffic(models.Model):
    """What one key read of a register, or reported into it, on one day: calls and entries."""

    day = models.DateField()
    key_prefix = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    holder = models.CharField(max_length=80)
    register = models.CharField(max_length=40)
    direction = models.CharField(max_length=3, choices=[(states.OUT, "读走"), (states.IN, "报来")])
    calls = models.IntegerField()
    entries = models.IntegerField()
    region = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "key_prefix", "register", "direction"], name="one_line_a_key_and_day"
            )
        ]
        indexes = [models.Index(fields=["region", "-day"], name="traffic_of_a_place")]
