"""A service that the helper logged elsewhere (in the dossier) counts as the first contact too."""

from __future__ import annotations

from guiyan.accounts.queries import actor_of, user_by_id
from guiyan.engagements import queries as engagements
from guiyan.kernel import releases
from guiyan.kernel.outbox import Event, receiver
from guiyan.outreach import states
from guiyan.outreach.actions.helping import contacted
from guiyan.outreach.models import Arrival
from guiyan.registers import queries as registers


@receiver("service.recorded", name="outreach.contact")
def tick_off(event: Event) -> None:
    """Of the right kind, not before the registration came, by the helper's own account."""
    record = engagements.service_record(int(event.ids["service_id"]))
    user = user_by_id(record.by_id) if record.by_id is not None else None
    if user is None or record.struck_at is not None:
        return
    ids = registers.same_as(record.subject_id)
    waiting = Arrival.objects.select_for_update().filter(state=states.HELPING, helper_account=user.username)
    for arrival in waiting.filter(subject_id__in=ids, day__lte=record.on).order_by("pk"):
        if record.kind in releases.release(arrival.release).triggers[arrival.trigger].contact:
            contacted(actor_of(user), arrival, record)
