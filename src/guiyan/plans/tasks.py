"""Documents whose term is over end by themselves."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiyan.kernel import jobs
from guiyan.kernel.actors import SYSTEM
from guiyan.plans.actions.ending import expire_document
from guiyan.plans.models import Document


@jobs.on_tick("plans.expire_due", label="文件到期")
def expire_due(now: datetime) -> None:
    """End what ran out before today."""
    today = timezone.localtime(now).date()
    for document in Document.objects.filter(state="in_force", valid_until__lt=today).order_by("id"):
        expire_document(SYSTEM, document=document)
