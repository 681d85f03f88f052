"""What was learnt, as an officer who may review documents sees it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.plans.models import LearntName, LearntPhrase

Model = type[LearntName] | type[LearntPhrase]


def learnt_for(actor: Actor, model: Model, *, undone: bool = False) -> QuerySet[Any]:
    """Newest first, those in use or those undone."""
    rows: QuerySet[Any] = model.objects.select_related("document").defer("document__text", "document__outline")
    seen = visible(actor, "document.review", rows, region="region", unit="unit_id")
    return seen.filter(undone_at__isnull=not undone).order_by("-id")


def learnt_by_id(actor: Actor, model: Model, pk: int) -> Any:
    found = (
        visible(actor, "document.review", model.objects.all(), region="region", unit="unit_id").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound("没有这一条。")
    return found
