"""A change of one measure, or a new one, on its way from a draft to a release (ADR 0057)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.kernel.ordered import OrderedJSONField
from guiyan.kernel.workflow import Flowed
from guiyan.policies import states


class RuleProposal(Flowed):
    """One measure as it shall be, with its golden cases.

    content: the measure as `measures/<id>.yaml` has it, every scalar a text; cases: as `cases` of `examples/<id>.yaml`.
    A draft may be wrong: `queries.checked` says what is. title, kind, effective_on and section are read from it.
    base_release: the release it was begun on; made_release: the one its approval made (`release` pins the flow).
    document_ended_at: when the document went out of force while the proposal was open.
    plan_link: what a pack says of a document (`plans/<id>.yaml`), where the pack does not know it yet.
    item_like: the item a new measure's own is made after; empty: none is made.
    editors: everybody who wrote in it; none of them may approve.
    version: rises with each saving, so that two tabs are told apart.
    """

    flow_object = "rule"

    measure_id = models.CharField(max_length=80)
    title = models.CharField("名称", max_length=120)
    kind = models.CharField(max_length=12, choices=list(states.KINDS.items()))
    is_new = models.BooleanField("是新措施")
    base_release = models.BigIntegerField()
    made_release = models.BigIntegerField(null=True)
    effective_on = models.DateField("施行日期", null=True)
    document_id = models.BigIntegerField(null=True)
    document_title = models.CharField("依据的文件", max_length=300, blank=True)
    document_ended_at = models.DateTimeField(null=True)
    section = models.CharField("条款", max_length=300, blank=True)
    quote = models.TextField("原文", blank=True)
    plan_link = OrderedJSONField(null=True)
    item_like = models.CharField("照哪个事项办", max_length=80, blank=True)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    content = OrderedJSONField()
    cases = OrderedJSONField(default=list)
    version = models.IntegerField(default=1)
    begun_by = models.BigIntegerField(null=True)
    begun_by_name = models.CharField(max_length=120)
    begun_at = models.DateTimeField()
    edited_by = models.BigIntegerField(null=True)
    edited_by_name = models.CharField(max_length=120, blank=True)
    edited_at = models.DateTimeField()
    editors = ArrayField(models.BigIntegerField(), default=list)
    proposed_by = models.BigIntegerField(null=True)
    proposed_by_name = models.CharField("报审人", max_length=120, blank=True)
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField("审批人", max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField("退回理由", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["region", "-id"], name="policies_rule_region")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        """How the audit log names it."""
        return f"rule:{self.pk}"

    @property
    def returned(self) -> bool:
        """Whether it was given back and is being mended."""
        return self.state == states.DRAFT and bool(self.reason)

    @property
    def state_label(self) -> str:
        return states.RETURNED_LABEL if self.returned else states.LABELS[self.state]

    @property
    def tone(self) -> str:
        return "amber" if self.returned else states.TONES[self.state]
