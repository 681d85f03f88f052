"""Parallel checks (并联核验): each unit is asked one thing and shown only what it needs to answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.cases import checkers, declared, offices, states
from guiyan.cases.actions.moving import locked, renew_due
from guiyan.cases.models import Case, CaseCheck
from guiyan.cases.permissions import refuse_own, require_checker
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.kernel.workflow import StepSpec
from guiyan.packs.item import Check


@dataclass(frozen=True)
class Question:
    """One check of the item with the unit that answers it for this case."""

    check: Check
    name: str
    unit: Unit

    @property
    def step(self) -> StepSpec:
        return StepSpec(self.name, self.check.label, self.unit.pk, self.check.days)


def questions(case: Case) -> list[Question]:
    """Whom the item's checks are put to, but for those a register has answered already.

    Refused when the city declares no such unit for the place.
    """
    checks = declared.item_of(case).checks
    return [
        Question(check, name, offices.unit_for(check.unit_kind, case.region, check.level))
        for name, check in checks.items()
        if check.unless_held not in case.held
    ]


def ask_units(case: Case, asked: Sequence[Question]) -> None:
    """Write the questions down, with what each unit is shown; the gate has opened the steps."""
    number, now = checkers.round_of(case) + 1, calendar.now()
    for one in asked:
        CaseCheck.objects.create(
            case=case,
            check_id=one.name,
            round=number,
            label=one.check.label,
            asks=list(one.check.asks),
            shown=checkers.shown_to(case),
            case_number=case.number,
            case_title=case.title,
            applicant=case.applicant,
            unit=one.unit,
            opened_at=now,
            due_on=calendar.calendar().add_working_days(now.date(), one.check.days),
            region=case.region,
            subject_id=case.subject_id,
        )


@transaction.atomic
def record_check(actor: Actor, *, check: CaseCheck, result: str, note: str = "") -> CaseCheck:
    """Answer one check; the last answer of a round moves the case on to review by itself.

    result: true (属实), differs (不一致) or not_found (查不到); anything but true needs a note.
    """
    require_checker(actor, check)
    refuse_own(actor, [check.subject_id], "核验")
    # The checker's unit does not handle the case itself, so what follows from the answer is the system's doing.
    with entered(Scope.system()):
        case = locked(check.case)
        row = CaseCheck.objects.select_for_update(of=("self",)).filter(pk=check.pk).first()
        if row is None:
            raise NotFound
        require_checker(actor, row)
        _refuse_wrong_answer(case, row, result, note)
        row.result, row.note = result, note.strip()
        row.answered_at, row.answered_by_id, row.answered_by_label = calendar.now(), actor.user_id, actor.label
        row.save(update_fields=["result", "note", "answered_at", "answered_by_id", "answered_by_label"])
        audit.record(actor, "case.check", f"check:{row.pk}", region=row.region, detail={"result": result})
        outcome = "passed" if result == "true" else "failed"
        workflow.finish_step(case, row.check_id, actor=actor, result=outcome, said=row.result_label, note=row.note)
        renew_due(case)
    return row


def _refuse_wrong_answer(case: Case, check: CaseCheck, result: str, note: str) -> None:
    if check.result == CaseCheck.DROPPED:
        raise Refused("这一轮核验已经撤回，不用再回复。", "not-checking")
    if check.result:
        raise Refused("这一项已经回复过，不能改。需要重新核验的，由审核人退回核验。", "answered")
    if case.state != states.CHECKING or checkers.round_of(case) != check.round:
        raise Refused("这件已经不在核验中，不用再回复。", "not-checking")
    if result not in dict(CaseCheck.RESULTS):
        raise Refused("请选属实、不一致或查不到。", "result")
    at_most(note, 500, "核验说明")
    if result != "true" and not note.strip():
        raise Refused("不一致或查不到的，请写明情况。", "note")


def drop_round(case: Case) -> None:
    """Nobody needs to answer the round that was taken back."""
    CaseCheck.objects.filter(case=case, result="").update(result=CaseCheck.DROPPED, answered_at=calendar.now())
