"""Live tasks and indicators: what a published document obliges whom to do, and the figures it promised."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.plans.models.amounts import amount_words
from guiyan.plans.models.documents import Document, ReviewItem

BOUNDS = {">=": "不少于", ">": "超过", "<=": "不超过", "=": ""}


class Task(models.Model):
    """One task of a plan in force."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="tasks")
    item = models.OneToOneField(ReviewItem, on_delete=models.PROTECT, related_name="task")
    number = models.IntegerField()
    plan = models.CharField(max_length=200, blank=True)
    section_path = ArrayField(models.CharField(max_length=300), default=list)
    title = models.CharField(max_length=300)
    due_on = models.DateField("应完成", null=True)
    done_on = models.DateField("完成日期", null=True)
    done_note = models.CharField("完成情况", max_length=300, blank=True)
    lead_names = ArrayField(models.CharField(max_length=120), default=list)  # as the document writes them, all of them
    unit_names = ArrayField(models.CharField(max_length=120), default=list)
    # Whom the document leaves open and an office settled afterwards, on a paper of its own.
    lead_code = models.CharField("定下的牵头单位", max_length=80, blank=True, default="")
    lead_name = models.CharField(max_length=120, blank=True, default="")
    lead_basis = models.CharField("依据文件或会议纪要", max_length=200, blank=True, default="")
    lead_on = models.DateField("依据的日期", null=True)
    lead_by = models.CharField("谁记下的", max_length=120, blank=True, default="")
    ended_on = models.DateField("何时终止", null=True)  # a revision left it out
    ended_reason = models.CharField("终止的理由", max_length=300, blank=True)
    region = models.BigIntegerField()
    is_public = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="plans_task_number")]

    @property
    def decided_lead(self) -> str:
        """Code of the unit that was settled to lead, while it still has a part in the task; else empty."""
        return self.lead_code if any(part.unit_code == self.lead_code for part in self.units.all()) else ""


class TaskUnit(models.Model):
    """A unit's part in a task, with the name the document used for it."""

    ROLES = [("lead", "牵头"), ("responsible", "责任"), ("added", "增列")]

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="units")
    unit_code = models.CharField(max_length=80)
    role = models.CharField(max_length=12, choices=ROLES)
    written_as = models.CharField(max_length=120, blank=True)
    position = models.IntegerField(default=0)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    is_public = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit_code", "role"], name="plans_task_unit_once")]
        indexes = [models.Index(fields=["unit_code"], name="plans_task_unit_code")]


class Indicator(models.Model):
    """A promised figure with its 口径: what is counted, where from, who reports and who locks it.

    `definition` is the pack's indicator, which says how the figure is computed; `dataset` is empty when it is
    reported by hand, and both are empty while nobody has said what exactly is counted.
    `target` is as printed. `sample_target` is set in a demonstration alone, whose people are a part of the city's.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="indicators")
    item = models.OneToOneField(ReviewItem, on_delete=models.PROTECT, related_name="indicator")
    definition = models.CharField("口径编号", max_length=80, blank=True)
    name = models.CharField(max_length=200)
    plan = models.CharField(max_length=200, blank=True)
    parent = models.CharField(max_length=200, blank=True)
    comparator = models.CharField(max_length=2)
    target = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    target_max = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    sample_target = models.DecimalField("演示目标", max_digits=20, decimal_places=4, null=True)
    unit = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=20, blank=True)
    deadline = models.IntegerField(null=True)
    dataset = models.CharField("数据来源", max_length=80, blank=True)
    explanation = models.CharField("口径", max_length=600, blank=True)
    source = models.CharField("数据从哪里来", max_length=200, blank=True)
    reporter_kind = models.CharField("填报单位类别", max_length=80, blank=True)
    locker_kind = models.CharField("锁定单位类别", max_length=80, blank=True)
    ended_on = models.DateField("何时终止", null=True)
    ended_reason = models.CharField("终止的理由", max_length=300, blank=True)
    region = models.BigIntegerField()
    is_public = models.BooleanField(default=True)

    @property
    def is_computed(self) -> bool:
        return bool(self.dataset)

    @property
    def is_quotient(self) -> bool:
        """A share or a growth: counties never add up to the city."""
        return self.kind in ("ratio", "growth_rate")

    @property
    def full_name(self) -> str:
        """建成返乡创业园区：省级 for a part of another indicator, whose own name says nothing alone."""
        return f"{self.parent}：{self.name}" if self.parent else self.name

    @property
    def goal(self) -> Decimal | None:
        """What the figure is measured by: the printed target, in a demonstration the one for its people."""
        return self.target if self.sample_target is None else self.sample_target

    @property
    def bound_words(self) -> str:
        """不少于, 超过; empty for an exact number or none."""
        return BOUNDS[self.comparator] if self.target is not None else ""

    @property
    def target_words(self) -> str:
        """不少于10,000人, as printed."""
        if self.target is None:
            return "原文没有写数"
        return f"{self.bound_words}{amount_words(self.target, self.unit)}"

    @property
    def period_words(self) -> str:
        if self.period.startswith("by:"):
            return f"到{self.period[3:]}年"
        return {"per_year": "每年", "cumulative": "累计"}.get(self.period, "没有写")


class IndicatorValue(models.Model):
    """A figure for one place and period as computed at one moment. The newest counts; none is overwritten."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    place = models.BigIntegerField("统计区划")
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)  # null: can't be computed, `why` says so
    above = models.DecimalField("分子", max_digits=20, decimal_places=4, null=True)
    below = models.DecimalField("分母", max_digits=20, decimal_places=4, null=True)
    why = models.CharField("算不出的原因", max_length=100, blank=True)
    computed_at = models.DateTimeField()
    release = models.BigIntegerField(null=True)
    region = models.BigIntegerField()
    is_public = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "place", "period_start", "-computed_at"], name="plans_value_newest"),
        ]
