"""What moves an indicator: a changed register entry, a published plan, a day that passes. All lead to one job."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiyan.insights.compute import compute_indicators
from guiyan.insights.proposals import propose_orders
from guiyan.kernel import calendar, jobs
from guiyan.kernel.outbox import Event, receiver
from guiyan.plans.actions import open_figures, urge_late_orders

COMPUTE = "insights.compute"


@receiver("plan.published", name="insights.compute_for_plan")
def compute_for_plan(event: Event) -> None:
    ask_to_compute()


@receiver("case.checked", name="insights.compute_for_case")
def compute_for_case(event: Event) -> None:
    ask_to_compute()


@receiver("clock.moved", name="insights.compute_for_day")
def compute_for_day(event: Event) -> None:
    ask_to_compute()


def ask_to_compute() -> None:
    """Whatever moved, all is computed once: what waits already will see it."""
    jobs.defer(COMPUTE, once_while_waiting=COMPUTE, one_at_a_time=COMPUTE)


@jobs.on_tick(COMPUTE)
def compute_on_tick(now: datetime) -> None:
    """Once a minute: nothing is written unless a figure changed."""
    compute_indicators(timezone.localtime(now).date())


@receiver("plan.published", name="insights.look_for_plan")
def look_for_plan(event: Event) -> None:
    open_figures(calendar.today())


@jobs.on_tick("insights.look_daily", label="填报、催报和督办建议")
def look_on_tick(now: datetime) -> None:
    """Once a minute, nothing changes unless something became late: reports are asked for, late orders urged."""
    day = timezone.localtime(now).date()
    open_figures(day)
    urge_late_orders(day)
    propose_orders(day)
