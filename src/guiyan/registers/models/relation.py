"""Standing relations of two subjects: named by an entry (who founded a firm) or given by an officer (who helps)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

NAMED = Q(assigned_at__isnull=True)
CURRENT = Q(assigned_at__isnull=False, valid_to__isnull=True)


class AssignmentRun(models.Model):
    """One round in which many were given somebody at once. Undoing it ends what of it still stands.

    digest: of the pairs as they were previewed.
    """

    kind = models.CharField(max_length=24)
    region = models.BigIntegerField()
    count = models.IntegerField()
    left_over = models.IntegerField(default=0)
    digest = models.CharField(max_length=64)
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)
    undone_count = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["kind", "-at"], name="assignment_runs")]


class Relation(models.Model):
    """A standing relation from one day to another. holder_id: who sees it as her own.

    Named: source is the register whose entry names it; it follows the entry. From the founder to the firm.
    Given (assigned_at): from the helper to whom she helps, with the reasons of beginning and end; never changed but
    to end it, so that the rows of one person are her history.
    """

    kind = models.CharField(max_length=24)
    from_subject_id = models.BigIntegerField()
    to_subject_id = models.BigIntegerField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    region = models.BigIntegerField()
    source = models.CharField(max_length=40)
    holder_id = models.BigIntegerField()
    assigned_at = models.DateTimeField(null=True)
    assigned_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)
    run = models.ForeignKey(AssignmentRun, null=True, on_delete=models.PROTECT, related_name="relations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "from_subject_id", "to_subject_id"], condition=NAMED, name="one_relation_of_a_kind"
            ),
            models.UniqueConstraint(fields=["kind", "to_subject_id"], condition=CURRENT, name="one_given_of_a_kind"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="relation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=NAMED
                | Q(valid_to__isnull=True, ended_at__isnull=True)
                | Q(valid_to__isnull=False, ended_at__isnull=False),
                name="given_relation_says_when_it_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["to_subject_id", "kind"]),
            models.Index(fields=["kind", "from_subject_id"], condition=CURRENT, name="given_by_helper"),
        ]
