"""Deputies (AB角): who stands in for whom, from–to, under which written authorisation."""

from __future__ import annotations

from datetime import date

from django.db import models

from guiyan.accounts.models.power import Post
from guiyan.accounts.models.user import User


class Deputy(models.Model):
    """`user` may act with what `post` of `principal` is granted, and with nothing else, while it runs."""

    principal = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputies", verbose_name="被代岗人")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deputies", verbose_name="岗位")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputises", verbose_name="代岗人")
    document = models.TextField("授权文件")  # number or name of the written authorisation
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name="授权书")
    reason = models.TextField("原因")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    given_at = models.DateTimeField()
    given_by_id = models.BigIntegerField(null=True)
    given_by_label = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by_label = models.TextField(default="", blank=True)
    end_reason = models.TextField(default="", blank=True)

    class Meta:
        db_table = "accounts_deputy"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["user", "-id"], name="accounts_deputy_user"),
            models.Index(fields=["post", "-id"], name="accounts_deputy_post"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")), name="accounts_deputy_dates"
            ),
            models.CheckConstraint(condition=~models.Q(user=models.F("principal")), name="accounts_deputy_is_another"),
        )

    def __str__(self) -> str:
        return f"{self.principal_id}←{self.user_id}"

    def why_not_usable(self, on: date) -> str:
        """Empty when it may be used on that day, else the reason in plain words."""
        who = self.principal.name
        if self.ended_at is not None:
            return f"代{who}办理的授权已在{_day(self.ended_at.date())}终止，不能再代岗办理。"
        if on < self.valid_from:
            return f"代{who}办理的授权从{_day(self.valid_from)}起才有效。"
        if on > self.valid_to:
            return f"代{who}办理的授权已在{_day(self.valid_to)}到期，不能再代岗办理。"
        return ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
