"""The step every case action ends with, in its transaction: through the gate, the due day renewed, audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiyan.cases import declared, states
from guiyan.cases.models import Alert, Batch, Case, CaseCheck
from guiyan.cases.permissions import is_own
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow import StepSpec


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    row = Case.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=case.pk).first()
    if row is None:
        raise NotFound
    return row


def locked_batch(batch: Batch) -> Batch:
    """The batch as it is now, held until the transaction ends."""
    row = Batch.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=batch.pk).first()
    if row is None:
        raise NotFound
    return row


def move(
    actor: Actor,
    case: Case,
    verb: str,
    *,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
    steps: Sequence[StepSpec] = (),
    on_behalf: str = "",
) -> Case:
    """Advance the case by one verb with the item's time limits, renew the day it is due, and audit it."""
    moved = workflow.advance(
        case,
        verb,
        actor=actor,
        reason=reason,
        facts=facts,
        steps=steps,
        limits=limits_of(case),
        on_behalf=on_behalf,
    )
    renew_due(moved)
    audit.record(actor, f"case.{verb}", moved.ref, region=moved.region, detail={"state": moved.state})
    return moved


def refuse_if_blocked(actor: Actor, case: Case, verb: str) -> None:
    """Say why the gate would refuse before anything is written or looked up for the step: the plainer reason first."""
    offer = next((one for one in workflow.allowed_verbs(case, actor) if one.verb == verb), None)
    if offer is None:
        raise Refused(f"这件现在是“{case.state_label}”，可能刚刚已由别人办理。请刷新页面再看。", "wrong_state")
    if offer.reason_if_not:
        raise Refused(offer.reason_if_not, "blocked")


def move_batch(actor: Actor, batch: Batch, verb: str, *, reason: str = "") -> Batch:
    """Advance the batch by one verb and audit it. Its lines are moved by the caller, each by itself."""
    moved = workflow.advance(batch, verb, actor=actor, reason=reason, limits=limits_of(batch))
    audit.record(actor, f"batch.{verb}", moved.ref, region=moved.region, detail={"state": moved.state})
    return moved


def limits_of(thing: Case | Batch) -> dict[str, int]:
    """The days of the flow's clocks where the item sets its own."""
    item = declared.item_of(thing)
    limits = {"acceptance": item.acceptance_days, "promise": item.promise_days}
    if item.notice is not None:
        limits["notice"] = item.notice.days
    if item.payment is not None:
        limits["payment"] = item.payment.days
    if item.checks:
        limits["checks"] = max(check.days for check in item.checks.values())
    return limits


def renew_due(case: Case) -> None:
    """Copy the nearest end of the running clocks onto the case, so that lists can be sorted by it."""
    running = [clock for clock in workflow.clocks(case) if clock.running]
    ends = [(clock.due_on, clock.label) for clock in running if clock.due_on and not clock.paused_reason]
    case.due_on, case.due_clock = min(ends, default=(None, ""))
    case.paused_reason = next((clock.paused_reason for clock in running if clock.paused_reason), "") if not ends else ""
    if case.state == states.SUPPLEMENT:
        case.due_on, case.due_clock, case.paused_reason = case.supplement.due_on, "补正", "等申请人补正"
    case.save(update_fields=["due_on", "due_clock", "paused_reason"])
    with entered(Scope.system()):
        clear_alerts(case, {clock.id for clock in running if not clock.paused_reason})


def clear_alerts(case: Case, running: set[str]) -> None:
    """What the case was urged for is done when it moves on; lateness is over when its clock no longer runs.

    Lateness of one check is over when it is answered, or when the whole round is.
    """
    alerts = Alert.objects.filter(case=case, cleared_at=None)
    waiting = set(CaseCheck.objects.filter(case=case, result="").values_list("check_id", "round"))
    over = []
    for alert in alerts:
        name, _, check = alert.clock.partition(":")
        if alert.kind == "urge":
            gone = alert.clock != case.state
        elif name == "check":
            gone = case.state != states.CHECKING or (check, alert.round) not in waiting
        else:
            gone = alert.clock not in running
        if gone:
            over.append(alert.pk)
    Alert.objects.filter(pk__in=over).update(cleared_at=calendar.now())


def behalf(actor: Actor, case: Case) -> str:
    """For whom an officer or helper does the applicant's part; empty when she does it herself."""
    if actor.kind == "system" or is_own(actor, case.subject_id):
        return ""
    there = "法定代表人到窗口" if case.for_firm else "本人到窗口"
    return f"{case.applicant}（{'委托书' if case.entry == 'helper' else there}）"
