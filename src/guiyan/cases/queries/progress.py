"""Progress for anybody with the number or the code: how far it is, and of the person only a masked name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from guiyan.cases import states
from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel import crypto, workflow
from guiyan.kernel.calendar import short_day
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow import Flowed

PURPOSE = "case.progress"
NO_MORE = "不再办理"


@dataclass(frozen=True)
class ProgressStep:
    """state: done, current, paused, stopped or todo."""

    title: str
    state: str
    note: str


@dataclass(frozen=True)
class Progress:
    """What is shown in public about a case."""

    number: str
    title: str
    unit: str
    applicant_masked: str
    state: str
    since: date
    due_on: date | None
    paused_reason: str
    steps: list[ProgressStep]


def progress_token(case: Case) -> str:
    """The signed text of the progress code: it opens the public progress of this case and nothing else."""
    return crypto.sign(PURPOSE, case.number)


def public_progress(token: str) -> Progress:
    """The progress behind a signed code. NotFound when the code was not made here."""
    number = crypto.verify(PURPOSE, token)
    if not number:
        raise NotFound("进度码不对或已失效，请核对后再试。")
    return _progress(number)


def progress_by_number(number: str, applicant: str) -> Progress:
    """The progress by number, asked together with the applicant's name so that numbers cannot be tried out."""
    with entered(Scope.system()):
        known = Case.objects.filter(number=number.strip().upper(), applicant=applicant.strip()).exists()
    if not known or not number.strip():
        raise NotFound("编号和姓名对不上，请核对后再查。")
    return _progress(number.strip().upper())


def _progress(number: str) -> Progress:
    with entered(Scope.system()):
        case = Case.objects.select_related("unit").filter(number=number).first()
        if case is None:
            raise NotFound("没有找到这个编号的办件。")
        return progress_of(case)


def progress_of(case: Case) -> Progress:
    """What is shown in public about one case, with its unit at hand."""
    return Progress(
        number=case.number,
        title=case.title,
        unit=case.unit.short_name or case.unit.name,
        applicant_masked=case.applicant if case.for_firm else masked_name(case.applicant),
        state=workflow.flow_of(case).states[case.state].shown_to_applicant(),
        since=localtime(case.state_since).date(),
        due_on=case.due_on,
        paused_reason=case.paused_reason,
        steps=progress_steps(case),
    )


def masked_name(name: str) -> str:
    """张*明, 李*."""
    return name[:1] + "*" + (name[-1:] if len(name) > 2 else "")


def progress_steps(case: Case) -> list[ProgressStep]:
    """The stages of the flow with how far the case is: the day one began, or ended once it is done."""
    over = (states.CLOSED, states.RECOGNISED, states.SETTLED)
    return steps_of(case, case.paused_reason, past=case.state in over)


def steps_of(thing: Flowed, paused_reason: str, *, past: bool = False) -> list[ProgressStep]:
    """The stages of any flow with how far its object is; an object that left the way stops where it was.

    `past`: the stage of its state is done already, the next one is waited for.
    """
    flow, log = workflow.flow_of(thing), workflow.history(thing)
    reached = {row.to_state: row.at for row in log}
    here = flow.stage_of(thing.state)
    names, steps = list(flow.stages), []
    begun = [
        max((reached[one] for one in stage.states if one in reached), default=None) for stage in flow.stages.values()
    ]
    place = names.index(here) + past if here else _left_at(begun)
    for number, (stage, at) in enumerate(zip(flow.stages.values(), begun, strict=True)):
        left = [row.at for row in log if row.from_state in stage.states and row.to_state not in stage.states]
        state = "done" if number < place and at else "current" if number == place else "todo"
        if state == "current":
            state = "stopped" if here is None else "paused" if paused_reason else "current"
        over = here is None and state == "todo"
        steps.append(ProgressStep(stage.label, state, NO_MORE if over else _note(at, left, stage.who, state)))
    return steps


def _left_at(begun: list[datetime | None]) -> int:
    """The last stage that was begun, where a refused or withdrawn object left the way; past the end when all were."""
    last = max((number for number, at in enumerate(begun) if at), default=0)
    return last + 1 if last == len(begun) - 1 else last


def _note(at: datetime | None, left: Sequence[datetime], who: str, state: str) -> str:
    """The day it was left for good, where it is over; else since when it runs."""
    if at is None:
        return who
    if state in ("done", "stopped"):
        return short_day(localtime(left[-1] if left else at).date())
    return f"{who}，{short_day(localtime(at).date())}起"


def checks_of(case: Case) -> list[CaseCheck]:
    """The checks of the latest round, for the applicant's own page."""
    rows = list(
        CaseCheck.objects.filter(case=case)
        .exclude(result=CaseCheck.DROPPED)
        .select_related("unit")
        .order_by("-round", "id")
    )
    return [row for row in rows if row.round == rows[0].round]
