"""One step of a flow's log as the desk's timelines show it (经过)."""

from __future__ import annotations

from django.utils import timezone

from guiyan.kernel.calendar import short_day
from guiyan.kernel.workflow.models import WorkflowLog


def log_line(entry: WorkflowLog) -> dict[str, str]:
    """What, who, when, and why if a reason was given."""
    at = timezone.localtime(entry.at)
    words = [entry.actor_label, f"{short_day(at)} {at:%H:%M}", entry.reason]
    return {"state": "done", "title": entry.label, "note": "，".join(word for word in words if word)}
