"""Lateness is brought up by itself: to the unit's head, later to the supervision office, once each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guiyan.cases import states
from guiyan.cases.actions.moving import clear_alerts
from guiyan.cases.models import Alert, Case, CaseCheck
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.workflow import LateClock
from guiyan.packs.flow import Clock

Pending = tuple[Case, str, int, str, int, date]  # case, clock, round, label, unit, its last day


def escalate(today: date) -> int:
    """Run over every late clock and check, in the system scope; how many were told of. A second run tells nobody."""
    new = 0
    for late in workflow.late_clocks(Case, today):
        new += _tell(late, today)
    for alert in Alert.objects.filter(cleared_at=None).exclude(kind="urge").select_related("case").order_by("case_id"):
        clear_alerts(alert.case, {clock.id for clock in workflow.clocks(alert.case) if clock.running})
    return new


def _tell(late: LateClock, today: date) -> int:
    case = Case.objects.select_related("unit").get(pk=late.object_id)
    declared = workflow.flow_of(case).clocks.get(late.clock)
    if declared is None or not (declared.head_after or declared.supervision_after):
        return 0
    rows = [
        Alert(
            case=case,
            kind=kind,
            clock=clock,
            round=number,
            label=label,
            unit_id=unit_id,
            due_on=due_on,
            at=calendar.now(),
            region=case.region,
        )
        for _, clock, number, label, unit_id, due_on in _pending(case, late, declared, today)
        for kind in _levels(declared, workflow.working_days(due_on, today, calendar.calendar()))
    ]
    known = set(Alert.objects.filter(case=case).values_list("kind", "clock", "round"))
    fresh = [row for row in rows if (row.kind, row.clock, row.round) not in known]
    Alert.objects.bulk_create(fresh, ignore_conflicts=True)
    for row in fresh:
        detail: dict[str, str | int | bool | None] = {"to": row.kind, "clock": row.clock, "round": row.round}
        audit.record(SYSTEM, "case.escalate", case.ref, region=case.region, detail=detail)
    return len(fresh)


def _pending(case: Case, late: LateClock, declared: Clock, today: date) -> Iterator[Pending]:
    """The clock itself, or each check that is late by its own day, where the clock is that of parallel steps."""
    if declared.group is None:
        yield case, late.clock, late.round, declared.label, case.handler_unit_id or case.unit_id, late.due_on
        return
    if case.state == states.CHECKING:
        for check in CaseCheck.objects.filter(case=case, result="", due_on__lt=today).order_by("id"):
            yield case, f"check:{check.check_id}", check.round, check.label, check.unit_id, check.due_on


def _levels(declared: Clock, days_late: int) -> list[str]:
    levels = {"head": declared.head_after, "supervision": declared.supervision_after}
    return [kind for kind, after in levels.items() if after is not None and days_late >= after]
