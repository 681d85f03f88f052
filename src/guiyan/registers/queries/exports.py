"""Files asked for: one's own, and those that wait for a second officer."""

from __future__ import annotations

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotFound
from guiyan.registers.models import RegisterExport

APPROVE = "register.approve"
WAITING, REFUSED, MAKING, READY, FAILED, EXPIRED = "waiting", "refused", "making", "ready", "failed", "expired"
WORDS = {
    WAITING: "等审核",
    REFUSED: "没有同意",
    MAKING: "正在生成",
    READY: "可以下载",
    FAILED: "没有生成",
    EXPIRED: "已过期",
}


def exports_of(actor: Actor) -> QuerySet[RegisterExport]:
    """What the actor asked for, the newest first."""
    return RegisterExport.objects.filter(asked_by=actor.user_id or 0).order_by("-pk")


def exports_ready(actor: Actor) -> QuerySet[RegisterExport]:
    """One's own files that can be fetched and were not yet."""
    return exports_of(actor).filter(made_at__isnull=False, fetched_at=None, expires_at__gt=now())


def exports_to_decide(actor: Actor) -> QuerySet[RegisterExport]:
    """What waits for this officer: asked by others, in her range."""
    waiting = RegisterExport.objects.filter(needs_approval=True, decided_at=None).exclude(asked_by__in=actor.persons)
    return visible(actor, APPROVE, waiting, unit=None, subject=None).order_by("pk")


def export_by_id(actor: Actor, export_id: int) -> RegisterExport:
    """One that the actor asked for or may decide on. Raises NotFound."""
    found = RegisterExport.objects.select_related("file").filter(pk=export_id).first()
    if found is None:
        raise NotFound
    mine = found.asked_by == actor.user_id
    if not mine and not visible(actor, APPROVE, RegisterExport.objects.filter(pk=export_id), unit=None).exists():
        raise NotFound
    return found


def standing_of_export(asked: RegisterExport) -> str:
    """waiting, refused, making, ready, failed or expired."""
    if asked.needs_approval and asked.decided_at is None:
        return WAITING
    if asked.agreed is False:
        return REFUSED
    if asked.failed:
        return FAILED
    if asked.made_at is None:
        return MAKING
    return EXPIRED if asked.expires_at is not None and asked.expires_at <= now() else READY


def may_decide(actor: Actor) -> bool:
    return holds(actor, APPROVE)
