"""加签: an opinion of a colleague or another unit beside the step. The step waits for those that are required."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from guiyan.cases import checkers
from guiyan.cases import receivers_of_work as work
from guiyan.cases.actions.handing import chosen, who
from guiyan.cases.actions.moving import locked
from guiyan.cases.models import Case
from guiyan.cases.permissions import opinion_is_mine, require_step
from guiyan.kernel import audit, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.kernel.workflow import OpinionRow


@transaction.atomic
def ask_opinion(actor: Actor, *, case: Case, to: str, question: str, due_on: date, required: bool = True) -> OpinionRow:
    """Ask somebody who may be asked; they are shown the statements of the applicant, without account and phone."""
    case = locked(case)
    require_step(actor, case, work.permissions_now(case))
    receiver = chosen(work.for_opinion(case, actor), to)
    row = workflow.ask_opinion(
        case,
        actor=actor,
        to_unit=receiver.unit_id,
        to_user=receiver.user_id,
        to_label=receiver.label,
        title=f"{case.applicant}：{case.title}",
        question=at_most(question, 300, "请对方答复的问题"),
        due_on=due_on,
        required=required,
        shown=checkers.shown_to(case),
    )
    audit.record(actor, "case.consult", case.ref, region=case.region, detail=who(receiver))
    return row


@transaction.atomic
def answer_opinion(actor: Actor, *, opinion: OpinionRow, agrees: bool, answer: str) -> OpinionRow:
    """Give the opinion one was asked for, oneself or for one's unit."""
    if not opinion_is_mine(actor, opinion):
        raise NotFound
    with entered(Scope.system()):
        case = locked(Case.objects.get(pk=opinion.object_id))
        row = workflow.answer_opinion(
            case, opinion, actor=actor, agrees=agrees, answer=at_most(answer, 400, "加签意见")
        )
        audit.record(actor, "case.opinion", case.ref, region=case.region, detail={"agrees": agrees})
    return row


@transaction.atomic
def drop_opinion(actor: Actor, *, opinion: OpinionRow) -> OpinionRow:
    """Take the question back: whoever does the step need not wait any longer."""
    case = locked(Case(pk=opinion.object_id))
    require_step(actor, case, work.permissions_now(case))
    row = workflow.drop_opinion(case, opinion, actor=actor)
    audit.record(actor, "case.unask", case.ref, region=case.region)
    return row
