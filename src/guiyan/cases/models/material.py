"""What came with a request, and the one notice of what to add (一次性告知补正)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.cases.models.case import Case


class CaseMaterial(models.Model):
    """One file given for one material of the item. `replaced_at`: it was taken out again before it was sent."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="materials")
    material = models.CharField("材料", max_length=80)
    label = models.CharField("材料名称", max_length=120)
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("文件名", max_length=200)
    added_at = models.DateTimeField()
    added_by_id = models.BigIntegerField(null=True)
    replaced_at = models.DateTimeField(null=True)
    reused_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "material"], name="cases_material_case"),
            models.Index(fields=["subject_id", "material", "-id"], name="cases_material_subject"),
        ]


class Supplement(models.Model):
    """What to add before acceptance: told once, everything at a time, with a day to do it by."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="supplement")
    materials = models.JSONField("要补的材料", default=list)
    fields = models.JSONField("要改的栏目", default=list)
    message = models.CharField("说明", max_length=500)
    due_on = models.DateField("补交期限")
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    region = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(message=""), name="cases_supplement_says_what")]
