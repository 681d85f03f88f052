"""One case with everything its page shows. What the actor may not see is not found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guiyan.accounts.permissions import decide, visible
from guiyan.cases import answers, declared, materials, states
from guiyan.cases.models import (
    Batch,
    Case,
    CaseCheck,
    CaseComparison,
    CaseMaterial,
    CaseVerdict,
    Supplement,
    WrittenDecision,
)
from guiyan.cases.permissions import checking_units, is_own
from guiyan.kernel import audit, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import long_day
from guiyan.kernel.errors import NotFound
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.packs.flow_acts import ActName
from guiyan.registers import queries as registers

MOST = 200


@dataclass(frozen=True)
class CasePage:
    """A case as its page shows it."""

    case: Case
    verdict: CaseVerdict | None
    comparisons: list[CaseComparison]
    answers: list[answers.AnswerRow]
    materials: list[materials.MaterialRow]
    checks: list[CaseCheck]
    supplement: Supplement | None
    decision: WrittenDecision | None
    batch: Batch | None
    log: list[WorkflowLog]
    clocks: list[workflow.ClockView]
    offers: list[workflow.VerbOffer]
    acts: dict[ActName, str]
    opinions: list[workflow.OpinionRow]


def case_by_number(actor: Actor, number: str) -> Case:
    """A submitted case by its number, for whoever may see it: an officer of its region, or its applicant."""
    case = visible(actor, "case.view", Case.objects.select_related("unit")).filter(number=number).first()
    if case is None or not number:
        raise NotFound("没有找到这个编号的办件，可能不在您的办理范围内。")
    return case


def case_by_id(actor: Actor, case_id: int) -> Case:
    """Like `case_by_number`, for links kept by other modules (`case:12`); what was never submitted has no page."""
    case = visible(actor, "case.view", Case.objects.select_related("unit")).filter(pk=case_id).first()
    if case is None or not case.number:
        raise NotFound("没有找到这件，可能不在您的办理范围内。")
    return case


def draft_by_id(actor: Actor, case_id: int) -> Case:
    """A case that is still being written or supplemented, for the one who writes it."""
    case = Case.objects.select_related("unit").filter(pk=case_id).first()
    if case is None or not is_mine(actor, case):
        raise NotFound("没有找到这份草稿。")
    return case


def is_mine(actor: Actor, case: Case) -> bool:
    """Whether the actor is its applicant, entered it for her, or serves at the counter its submission went to."""
    if is_own(actor, case.subject_id) or (actor.user_id is not None and case.entered_by_id == actor.user_id):
        return True
    return bool(case.number) and decide(actor, "case.enter", case).allowed


def check_by_id(actor: Actor, check_id: int) -> CaseCheck:
    """A check, for the unit that was asked."""
    check = CaseCheck.objects.select_related("case", "unit").filter(pk=check_id).first()
    if check is None or (actor.kind != "system" and check.unit_id not in checking_units(actor)):
        raise NotFound("没有找到这项核验，可能不是问您的单位。")
    return check


def material_by_id(actor: Actor, material_id: int) -> CaseMaterial:
    """One file of a case the actor may see; a draft's only for those who write it."""
    row = CaseMaterial.objects.select_related("case", "case__unit", "file").filter(pk=material_id).first()
    if row is None or not (is_mine(actor, row.case) or _is_open_to(actor, row.case)):
        raise NotFound("没有找到这份材料。")
    return row


def _is_open_to(actor: Actor, case: Case) -> bool:
    """To an officer's eyes, once it was submitted."""
    return bool(case.number) and decide(actor, "case.view", case).allowed


def supplement_of(case: Case) -> Supplement | None:
    """The one notice of what to add, if it was given."""
    return Supplement.objects.filter(case=case).first()


def unmet_conditions(case: Case) -> list[str]:
    """The conditions that the latest verdict says are not met, as the pack names them."""
    verdict = CaseVerdict.objects.filter(case=case).order_by("-id").first()
    known = declared.conditions(case)
    return (
        [one["condition"] for one in verdict.reasons if one["verdict"] == "no" and one["condition"] in known]
        if verdict
        else []
    )


def facts_by_condition(case: Case) -> dict[str, str]:
    """What the latest verdict found for each condition, told in words: condition -> 名下办过2次注册登记."""
    verdict = CaseVerdict.objects.filter(case=case).order_by("-id").first()
    if verdict is None:
        return {}
    facts = {row["fact"]: row for row in verdict.facts}
    return {
        reason["condition"]: "；".join(fact_told(case, facts[name]) for name in reason["facts"] if name in facts)
        for reason in verdict.reasons
    }


def checks_for(actor: Actor, *, answered: bool = False) -> list[CaseCheck]:
    """What the actor's units are asked: what waits, what is due first on top; or what they answered, newest first."""
    rows = CaseCheck.objects.filter(unit_id__in=checking_units(actor)).select_related("unit")
    if answered:
        return list(rows.exclude(result__in=("", CaseCheck.DROPPED)).order_by("-answered_at", "-id")[:MOST])
    return list(rows.filter(result="", case__state=states.CHECKING).order_by("due_on", "id")[:MOST])


def reveal_answer(actor: Actor, case: Case, field: str) -> tuple[str, str]:
    """Label and full value of a secret field; logged. What a register holds is revealed and logged by it."""
    declared_field = declared.form_of(case).fields.get(field)
    if declared_field is None or not answers.is_secret(declared_field):
        raise NotFound("没有这一栏。")
    if field in case.held and declared_field.prefill and "." in declared_field.prefill:
        column = declared_field.prefill.partition(".")[2]
        return declared_field.label, registers.reveal(
            actor,
            case.subject_id,
            column,
            f"办件{case.number}",
            through=decide(actor, "person.reveal", case).allowed,
        )
    audit.record_read(actor, f"case.{field}", [case.ref], f"办件{case.number}")
    return declared_field.label, str(answers.answers_of(case).get(field, ""))


def fact_words(case: Case, row: Mapping[str, Any]) -> str:
    """The value of a fact as people read it: 是, 1, 2026年1月20日."""
    value = row.get("value")
    fact = declared.pack_of(case).facts.get(str(row.get("fact")))
    if value is None or fact is None:
        return "不知道" if value is None else str(value)
    if fact.type == "bool":
        return (fact.yes or "是") if value == "true" else (fact.no or "否")
    if fact.type == "list" and fact.codes:
        return "、".join(fact.codes.get(one, one) for one in str(value).split("、") if one) or "没有"
    if fact.type == "date":
        return long_day(date.fromisoformat(str(value)))
    return f"{fact.codes.get(str(value), str(value))}{fact.unit}"


def fact_told(case: Case, row: Mapping[str, Any]) -> str:
    """A fact as a statement: 是返乡人员, 名下办过1次注册登记. Without a value: 不知道."""
    fact = declared.pack_of(case).facts.get(str(row.get("fact")))
    words = fact_words(case, row)
    return fact.told(words) if fact is not None and row.get("value") is not None else f"{row['label']}：{words}"


def case_page(actor: Actor, case: Case) -> CasePage:
    """Everything about one case, in a fixed number of queries."""
    compared = list(CaseComparison.objects.filter(case=case).order_by("-compared_at", "list_id")[:20])
    latest = [one for one in compared if one.compared_at == compared[0].compared_at]
    line = case.batch_lines.filter(removed_at=None).select_related("batch").first()
    return CasePage(
        case=case,
        verdict=CaseVerdict.objects.filter(case=case).order_by("-id").first(),
        comparisons=latest,
        answers=answers.answer_rows(case),
        materials=materials.rows(case),
        checks=list(
            CaseCheck.objects.filter(case=case)
            .exclude(result=CaseCheck.DROPPED)
            .select_related("unit")
            .order_by("-round", "id")
        ),
        supplement=Supplement.objects.filter(case=case).first(),
        decision=WrittenDecision.objects.filter(case=case).first(),
        batch=line.batch if line else None,
        log=list(workflow.history(case)),
        clocks=list(workflow.clocks(case)),
        offers=list(workflow.allowed_verbs(case, actor)),
        acts=workflow.allowed_acts(case, actor),
        opinions=workflow.opinions(case),
    )
