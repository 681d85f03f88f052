"""From the counts to the telling: put up by one officer, agreed to by another, started by the first."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, jobs, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import at_most, visible
from guiyan.outreach.models import MatchRun
from guiyan.outreach.permissions import APPROVE, RUN

TELL = "outreach.tell"


@transaction.atomic
def propose_audience(actor: Actor, *, run: MatchRun) -> MatchRun:
    """Put up those whom the measures fit. Refused where there is nobody to tell anything."""
    require(actor, RUN, run)
    if not run.people:
        raise Refused("没有找到符合条件的对象，没有可以推送的。可以先补信息，再匹配一次。", "nobody")
    run = workflow.advance(run, "propose", actor=actor)
    run.proposed_by, run.proposed_at, run.sent_back_for = actor.label, calendar.now(), ""
    run.save(update_fields=["proposed_by", "proposed_at", "sent_back_for"])
    audit.record(actor, "outreach.propose", run.ref, region=run.region, detail={"people": run.people})
    return run


@transaction.atomic
def approve_audience(actor: Actor, *, run: MatchRun) -> MatchRun:
    """Agree. Refused for whoever started the run or put it up."""
    require(actor, APPROVE, run)
    run = workflow.advance(run, "approve", actor=actor)
    run.approved_by, run.approved_at = actor.label, calendar.now()
    run.save(update_fields=["approved_by", "approved_at"])
    audit.record(actor, "outreach.approve", run.ref, region=run.region, detail={"people": run.people})
    return run


@transaction.atomic
def send_back_audience(actor: Actor, *, run: MatchRun, reason: str) -> MatchRun:
    """Give it back to whoever put it up, with the reason."""
    require(actor, APPROVE, run)
    why = at_most(visible(reason), 300, "理由")
    run = workflow.advance(run, "send_back", actor=actor, reason=why)
    run.sent_back_for = why
    run.save(update_fields=["sent_back_for"])
    audit.record(actor, "outreach.send_back", run.ref, region=run.region)
    return run


@transaction.atomic
def start_sending(actor: Actor, *, run: MatchRun) -> MatchRun:
    """Tell the audience: messages on the portal at once, text messages outside quiet hours to whoever agreed."""
    require(actor, RUN, run)
    run = workflow.advance(run, "send", actor=actor)
    audit.record(actor, "outreach.send", run.ref, region=run.region, detail={"people": run.people})
    jobs.defer(TELL, once_while_waiting=f"{TELL}:{run.pk}", run_id=run.pk)
    return run
