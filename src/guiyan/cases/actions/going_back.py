"""退回 to an earlier step with the reason, and 撤回 of one's own last step: as the flow declares them."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import states
from guiyan.cases.actions.checking import Question, ask_units, drop_round, questions
from guiyan.cases.actions.moving import locked, move
from guiyan.cases.actions.telling import tell_taken_back
from guiyan.cases.models import Case
from guiyan.cases.permissions import require_competence
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.ledger import actions as ledger
from guiyan.packs.flow import Verb


@transaction.atomic
def return_case(actor: Actor, *, case: Case, verb: str, reason: str) -> Case:
    """Send the case back to an earlier step. Money held for it is given back, units are asked anew where it leads."""
    case, declared = _ready(actor, case, verb)
    if not declared.back:
        raise NotFound
    reason = at_most(reason, 400, "退回的理由")
    asked: list[Question] = questions(case) if _opens_steps(declared) else []
    moved = _moved(actor, case, verb, declared, reason, asked)
    if asked:
        ask_units(moved, asked)
    return moved


def return_to_checks(actor: Actor, *, case: Case, reason: str) -> Case:
    """Send a case under review back to the checking units, with what is to be looked at again."""
    return return_case(actor, case=case, verb="return_to_checks", reason=reason)


@transaction.atomic
def take_back(actor: Actor, *, case: Case, verb: str, reason: str = "") -> Case:
    """Undo one's own last step while nobody has done anything since; the applicant is told where she was told of it."""
    case, declared = _ready(actor, case, verb)
    if not declared.undoes:
        raise NotFound
    undone = workflow.flow_of(case).verbs[declared.undoes]
    moved = _moved(actor, case, verb, declared, at_most(reason, 400, "撤回的理由"), [])
    if any(effect.do == "close_steps" for effect in declared.effects):
        with entered(Scope.system()):
            drop_round(moved)
    if declared.undoes == "accept":
        moved.accepted_by_id, moved.accepted_for_id, moved.accepted_under = None, None, None
        moved.save(update_fields=["accepted_by_id", "accepted_for_id", "accepted_under"])
    if not undone.back:
        tell_taken_back(moved, undone.label)
    return moved


def _ready(actor: Actor, case: Case, verb: str) -> tuple[Case, Verb]:
    """The case, locked, and the verb of its flow, which this actor's post may do."""
    declared = workflow.flow_of(case).verbs.get(verb)
    if declared is None or declared.permission is None:
        raise NotFound
    require(actor, declared.permission, case)
    case = locked(case)
    if declared.permission in ("case.accept", "case.review"):
        require_competence(actor, declared.permission, case)
    return case, declared


def _moved(actor: Actor, case: Case, verb: str, declared: Verb, reason: str, asked: list[Question]) -> Case:
    held = case.state in states.WITH_ENTITLEMENT and declared.to not in states.WITH_ENTITLEMENT
    moved = move(actor, case, verb, reason=reason, steps=[one.step for one in asked])
    if held:
        with entered(Scope.system()):
            ledger.void_entitlement(actor, case_ref=moved.ref, reason=declared.label)
    return moved


def _opens_steps(verb: Verb) -> bool:
    return any(effect.do == "open_steps" for effect in verb.effects)
