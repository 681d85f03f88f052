"""An imported document, what was read in it, and what an officer made of each reading.

A reading is never overwritten: `payload` is what the reader found, `corrected` what the officer put in its place.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guiyan.kernel.workflow import Flowed

WITHHELD = ("依申请公开", "不予公开")


class Document(Flowed):
    """One policy document: the file as it came, its text, and who issued it when."""

    flow_object = "document"

    doc_id = models.CharField("文件标识", max_length=80)
    title = models.CharField("标题", max_length=300)
    doc_number = models.CharField("文号", max_length=120, blank=True)
    issuer = models.CharField("发文机关", max_length=120, blank=True)
    issued_on = models.DateField("发文日期", null=True)
    publicity = models.CharField("公开属性", max_length=40, blank=True)
    valid_until = models.DateField("有效期至", null=True)
    file_id = models.BigIntegerField("原件")
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    outline = models.JSONField(default=list)  # [{level, number, heading, start, end}]
    plans = models.JSONField(default=list)  # titles, in order
    lead_rule = models.CharField(max_length=200, blank=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField("导入单位")
    imported_at = models.DateTimeField()
    imported_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    is_public = models.BooleanField(default=False)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes", verbose_name="被哪份文件替代"
    )
    ended_on = models.DateField("何时起不再执行", null=True)
    revises = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="revisions", verbose_name="修订哪份文件"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "sha256"], condition=~Q(state="dropped"), name="plans_document_file_once"
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether its words may stand on public pages: 依申请公开 and 不予公开 may not, one that says nothing may."""
        return self.publicity not in WITHHELD

    @property
    def quoted(self) -> str:
        """The title as it is quoted: 《…》, once."""
        return self.title if self.title.startswith("《") else f"《{self.title}》"

    @property
    def dated(self) -> str:
        """《…》（2025年6月9日）: revisions often bear the same title."""
        day = self.issued_on
        return f"{self.quoted}（{day.year}年{day.month}月{day.day}日）" if day else self.quoted


class ReviewItem(models.Model):
    """One thing the reader found, with its place in the text, and the officer's decision."""

    KINDS = [("task", "任务"), ("indicator", "指标"), ("measure", "措施")]
    DECISIONS = [("", "待确认"), ("confirmed", "已确认"), ("dropped", "不采用")]

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=KINDS)
    number = models.IntegerField()
    start = models.IntegerField()
    end = models.IntegerField()
    unit_start = models.IntegerField(null=True)
    unit_end = models.IntegerField(null=True)
    plan = models.CharField(max_length=200, blank=True)
    section_path = ArrayField(models.CharField(max_length=300), default=list)
    payload = models.JSONField()
    corrected = models.JSONField(null=True)
    confidence = models.FloatField()
    decision = models.CharField(max_length=10, choices=DECISIONS, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    links_to = models.CharField("对应的措施或指标", max_length=80, blank=True)
    added_by_hand = models.BooleanField(default=False)
    version = models.IntegerField(default=0)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="plans_item_number")]
        indexes = [models.Index(fields=["document", "kind", "number"], name="plans_item_kind")]

    @property
    def values(self) -> dict[str, Any]:
        """What counts now: the correction, or else the reading."""
        values: dict[str, Any] = self.payload if self.corrected is None else self.corrected
        return values

    @property
    def is_open(self) -> bool:
        return self.decision == ""

    @property
    def words_end(self) -> int:
        """Where its own words end: before its list of units, where that stands behind them."""
        return self.unit_start if self.unit_start is not None and self.unit_start > self.start else self.end

    def words_in(self, text: str) -> str:
        """What the text of its document says of it, without its list of units."""
        return text[self.start : self.words_end].strip()


class UnitMention(models.Model):
    """A unit's name as a document writes it, and the units it stands for: many for a collective, none while unknown."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="mentions")
    name = models.CharField(max_length=120)
    unit_codes = ArrayField(models.CharField(max_length=80), default=list)
    is_collective = models.BooleanField(default=False)
    is_outside = models.BooleanField("不是本市单位", default=False)
    learnt = models.ForeignKey(
        "plans.LearntName", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="按学到的名称认出"
    )
    decided_by = models.BigIntegerField(null=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="plans_mention_once")]

    @property
    def is_unknown(self) -> bool:
        return not self.unit_codes and not self.is_outside
