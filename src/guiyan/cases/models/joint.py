"""Several requests made with one form (一件事): what ties them, from the first word to the number they share."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Joint(models.Model):
    """The requests themselves are cases, each with its own form, flow and clock; their drafts are written together.

    bundle, release: which bundle, as of which release; all its drafts are pinned to the same one.
    chosen: the items applied for, in the bundle's order; drafts of others are kept until it is sent.
    number: empty until it is sent; printed on the receipt and behind the code that shows all of them.
    """

    number = models.CharField("一件事编号", max_length=32, blank=True)
    bundle = models.CharField("一件事", max_length=80)
    title = models.CharField(max_length=120)
    release = models.BigIntegerField("规则发布号")
    subject_id = models.BigIntegerField("申请人")
    applicant = models.CharField("申请人姓名", max_length=120)
    region = models.BigIntegerField("区划")
    entry = models.CharField("来源", max_length=10)
    entered_by_id = models.BigIntegerField("录入人", null=True)
    chosen = ArrayField(models.CharField(max_length=80), verbose_name="一起办的事项", default=list)
    submission_token = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField("建立时间")
    saved_at = models.DateTimeField("最近保存")
    submitted_at = models.DateTimeField("提交时间", null=True)
    dropped_at = models.DateTimeField("放弃时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=Q(number__gt=""), name="cases_joint_number"),
            models.CheckConstraint(
                condition=Q(number="", submitted_at=None)
                | Q(number__gt="", submitted_at__isnull=False, dropped_at=None),
                name="cases_joint_sent_has_number",
            ),
        ]
        indexes = [models.Index(fields=["subject_id", "-id"], name="cases_joint_subject")]

    def __str__(self) -> str:
        return self.number or f"一件事草稿{self.pk}"

    @property
    def ref(self) -> str:
        """How other modules name it."""
        return f"joint:{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None and self.dropped_at is None
