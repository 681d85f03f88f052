"""Moving the business clock: forward only, recorded, audited, and heard by everything that waits for a time."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from guiyan.kernel import audit, outbox
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar.clock import forget, is_movable, stored_shift
from guiyan.kernel.calendar.models import ClockMove
from guiyan.kernel.errors import NotAllowed, Refused

MOVE_LOCK = 0x6775_6979_6302


@transaction.atomic
def move_clock(actor: Actor, *, to: dt.datetime, reason: str) -> ClockMove:
    """Move business time forward to `to`, for all processes at once; it runs on from there.

    The very first move sets where a demo begins, and may go anywhere. Publishes `clock.moved`, which runs what is due.
    """
    if not is_movable():
        raise Refused("业务时钟只有在演示环境才能调整。", code="clock_fixed")
    if not holds(actor, "clock.move"):
        raise NotAllowed("您没有调整业务时钟的权限。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MOVE_LOCK])
    moved_at = timezone.now()
    before = moved_at + stored_shift()
    if ClockMove.objects.exists() and to <= before:
        raise Refused(
            f"业务时钟只能向后调，现在是{timezone.localtime(before):%Y年%-m月%-d日 %H:%M}。", code="clock_backwards"
        )
    move = ClockMove.objects.create(
        moved_at=moved_at, to=to, actor_id=actor.user_id, actor_label=actor.label, reason=reason.strip()
    )
    forget()
    audit.record(actor, "clock.move", f"clock:{move.pk}", detail={"to": to.isoformat()})
    outbox.publish("clock.moved", move_id=move.pk)
    return move
