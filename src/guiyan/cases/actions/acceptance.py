"""Before the work begins: what to add (asked once), acceptance, refusal to accept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import declared, states
from guiyan.cases import materials as materials_of
from guiyan.cases.actions.checking import ask_units, questions
from guiyan.cases.actions.comparing import compare_again
from guiyan.cases.actions.deciding import write_decision
from guiyan.cases.actions.moving import locked, move, refuse_if_blocked
from guiyan.cases.actions.telling import tell_accepted, tell_refused, tell_supplement
from guiyan.cases.delegated import by_delegation, delegated_words
from guiyan.cases.models import Case, Supplement
from guiyan.cases.permissions import require_competence
from guiyan.kernel import calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import short_day
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import at_most


@transaction.atomic
def request_supplement(
    actor: Actor,
    *,
    case: Case,
    materials: Sequence[str] = (),
    fields: Sequence[str] = (),
    message: str,
    due_on: date,
) -> Supplement:
    """Tell the applicant, once, everything that is to be added before acceptance (一次性告知补正).

    due_on: by when. A second request is refused: what turns up later is a further check.
    """
    require(actor, "case.accept", case)
    case = locked(case)
    require_competence(actor, "case.accept", case)
    if Supplement.objects.filter(case=case).exists():
        raise Refused("补正只能一次性告知，这件已经告知过。受理以后需要再查的，用补充核查。", "supplement-once")
    message = at_most(message, 400, "要补什么")
    if not message:
        raise Refused("请写明要补什么、怎么补。", "message")
    names = declared.names(case, materials, fields)
    if not names:
        raise Refused("请选出要补的材料或要改的栏目。", "nothing-to-add")
    if due_on <= calendar.today():
        raise Refused("补交期限应在今天之后。", "due")
    supplement = Supplement.objects.create(
        case=case,
        materials=list(materials),
        fields=list(fields),
        message=message.strip(),
        due_on=due_on,
        asked_at=calendar.now(),
        asked_by_id=actor.user_id,
        region=case.region,
        subject_id=case.subject_id,
    )
    moved = move(actor, case, "request_supplement", reason=message.strip())
    tell_supplement(moved, names, supplement.message, due_on)
    return supplement


@transaction.atomic
def accept_case(actor: Actor, *, case: Case, opinion: str = "") -> Case:
    """Accept: the promise starts to run and every unit of the item's checks is asked at the same moment."""
    require(actor, "case.accept", case)
    case = locked(case)
    under = require_competence(actor, "case.accept", case)
    lacking = materials_of.lacking(case)
    if lacking:
        raise Refused(f"还缺{'、'.join(lacking)}，不能受理。请一次性告知补正。", "materials")
    compare_again(case)
    case.accepted_by_id, case.accepted_for_id, case.accepted_under = actor.user_id, actor.stands_in_for, under
    case.save(update_fields=["accepted_by_id", "accepted_for_id", "accepted_under"])
    asked = questions(case)
    by = delegated_words(under) if under else ""
    moved = move(actor, case, "accept", reason=opinion.strip(), steps=[one.step for one in asked], on_behalf=by)
    ask_units(moved, asked)
    promised = next((clock.due_on for clock in workflow.clocks(moved) if clock.id == "promise"), None)
    units = [one.unit.short_name or one.unit.name for one in asked]
    tell_accepted(moved, units, promised, by_delegation(under) if under else "")
    return moved


@transaction.atomic
def refuse_acceptance(actor: Actor, *, case: Case, reason: str) -> Case:
    """Do not accept, with a written decision: outside this item or this office, or nothing was added in time."""
    require(actor, "case.accept", case)
    case = locked(case)
    under = require_competence(actor, "case.accept", case)
    if case.state == states.SUPPLEMENT and calendar.today() <= case.supplement.due_on:
        raise Refused(f"补交期限到{short_day(case.supplement.due_on)}为止，期满没有补交才能不予受理。", "too_early")
    refuse_if_blocked(actor, case, "refuse_acceptance")
    decision = write_decision(actor, case, kind="not_accepted", grounds=[], reason=reason, under=under)
    by = delegated_words(under) if under else ""
    moved = move(actor, case, "refuse_acceptance", reason=reason.strip(), on_behalf=by)
    tell_refused(moved, "不予受理", decision.number, decision.reason, declared.appeal_words(decision.appeal))
    return moved
