"""A finding over the plans that is harmless: left, with the reason, as long as the facts are what they are."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.turns import take_turn
from guiyan.plans.models import FindingDismissal
from guiyan.plans.queries.findings import findings_on


@transaction.atomic
def dismiss_finding(actor: Actor, *, key: str, mark: str, reason: str) -> FindingDismissal:
    """Judge a finding harmless (视为无碍). It comes back when its facts change; a second click finds it done.

    mark: of the facts as they were shown; others by now are told and change nothing.
    """
    require(actor, "plan.manage")
    found = next((x for x in findings_on(calendar.today()) if x.key == key), None)
    if found is None or found.mark != mark:
        raise Refused("这个问题的情况刚才变了，请看最新的清单再定。", "stale")
    row = found.said[0].row
    require(actor, "plan.manage", row)
    if not reason.strip():
        raise Refused("请写明为什么无碍。", "reason")
    take_turn(f"finding:{key[:100]}")
    before = FindingDismissal.objects.filter(key=key, mark=mark).first()
    if before is not None:
        return before
    dismissal = FindingDismissal.objects.create(
        key=key,
        mark=mark,
        reason=reason.strip()[:300],
        dismissed_by=actor.label,
        dismissed_at=calendar.now(),
        region=row.region,
    )
    audit.record(actor, "finding.dismiss", f"finding:{dismissal.id}", region=row.region, detail={"kind": found.kind})
    return dismissal
