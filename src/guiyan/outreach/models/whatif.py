"""A kept what-if: the question as it was put, on which release and which facts, and what came of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.kernel.ordered import OrderedJSONField
from guiyan.outreach import states


class WhatIfRun(models.Model):
    """Some measures beside themselves with something changed, over the kept facts of an area.

    changes: measure (empty: caps) → place → what is written there instead, as `rules.variants` names places.
    drafts: measure → the measure as a proposal of the rule desk had it, in place of changes.
    said: the changes in words, as the release read: within, label, today, changed, unit of each.
    digest: names the question with its release and facts, so that the same one is not computed twice.
    snapshot, facts_as_of: which kept facts. counties_done, rows_done: how far it is. tables: what is found so far.
    people_before … fen_after: of all measures together, or of the one; None in fen where no sum is added up.
    """

    title = models.CharField("名称", max_length=80)
    kind = models.CharField(max_length=12, choices=list(states.KINDS.items()))
    measures = ArrayField(models.CharField(max_length=80))
    day = models.DateField("现行规则按哪一天算")
    changed_day = models.DateField("改动以后按哪一天算")
    changes = models.JSONField(default=dict)
    drafts = OrderedJSONField(default=dict)
    said = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    release = models.BigIntegerField()
    snapshot = models.IntegerField()
    facts_as_of = models.DateTimeField("数据时间")
    region = models.BigIntegerField("范围")
    unit_id = models.BigIntegerField("试算单位")
    started_by_id = models.BigIntegerField(null=True)
    started_by = models.CharField("试算人", max_length=120)
    started_at = models.DateTimeField()
    rows = models.BigIntegerField("要核对多少人（家）")
    rows_done = models.BigIntegerField(default=0)
    counties_done = models.IntegerField(default=0)
    tables = models.JSONField(default=dict)
    problem = models.CharField("没有算成的原因", max_length=400, blank=True)
    computed_at = models.DateTimeField(null=True)
    people_before = models.BigIntegerField(null=True)
    people_after = models.BigIntegerField(null=True)
    fen_before = models.BigIntegerField(null=True)
    fen_after = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["region", "-id"], name="outreach_whatif_region"),
            models.Index(fields=["digest"], name="outreach_whatif_digest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        """How the audit log names this run."""
        return f"whatif:{self.pk}"

    @property
    def counter(self) -> str:
        """人 or 家."""
        return "家" if self.kind == "organisation" else "人"

    @property
    def state(self) -> str:
        if self.computed_at is not None:
            return states.DONE
        return states.STUCK if self.problem else states.RUNNING

    @property
    def state_label(self) -> str:
        return states.WHAT_IF_LABELS[self.state]

    @property
    def tone(self) -> str:
        return states.WHAT_IF_TONES[self.state]

    @property
    def fen_more(self) -> int | None:
        return None if self.fen_before is None or self.fen_after is None else self.fen_after - self.fen_before

    @property
    def people_more(self) -> int:
        return (self.people_after or 0) - (self.people_before or 0)
