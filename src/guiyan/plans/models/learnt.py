"""What officers taught while they corrected: names of units and phrases, by whom, when, and in which document.

The pack's own always counts first. A row is never deleted: undone, it is no longer asked.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guiyan.engine.phrases import Phrase
from guiyan.plans.models.documents import Document


class Learnt(models.Model):
    """Where it comes from. region: of the office that imported the document; whoever imports there uses it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="出自文件")
    learnt_by = models.BigIntegerField("谁", null=True)
    learnt_at = models.DateTimeField("何时")
    undone_by = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField("何时撤销", null=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()

    class Meta:
        abstract = True


class LearntName(Learnt):
    """A name in a document, and the units it stands for; none, with `is_outside`, for one that is not the city's."""

    name = models.CharField("名称", max_length=120)
    unit_codes = ArrayField(models.CharField(max_length=80), default=list)
    is_outside = models.BooleanField("不是本市单位", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"], condition=Q(undone_at=None), name="plans_learnt_name_once"
            )
        ]


class LearntPhrase(Learnt):
    """Words of a condition and the fact they speak of, as a pack's `Phrase` has it. wording: `{}` for a number."""

    wording = models.CharField("说法", max_length=200)
    kind = models.CharField("对象", max_length=12, blank=True)
    names_who = models.BooleanField(default=False)
    fact = models.CharField("事实", max_length=80, blank=True)
    rule = models.CharField("规则", max_length=300, blank=True)
    units = models.JSONField(default=dict)
    bare = models.CharField(max_length=2, blank=True)
    elapsed = models.BooleanField(default=False)
    meaning = models.CharField("意思", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "wording"], condition=Q(undone_at=None), name="plans_learnt_phrase_once"
            )
        ]

    @property
    def phrase_id(self) -> str:
        return f"learnt-{self.pk}"

    @property
    def phrase(self) -> Phrase:
        """The phrase as a pack would declare it."""
        return Phrase.model_validate({"id": self.phrase_id, **self.declaration})

    @property
    def declaration(self) -> dict[str, object]:
        """The keys of the pack's file, those that say something."""
        keys: dict[str, object] = {
            "for": self.kind or None,
            "names": "who" if self.names_who else None,
            "fact": self.fact or None,
            "when": self.rule or None,
            "units": self.units or None,
            "bare": self.bare or None,
            "elapsed": self.elapsed or None,
            "words": [self.wording],
        }
        return {key: value for key, value in keys.items() if value is not None}
