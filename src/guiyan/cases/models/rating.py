"""How an applicant judged the handling of her request (好差评), and what was done about a bad judgement (回访)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guiyan.cases.models.case import Case

BAD = 2
"""This grade and below is a bad one: somebody else than who handled the case calls back."""


class Rating(models.Model):
    """One judgement of one case, given once; and the call back that a bad one leads to.

    grade: 5 非常满意 to 1 非常不满意; points: what it was about. `call_due_on` is set for a bad one alone.
    """

    GRADES = [(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意")]
    POINTS = [
        ("speed", "办得快不快"),
        ("attitude", "态度好不好"),
        ("clear", "说得清不清楚"),
        ("papers", "材料多不多"),
        ("result", "结果合不合理"),
    ]
    WAYS = [("self", "本人评价"), ("counter", "窗口代录"), ("helper", "帮办代录")]
    OUTCOMES = [
        ("mended", "已整改"),
        ("explained", "已解释，本人认可"),
        ("disagreed", "已解释，本人不认可"),
        ("unreachable", "联系不上"),
    ]

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    grade = models.SmallIntegerField("评价", choices=GRADES)
    points = ArrayField(models.CharField(max_length=12), default=list)
    words = models.CharField("评价内容", max_length=500, blank=True)
    way = models.CharField("评价方式", max_length=8, choices=WAYS)
    given_at = models.DateTimeField()
    given_by_id = models.BigIntegerField(null=True)
    given_by_label = models.CharField(max_length=120)
    call_due_on = models.DateField("回访期限", null=True)
    called_at = models.DateTimeField("回访时间", null=True)
    called_by_id = models.BigIntegerField(null=True)
    called_by_label = models.CharField("回访人", max_length=120, blank=True)
    outcome = models.CharField("回访结果", max_length=12, choices=OUTCOMES, blank=True)
    call_note = models.CharField("回访记录", max_length=500, blank=True)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grade__range=(1, 5)), name="cases_rating_grade"),
            models.CheckConstraint(
                condition=Q(called_at=None, outcome="")
                | (Q(called_at__isnull=False) & ~Q(outcome="") & ~Q(call_note="")),
                name="cases_rating_called_says_how",
            ),
            models.CheckConstraint(
                condition=Q(grade__gt=BAD) | Q(call_due_on__isnull=False), name="cases_rating_bad_is_called_back"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-given_at"], name="cases_rating_unit"),
            models.Index(fields=["call_due_on"], condition=Q(called_at=None), name="cases_rating_to_call"),
        ]

    @property
    def is_bad(self) -> bool:
        return self.grade <= BAD

    @property
    def waits_for_call(self) -> bool:
        return self.is_bad and self.called_at is None

    @property
    def point_words(self) -> str:
        labels = dict(self.POINTS)
        return "、".join(labels[one] for one in self.points if one in labels)
