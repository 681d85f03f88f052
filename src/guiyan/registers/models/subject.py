"""Who is known: subjects, what they are known again by, the registers they are in, the words they are found by."""

from __future__ import annotations

from django.db import models

from guiyan.registers import states

KINDS = [(states.PERSON, "个人"), (states.ORGANISATION, "单位"), (states.PROJECT, "项目"), (states.ASSET, "资源")]


class Subject(models.Model):
    """One person, organisation, project or asset, in whatever registers.

    merged_into_id: the subject it was found to be the same as, if any; undoing that merging empties it.
    canonical_id: where following merged_into_id ends; its own id when not merged. Nothing else changes on merging.
    holder_id: the subject for whom this is “mine”: a person herself, the founder of a firm.
    Ids up to 1000 are kept for demonstration accounts.
    """

    kind = models.CharField(max_length=16, choices=KINDS)
    canonical_id = models.BigIntegerField()
    merged_into_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField()
    display_name = models.CharField(max_length=120)
    region = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["canonical_id"]), models.Index(fields=["holder_id"])]

    def __str__(self) -> str:
        return f"subject:{self.pk}"


class SubjectKey(models.Model):
    """A number that belongs to one subject alone, kept as its keyed digest."""

    kind = models.CharField(max_length=16)
    digest = models.BinaryField()
    subject_id = models.BigIntegerField()
    region = models.BigIntegerField()
    holder_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="one_subject_per_key")]
        indexes = [models.Index(fields=["subject_id"])]


class Hat(models.Model):
    """A subject is in a register: what a dossier lists without opening every register's table."""

    subject_id = models.BigIntegerField()
    register = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    level = models.CharField(max_length=40, blank=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "register"], name="one_hat_per_register")]


class SearchTerm(models.Model):
    """A word a subject is found by, asked for by its beginning (see `registers.terms`)."""

    # Code point order on every server: a prefix is then a range, and ranges pass row-level security to the index.
    term = models.CharField(max_length=40, db_collation="C")
    kind = models.CharField(max_length=12)
    subject_kind = models.CharField(max_length=16)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "term"], name="one_term_per_subject")]
        indexes = [models.Index(fields=["term", "region", "subject_id"], name="search_by_prefix")]
