"""Who may use another bureau's data, for what, until when; and what was done under it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiyan.kernel.calendar import today


class DataUse(models.Model):
    """One application for a thing of the catalogue and what became of it. unit_id: who asked; holder_id: whose it is.
    list_id: a list, or `register.source`.

    Agreed to by one officer of the holder and confirmed by another; live from then to `until`, unless withdrawn.
    """

    ASKED, AGREED, LIVE, REFUSED, EXPIRED, WITHDRAWN = "asked", "agreed", "live", "refused", "expired", "withdrawn"
    WORDS = {
        ASKED: "等提供单位同意",
        AGREED: "等复核",
        LIVE: "有效",
        REFUSED: "没有同意",
        EXPIRED: "已到期",
        WITHDRAWN: "已收回",
    }
    TONES = {ASKED: "amber", AGREED: "amber", LIVE: "green", REFUSED: "red"}

    list_id = models.CharField(max_length=80)
    purpose = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    until = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_by_label = models.CharField(max_length=80)
    unit_id = models.BigIntegerField()
    unit_name = models.CharField(max_length=120)
    holder_id = models.BigIntegerField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.BigIntegerField(null=True)
    agreed_by_label = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_by_label = models.CharField(max_length=80, blank=True)
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["list_id", "purpose", "until"], name="uses_of_a_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("agreed_by")), name="use_is_confirmed_by_another"
            )
        ]

    @property
    def ref(self) -> str:
        return f"data_use:{self.pk}"

    @property
    def state(self) -> str:
        if self.refused_at is not None:
            return self.REFUSED
        if self.withdrawn_at is not None:
            return self.WITHDRAWN
        if self.confirmed_at is not None:
            return self.LIVE if self.until >= today() else self.EXPIRED
        return self.AGREED if self.agreed_at is not None else self.ASKED

    @property
    def words(self) -> str:
        return self.WORDS[self.state]

    @property
    def tone(self) -> str:
        return self.TONES.get(self.state, "plain")


class DataTaking(models.Model):
    """One use of an authorisation: a file, a list or an API call that came in under it, people compared. Never changed.

    how: file, list, api, look. of_id: the import, or the issue of the list. unit_id, holder_id: of the authorisation.
    """

    FILE, LIST, API, LOOK = "file", "list", "api", "look"
    HOWS = [(FILE, "导入文件"), (LIST, "导入名单"), (API, "接口报送"), (LOOK, "比对")]

    use = models.ForeignKey(DataUse, on_delete=models.PROTECT, related_name="takings")
    how = models.CharField(max_length=4, choices=HOWS)
    of_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200, blank=True)
    row_count = models.IntegerField()
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=80)
    region = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    holder_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["how", "of_id"], name="taking_of_an_import")]


class ComparedPerson(models.Model):
    """Who was compared with another bureau's list in one use, so that each of them can be told."""

    taking = models.ForeignKey(DataTaking, on_delete=models.PROTECT, related_name="people")
    subject_id = models.BigIntegerField()
    region = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-id"], name="compared_with_others_data")]
