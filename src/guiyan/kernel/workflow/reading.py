"""What pages read of an object on a flow: offers, history, clocks, steps. Everything in the scope of whoever asks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count

from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import CalendarYearMissing, WorkingCalendar
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow.clockrows import run_of
from guiyan.kernel.workflow.clockwork import ClockView, not_started, uncounted, view
from guiyan.kernel.workflow.decide import refusal
from guiyan.kernel.workflow.decide_acts import act_refusal
from guiyan.kernel.workflow.flows import flow_of, object_type_of, ref_of
from guiyan.kernel.workflow.guards import holder
from guiyan.kernel.workflow.models import ClockPause, ClockRow, Flowed, OpinionRow, StepRow, WorkflowLog
from guiyan.kernel.workflow.position import is_holder, is_owner, latest_steps, position_of
from guiyan.packs.flow_acts import ActName

# Stands in for the reason that will be typed: an offer is not refused because nothing is typed yet.
TO_BE_TYPED = "…"


@dataclass(frozen=True)
class VerbOffer:
    """A verb the state allows. `reason_if_not`: why this person can't do it now; show it beside the disabled button."""

    verb: str
    label: str
    reason_if_not: str
    permission: str | None
    needs_reason: bool
    back: bool = False
    undoes: str = ""

    @property
    def allowed(self) -> bool:
        return not self.reason_if_not


def allowed_verbs(obj: Flowed, actor: Actor) -> list[VerbOffer]:
    """The verbs from this state that people do; whether the actor holds the permission is for the caller to see."""
    flow, ref = flow_of(obj), ref_of(obj)
    with entered(Scope.system()):
        position = position_of(ref, obj.state, obj)
    offers: list[VerbOffer] = []
    for name in flow.verbs_from(obj.state):
        verb = flow.verbs[name]
        if verb.automatic:
            continue
        no = refusal(
            flow,
            name,
            position,
            persons=frozenset(actor.persons),
            is_owner=is_owner(ref, actor),
            is_holder=is_holder(obj, actor),
            today=calendar.today(),
            reason=TO_BE_TYPED,
            facts=None,
            holds=holder(flow),
        )
        # What can't be taken back any more is not offered; nor is a second time of what is done once.
        if no is None or no.code not in ("already_done", "not_last", "not_yours"):
            offers.append(
                VerbOffer(
                    name,
                    verb.label,
                    no.message if no else "",
                    verb.permission,
                    verb.reason == "required",
                    verb.back,
                    verb.undoes or "",
                )
            )
    return offers


def history(obj: Flowed) -> list[WorkflowLog]:
    """What happened, oldest first."""
    return list(WorkflowLog.objects.filter(**ref_of(obj).key()).order_by("id"))


def steps(obj: Flowed) -> list[StepRow]:
    """Each parallel step in its last round, in order."""
    return latest_steps(ref_of(obj))


def allowed_acts(obj: Flowed, actor: Actor) -> dict[ActName, str]:
    """What may be done beside the way in this state → why this actor can't do it now; empty text where they may."""
    flow, ref = flow_of(obj), ref_of(obj)
    names = [name for name, act in flow.acts.items() if obj.state in act.states]
    if not names:
        return {}
    with entered(Scope.system()):
        position = position_of(ref, obj.state, obj)
    offers: dict[ActName, str] = {}
    for name in names:
        no = act_refusal(
            flow,
            name,
            position,
            is_owner=is_owner(ref, actor),
            is_holder=is_holder(obj, actor),
            today=calendar.today(),
            reason=TO_BE_TYPED,
            calendar=calendar.calendar(),
        )
        offers[name] = no.message if no else ""
    return offers


def opinions(obj: Flowed) -> list[OpinionRow]:
    """What was asked beside the steps, newest first."""
    return list(OpinionRow.objects.filter(**ref_of(obj).key()).order_by("-id"))


def clocks(obj: Flowed) -> list[ClockView]:
    """Every clock of the flow in its order, in its last run; those that never ran say 未开始."""
    ran = {clock.id: clock for clock in clocks_of(type(obj), [obj.pk]).get(obj.pk, [])}
    declared = flow_of(obj).clocks
    return [ran.get(name) or not_started(name, clock.label, clock.days) for name, clock in declared.items()]


def clocks_of(model: type[Flowed], ids: Iterable[int]) -> dict[int, list[ClockView]]:
    """The clocks that ran, of many objects at once, each in its last run: three queries for a whole list."""
    rows = ClockRow.objects.filter(object_type=object_type_of(model), object_id__in=list(ids))
    latest: dict[tuple[int, str], ClockRow] = {}
    for row in rows.order_by("round").prefetch_related("pauses"):
        latest[row.object_id, row.clock] = row
    today, working = calendar.today(), calendar.calendar()
    found: dict[int, list[ClockView]] = defaultdict(list)
    for row in latest.values():
        pauses = sorted(row.pauses.all(), key=lambda pause: pause.pk)
        found[row.object_id].append(shown(row, pauses, today, working))
    return dict(found)


def shown(row: ClockRow, pauses: Sequence[ClockPause], today: dt.date, working: WorkingCalendar) -> ClockView:
    """The clock counted day by day, or as far as it was settled before the year whose holidays nobody has entered."""
    run = run_of(row, pauses)
    try:
        return view(run, today, working)
    except CalendarYearMissing as missing:
        return uncounted(run, row.due_on, today, missing.message)


def clocks_due_between(start: dt.date, end: dt.date) -> list[tuple[str, int]]:
    """How many running clocks would pass their last day if business time went from `start` to `end`: label, number."""
    with entered(Scope.system()):
        rows = ClockRow.objects.filter(stopped_on=None, due_on__gte=start, due_on__lt=end)
        return list(rows.values("label").annotate(number=Count("id")).order_by("label").values_list("label", "number"))


@dataclass(frozen=True)
class LateClock:
    """A running clock whose last day is over."""

    object_id: int
    clock: str
    round: int
    due_on: dt.date


def late_clocks(model: type[Flowed], today: dt.date) -> Iterator[LateClock]:
    """Every running clock of such objects that is past its last day; one that stands still has none. By index."""
    rows = ClockRow.objects.filter(object_type=object_type_of(model), stopped_on=None, due_on__lt=today)
    for number, clock, round_, due_on in rows.order_by("due_on", "id").values_list(
        "object_id", "clock", "round", "due_on"
    ):
        if due_on is not None:
            yield LateClock(number, clock, round_, due_on)
