"""A matching run: which measures over which area on which day, piece by piece, what was counted, and its audience."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.kernel.workflow import Flowed
from guiyan.outreach import states


class MatchRun(Flowed):
    """One question to the registers. `release` pins the rules it is asked by, whatever is edited meanwhile.

    measures: ids, all for the same kind. region: the area, a place by its code. problem: why computing stands still.
    people: how many of them at least one measure fits. told_to: up to which of them messages are made.
    """

    flow_object = "match"

    title = models.CharField("名称", max_length=80)
    kind = models.CharField(max_length=12, choices=list(states.KINDS.items()))
    measures = ArrayField(models.CharField(max_length=80))
    day = models.DateField("按哪一天算")
    region = models.BigIntegerField("范围")
    unit_id = models.BigIntegerField("发起单位")
    started_by_id = models.BigIntegerField(null=True)
    started_by = models.CharField("发起人", max_length=120)
    started_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    problem = models.CharField("没有算成的原因", max_length=400, blank=True)
    subjects = models.BigIntegerField("核对了多少人（家）", default=0)
    people = models.BigIntegerField("至少符合一项的人（家）", default=0)
    proposed_by = models.CharField("报审人", max_length=120, blank=True)
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.CharField("审核人", max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    sent_back_for = models.CharField("退回理由", max_length=300, blank=True)
    stopped_for = models.CharField("停止理由", max_length=300, blank=True)
    told_to = models.BigIntegerField(default=0)
    told_all_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region", "-id"], name="outreach_run_region")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        """How the audit log names this run."""
        return f"match:{self.pk}"

    @property
    def state_label(self) -> str:
        return states.RUN_LABELS[self.state]

    @property
    def tone(self) -> str:
        return states.RUN_TONES[self.state]

    @property
    def counter(self) -> str:
        """人 or 家."""
        return "家" if self.kind == "organisation" else "人"


class MatchPiece(models.Model):
    """One county (or what of the area lies in none): computed in one transaction, so that a killed run goes on here.

    low, high: its half-open interval of region codes.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="pieces")
    number = models.IntegerField()
    name = models.CharField(max_length=80)
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    county = models.BigIntegerField()
    subjects = models.BigIntegerField()
    done_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="outreach_piece_once")]


class CountyCount(models.Model):
    """How many of a county a measure fits, and of how many it is not known. measure empty: any of the run's measures.

    amount_fen: the most they may come to together; None where the measure names no amount.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="counts")
    measure = models.CharField(max_length=80, blank=True)
    county = models.BigIntegerField()
    yes = models.BigIntegerField()
    unknown = models.BigIntegerField()
    amount_fen = models.BigIntegerField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "measure", "county"], name="outreach_count_once")]


class MissingFact(models.Model):
    """Of how many the verdict of a measure waits for this fact (among others, perhaps)."""

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="missing")
    measure = models.CharField(max_length=80)
    fact = models.CharField(max_length=80)
    county = models.BigIntegerField()
    people = models.BigIntegerField()
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "measure", "fact", "county"], name="outreach_fact_once")]


class AudienceRow(models.Model):
    """Somebody whom a measure fits. about_id: the person or organisation, canonical on the day."""

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="audience")
    about_id = models.BigIntegerField()
    measure = models.CharField(max_length=80)
    amount_fen = models.BigIntegerField(null=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "about_id", "measure"], name="outreach_audience_once")]
        indexes = [models.Index(fields=["run", "measure", "region", "about_id"], name="outreach_audience_place")]
