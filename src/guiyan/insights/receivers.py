"""What moves an indicator: a changed register entry, a published plan, a day that passes. All lead to one job."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiyan.insights.compute import compute_indicators
from guiyan.kernel import jobs
from guiyan.kernel.outbox import Event, receiver


@receiver("plan.published", name="insights.compute_for_plan")
def compute_for_plan(event: Event) -> None:
    compute_indicators()


@receiver("case.checked", name="insights.compute_for_case")
def compute_for_case(event: Event) -> None:
    compute_indicators()


@receiver("clock.moved", name="insights.compute_for_day")
def compute_for_day(event: Event) -> None:
    compute_indicators()


@jobs.on_tick("insights.compute")
def compute_on_tick(now: datetime) -> None:
    """Once a minute: nothing is written unless a figure changed."""
    compute_indicators(timezone.localtime(now).date())
