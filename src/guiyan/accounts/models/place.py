"""Regions and units: where things happen and which office handles them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Region(models.Model):
    """A place with its 12-digit code. Superseded codes stay: old identity cards carry them."""

    code = models.BigIntegerField("代码", primary_key=True)
    name = models.TextField("名称")
    short_name = models.TextField("简称", blank=True, default="")
    level = models.TextField("级别")
    parent_code = models.BigIntegerField("上级代码", null=True, blank=True)

    class Meta:
        db_table = "accounts_region"
        ordering = ("code",)
        indexes = (models.Index(fields=["parent_code", "code"], name="accounts_region_parent"),)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An office, as it was and as it is called: an abolished one names its successor."""

    code = models.SlugField("代码", max_length=120, unique=True)
    name = models.TextField("名称")
    short_name = models.TextField("简称", blank=True, default="")
    kind = models.TextField("类别")
    region = models.BigIntegerField("区划")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    aliases = ArrayField(models.TextField(), verbose_name="别名", default=list, blank=True)
    valid_from = models.DateField("成立", null=True, blank=True)
    valid_to = models.DateField("撤销", null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        db_table = "accounts_unit"
        ordering = ("region", "code")
        indexes = (
            models.Index(fields=["region", "kind"], name="accounts_unit_region_kind"),
            models.Index(fields=["name"], name="accounts_unit_name"),
            models.Index(fields=["short_name"], name="accounts_unit_short_name"),
            GinIndex(fields=["aliases"], name="accounts_unit_aliases"),
        )

    def __str__(self) -> str:
        return self.name
