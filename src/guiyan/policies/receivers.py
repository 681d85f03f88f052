"""A document that ran out takes its measures out of force."""

from __future__ import annotations

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.outbox import Event, receiver
from guiyan.policies.actions import end_confirmations


@receiver("document.expired", name="policies.end_measures")
def end_measures(event: Event) -> None:
    end_confirmations(SYSTEM, document_id=event.number("document_id"))
