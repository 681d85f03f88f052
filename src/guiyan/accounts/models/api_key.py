"""Keys of other systems that ask through the API, and how often each asked."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.accounts.models.place import Unit


class ApiKey(models.Model):
    """The secret is not kept, only its keyed digest; `prefix` tells keys apart on pages and in logs.

    registers, region: of the scopes about registers, which ones and of which place. unit: instead of a place, the unit
    outside government (a school) whose own entries alone the key reads and reports.
    scopes: what the key may ask (see `api_keys.SCOPES`). per_minute: how many requests it may send in a minute.
    """

    name = models.CharField("用途", max_length=60)
    holder = models.CharField("使用单位", max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.BinaryField(unique=True)
    scopes = ArrayField(models.CharField(max_length=20), verbose_name="范围")
    per_minute = models.IntegerField("每分钟次数", default=60)
    registers = ArrayField(models.CharField(max_length=40), default=list, verbose_name="名录")
    region = models.BigIntegerField("范围内的地方", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="报送单位")
    expires_on = models.DateField("到期")
    created_at = models.DateTimeField()
    created_by_label = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)
    revoked_by_label = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "accounts_api_key"

    def __str__(self) -> str:
        return self.prefix


class ApiUse(models.Model):
    """How many requests a key sent in one minute of the real clock."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE)
    minute = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "accounts_api_use"
        constraints = [models.UniqueConstraint(fields=["key", "minute"], name="one_count_per_key_and_minute")]
