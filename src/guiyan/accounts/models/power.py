"""Posts and grants: a user holds a post in a unit, and the post is granted roles within a range, from–to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guiyan.accounts.models.place import Unit
from guiyan.accounts.models.user import User


class Post(models.Model):
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts", verbose_name="用户")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.TextField("岗位", blank=True, default="")
    valid_from = models.DateField("任职", null=True, blank=True)
    valid_to = models.DateField("离任", null=True, blank=True)

    class Meta:
        db_table = "accounts_post"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.title}"


class Grant(models.Model):
    """One role for one post within one range; a permission never reaches from one grant into another's range.

    regions: roots, each with all below it. unit_scope: only what the post's own unit handles (inside `regions`).
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="grants", verbose_name="岗位")
    role = models.TextField("角色")
    regions = ArrayField(models.BigIntegerField(), verbose_name="区划", default=list, blank=True)
    unit_scope = models.BooleanField("限本单位", default=False)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        db_table = "accounts_grant"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.role
