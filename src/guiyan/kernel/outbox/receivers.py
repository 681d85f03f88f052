"""The kernel's own receivers."""

from __future__ import annotations

from guiyan.kernel.jobs.housekeeping import tick
from guiyan.kernel.outbox.event import Event
from guiyan.kernel.outbox.registry import receiver


@receiver("clock.moved", name="kernel.tick")
def look_at_the_new_time(event: Event) -> None:
    tick()
