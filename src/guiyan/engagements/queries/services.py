"""The service log, always within what the actor may see."""

from __future__ import annotations

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.engagements.models import ServiceDraft, ServiceRecord
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.registers import queries as registers

MOST = 50
MOST_STEPS = 200


def kind_label(kind: str) -> str:
    """走访; a kind that the pack no longer declares is shown as it was stored."""
    declared = releases.current().services.get(kind)
    return declared.label if declared else kind


def services_of(actor: Actor, subject_id: int, *, most: int = MOST) -> list[ServiceRecord]:
    """What was done for somebody, under whichever id, the newest day first; struck ones too."""
    return list(_of(actor, subject_id).order_by("-on", "-id")[:most])


def services_count(actor: Actor, subject_id: int) -> int:
    """How many services count: those that are not struck."""
    return _of(actor, subject_id).filter(struck_at=None).count()


def _of(actor: Actor, subject_id: int) -> QuerySet[ServiceRecord]:
    rows = ServiceRecord.objects.filter(subject_id__in=registers.same_as(subject_id))
    return visible(actor, "dossier.view", rows, unit=None, subject=None)


def steps_for(actor: Actor) -> list[ServiceRecord]:
    """The next steps that wait for this account, the earliest day first."""
    if actor.user_id is None:
        return []
    waiting = ServiceRecord.objects.filter(next_for_id=actor.user_id, done_at=None, struck_at=None)
    return list(waiting.exclude(next_step="").order_by("next_on", "id")[:MOST_STEPS])


def service_by_id(actor: Actor, service_id: int) -> ServiceRecord:
    """One service the actor may see. Raises NotFound."""
    rows = ServiceRecord.objects.filter(pk=service_id)
    found = visible(actor, "dossier.view", rows, unit=None, subject=None).first()
    if found is None:
        raise NotFound("没有找到这条服务记录。")
    return found


def service_record(service_id: int) -> ServiceRecord:
    """One service as it stands, within the entered scope; for what follows from it. Raises NotFound."""
    found = ServiceRecord.objects.filter(pk=service_id).first()
    if found is None:
        raise NotFound("没有找到这条服务记录。")
    return found


def draft_of(actor: Actor, subject_id: int) -> ServiceDraft | None:
    """What the actor has typed about somebody and not sent."""
    rows = ServiceDraft.objects.filter(owner_id=actor.user_id or 0, subject_id__in=registers.same_as(subject_id))
    return rows.order_by("-saved_at").first()
