"""Lists that requests are compared with: brought in whole, each with the day it tells of."""

from __future__ import annotations

from django.db import models


class ComparisonList(models.Model):
    """One issue of a list. A newer issue of the same list and region stands in its place; undone, it gives it back.

    replaced: the issue whose place it took. said_empty: somebody confirmed that there is nobody on it.
    """

    list_id = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    row_count = models.IntegerField()
    region = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    imported_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    said_empty = models.BooleanField(default=False)
    replaced = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by_label = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list_id", "region"], condition=models.Q(is_current=True), name="one_current_issue_of_a_list"
            ),
        ]
        indexes = [models.Index(fields=["list_id", "region", "-id"], name="issues_of_a_list")]


class ListRefusal(models.Model):
    """A file that was not taken for its faulty rows, so that they can be put right one by one.

    faults: [row, column, what is wrong, what would be right], the first of them; numbers in them are masked.
    """

    list_id = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    faults = models.JSONField(default=list)
    fault_count = models.IntegerField()
    region = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["list_id", "region", "-id"], name="refusals_of_a_list")]


class ComparisonRow(models.Model):
    """One line of a list. Who it is about is a keyed digest and an encrypted name: a list is asked, not read.

    valid_from, valid_to: the days on which it counts, both included; empty is open.
    """

    list = models.ForeignKey(ComparisonList, on_delete=models.PROTECT, related_name="rows")
    digest = models.BinaryField()
    name_sealed = models.BinaryField()
    measure = models.CharField(max_length=60, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    happened_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    note = models.CharField(max_length=120, blank=True)
    row_number = models.IntegerField()
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["digest", "list"])]
