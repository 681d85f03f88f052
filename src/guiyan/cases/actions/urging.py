"""催办: once a working day, by the applicant or an officer; whoever has it in hand and their superior see it."""

from __future__ import annotations

from django.db import transaction

from guiyan.cases import states
from guiyan.cases.actions.moving import behalf, locked
from guiyan.cases.actions.telling import tell_urged
from guiyan.cases.models import Alert, Case, CaseCheck
from guiyan.cases.permissions import is_own, may_urge
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most

MOST_WORDS = 200


@transaction.atomic
def urge_case(actor: Actor, *, case: Case, words: str = "") -> int:
    """Urge, and bring it to everybody's attention in whose hands it is; how often it was urged by now."""
    if actor.kind != "system" and not may_urge(actor, case):
        raise NotFound
    case = locked(case)
    words = at_most(words, MOST_WORDS, "催办的话").strip()
    own = is_own(actor, case.subject_id)
    times = workflow.urge(case, actor=actor, words=words, on_behalf="" if own else behalf_of_officer(actor, case))
    with entered(Scope.system()):
        for unit_id, label in in_whose_hands(case):
            Alert.objects.create(
                case=case,
                kind="urge",
                clock=case.state,
                round=times,
                label=label,
                unit_id=unit_id,
                due_on=case.due_on,
                words=words,
                by_label="申请人" if own else actor.label,
                at=calendar.now(),
                region=case.region,
            )
        if own:
            tell_urged(case, times)
    audit.record(actor, "case.urge", case.ref, region=case.region, detail={"times": times})
    return times


def behalf_of_officer(actor: Actor, case: Case) -> str:
    """The counter urges for the applicant; officers of the office urge on their own."""
    return behalf(actor, case) if actor.user_id == case.entered_by_id else ""


def in_whose_hands(case: Case) -> list[tuple[int, str]]:
    """Unit and what it is to do: each unit whose check is out, else the one that has the case."""
    if case.state == states.CHECKING:
        waiting = CaseCheck.objects.filter(case=case, result="").order_by("unit_id", "id")
        return [(check.unit_id, check.label) for check in waiting]
    return [(case.handler_unit_id or case.unit_id, case.state_label)]
