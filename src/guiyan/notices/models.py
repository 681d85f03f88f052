"""A notice is written once: its rows are what the public read, masked before they were stored."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.cases.models import Batch, Case
from guiyan.kernel.texts import masked_numbers
from guiyan.kernel.workflow import Flowed


class Notice(models.Model):
    """The notice of one batch: open for objections from `published_on` to `until`, both included."""

    number = models.CharField("公示编号", max_length=40, unique=True)
    title = models.CharField("标题", max_length=200)
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="notice")
    item = models.CharField(max_length=80)
    unit_id = models.BigIntegerField("公示单位")
    unit_name = models.CharField(max_length=120)
    basis = models.CharField("依据", max_length=300)
    whom = models.CharField(
        "名单上是谁", max_length=12, choices=[("person", "人员"), ("organisation", "单位")], default="person"
    )
    verb = models.CharField("拟做什么", max_length=80, default="发放补贴")
    columns = ArrayField(models.CharField(max_length=40))
    row_count = models.IntegerField("人数")
    total_fen = models.BigIntegerField("金额（分）")
    published_at = models.DateTimeField()
    published_on = models.DateField("公示开始")
    until = models.DateField("公示截止")
    days = models.IntegerField()
    day_kind = models.CharField(max_length=10)
    phone = models.CharField("监督电话", max_length=40)
    take_down_on = models.DateField("撤下日期")
    closed_at = models.DateTimeField(null=True)
    taken_down_at = models.DateTimeField(null=True)
    is_public = models.BooleanField(default=True)
    region = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["-published_on", "-id"], name="notices_newest"),
            models.Index(fields=["until"], name="notices_open", condition=models.Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def counted(self) -> str:
        """3人, 2家."""
        return f"{self.row_count}{self.unit_word}"

    @property
    def unit_word(self) -> str:
        return "家" if self.whom == "organisation" else "人"

    @property
    def has_money(self) -> bool:
        """Whether money is given to those on it; a recognition gives none."""
        return "金额" in self.columns

    @property
    def day_words(self) -> str:
        return f"{self.days}个工作日" if self.day_kind == "working" else f"{self.days}日"


class NoticeRow(models.Model):
    """One line as the public read it."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="rows")
    line_no = models.IntegerField("序号")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notice_rows")
    cells = ArrayField(models.CharField(max_length=200))
    amount_fen = models.BigIntegerField()
    is_public = models.BooleanField(default=True)
    region = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "line_no"], name="notices_row_no")]


class Objection(Flowed):
    """What somebody raised against one line. Who raised it is sealed and only read by those who handle it."""

    flow_object = "objection"

    number = models.CharField("异议编号", max_length=40, unique=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    row = models.ForeignKey(NoticeRow, on_delete=models.PROTECT, related_name="objections")
    text = models.TextField("异议内容")
    name_enc = models.BinaryField()
    contact_enc = models.BinaryField()
    filed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    answer = models.TextField("处理结果", blank=True)
    unit_id = models.BigIntegerField()
    region = models.BigIntegerField()

    def __str__(self) -> str:
        return self.number

    @property
    def text_shown(self) -> str:
        """As pages show it: people write others' numbers in full."""
        return masked_numbers(self.text)

    @property
    def answer_shown(self) -> str:
        return masked_numbers(self.answer)
