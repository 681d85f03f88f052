"""The jobs that tell people. A run that waits (for the morning, for the gateway) is asked for again by the clock."""

from __future__ import annotations

from datetime import datetime

from guiyan.kernel import jobs
from guiyan.outreach import states
from guiyan.outreach.actions.approving import TELL
from guiyan.outreach.actions.following import follow
from guiyan.outreach.actions.taking import FOLLOW
from guiyan.outreach.actions.telling import SMS, SMS_ALONE, tell_some
from guiyan.outreach.actions.texting import text_alone, text_some, waiting_alone
from guiyan.outreach.models import MatchRun


@jobs.job(TELL, label="政策找人：写消息")
def tell_more(run_id: int) -> None:
    tell_some(run_id)


@jobs.job(SMS, label="政策找人：发短信")
def text_more(run_id: int) -> None:
    text_some(run_id)


@jobs.job(FOLLOW, label="首次登记：找政策、派首护人")
def follow_arrival(arrival_id: int) -> None:
    follow(arrival_id)


@jobs.job(SMS_ALONE, label="首次登记：发短信")
def text_arrivals() -> None:
    text_alone()


@jobs.on_tick("outreach.go_on", label="政策找人：接着推送")
def go_on(now: datetime) -> None:
    """Whatever is being sent goes on: after the night, after a pause of the gateway, after a failed job."""
    for run in MatchRun.objects.filter(state=states.SENDING).order_by("pk"):
        if run.told_all_at is None:
            jobs.defer(TELL, once_while_waiting=f"{TELL}:{run.pk}", run_id=run.pk)
        else:
            jobs.defer(SMS, once_while_waiting=f"{SMS}:{run.pk}", one_at_a_time=SMS, run_id=run.pk)
    if waiting_alone().exists():
        jobs.defer(SMS_ALONE, once_while_waiting=SMS_ALONE, one_at_a_time=SMS)
