"""The hours in which nobody is woken by a text message, and how many somebody may get: the city's own rule."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from guiyan.kernel import releases
from guiyan.packs.places import OutreachRule


def rule() -> OutreachRule:
    return releases.current().city.outreach


def is_quiet(at: datetime, said: OutreachRule) -> bool:
    """Whether nobody may be woken at that moment: from the evening hour on, and before the morning one."""
    hour = localtime(at).hour
    if said.quiet_from > said.quiet_to:
        return hour >= said.quiet_from or hour < said.quiet_to
    return said.quiet_from <= hour < said.quiet_to
