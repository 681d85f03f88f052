"""Services on the timeline of a dossier."""

from __future__ import annotations

from collections.abc import Sequence

from guiyan.accounts.permissions import visible
from guiyan.engagements.models import ServiceRecord
from guiyan.engagements.queries.services import kind_label
from guiyan.kernel.actors import Actor
from guiyan.registers.timelines import Happening, timeline_source


@timeline_source("service", "服务")
def services(actor: Actor, subject_ids: Sequence[int], most: int) -> list[Happening]:
    """Each service that counts, on its day."""
    rows = ServiceRecord.objects.filter(subject_id__in=subject_ids, struck_at=None)
    seen = visible(actor, "dossier.view", rows, unit=None, subject=None).order_by("-on", "-id")[:most]
    return [Happening(row.on, f"{kind_label(row.kind)}：{row.note}", row.by_label, f"service:{row.pk}") for row in seen]
