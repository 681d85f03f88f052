"""Saved views: the filters and order of one list under a name, one's own or shared with one's office."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiyan.accounts.models.place import Unit
from guiyan.accounts.models.user import User


class SavedView(models.Model):
    """page: the key of a list of the desk. query: its address after the question mark, never with words searched for.

    unit: the office it is shared with; only the owner changes it. Removed ones stay, so that removing can be undone.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_views", verbose_name="谁的")
    page = models.CharField("哪个列表", max_length=120)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=1000)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="共享给")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_saved_view"
        ordering = ("id",)
        indexes = (
            models.Index(fields=["owner", "page", "id"], name="accounts_saved_view_owner"),
            models.Index(fields=["unit", "page", "id"], name="accounts_saved_view_unit"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "page", "name"], name="accounts_saved_view_name", condition=Q(removed_at=None)
            ),
        )

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view with which a list opens for one user."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="default_views")
    page = models.CharField(max_length=120)
    view = models.ForeignKey(SavedView, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "accounts_default_view"
        constraints = (models.UniqueConstraint(fields=["user", "page"], name="accounts_default_view_one"),)

    def __str__(self) -> str:
        return f"{self.user_id}:{self.page}"
