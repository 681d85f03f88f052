"""A request for a loan as banks and guarantors get it: the wish, the measure's cap, what they see, the advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guiyan.accounts.models import Unit
from guiyan.accounts.offices import offices_holding
from guiyan.cases import answers, checkers, declared, offices
from guiyan.cases.models import Case
from guiyan.cases.rules import verdict_on
from guiyan.kernel import calendar
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.lending import states as lending_states
from guiyan.lending.actions import Request
from guiyan.lending.actions.referring import PERMISSION
from guiyan.registers import queries as registers


@dataclass(frozen=True)
class Wish:
    """What the applicant asks for; cap_fen: the most the measure allows, 0 where it names no sum."""

    fen: int
    months: int
    cap_fen: int


def is_loan(case: Case) -> bool:
    """Whether a bank's loan is what it ends in."""
    return declared.item_of(case).outcome == "loan"


def wish_of(case: Case) -> Wish:
    """Raises Refused for a case whose form does not say how much and for how long."""
    rule, given = declared.item_of(case).loan_rule, answers.typed_values(case)
    amount, months = given.get(rule.amount), given.get(rule.months)
    if not isinstance(amount, int) or not isinstance(months, int):
        raise Refused("申请表没有写想贷多少、贷多久，请先补上。", "wish")
    return Wish(amount * 100, months, declared.benefit_fen(declared.measure_of(case), declared.day_of(case)))


def lenders_for(case: Case, role: str) -> list[Unit]:
    """Banks or guarantors of the place, its county and the city with somebody to answer, the nearest first."""
    places = offices.chain(case.region)
    found = [unit for unit in offices_holding(PERMISSION[role], places) if unit.kind == role]
    return sorted(found, key=lambda unit: (places.index(unit.region), unit.code))


def request_for(case: Case, role: str) -> Request:
    """What goes out; only the guarantor is shown the advice on its counter-guarantee."""
    wish = wish_of(case)
    return Request(
        case_ref=case.ref,
        case_number=case.number,
        title=case.title,
        measure=case.measure,
        subject_id=case.subject_id,
        beneficiary_id=case.beneficiary_id,
        borrower=case.beneficiary,
        wish_fen=wish.fen,
        wish_months=wish.months,
        cap_fen=wish.cap_fen,
        region=case.region,
        shown=checkers.shown_to(case),
        advice=advice_on(case) if role == lending_states.GUARANTOR else {},
    )


def advice_on(case: Case) -> dict[str, Any]:
    """What the encouraged measure says of this request, on what registers hold before what the applicant wrote.

    Empty where the item names no such measure, or the measure did not exist on the day of submission.
    """
    pack, rule = declared.pack_of(case), declared.item_of(case).loan_rule
    if not rule.advice:
        return {}
    with entered(Scope.system()):
        held = registers.facts_with_sources(case.subject_id, calendar.today())
    facts = {**answers.facts_given(case), **{row.fact: row.value for row in held if row.value is not None}}
    result, measure = verdict_on(pack, rule.advice, facts, declared.day_of(case)), pack.measures[rule.advice]
    if result.version_from is None:
        return {}
    return {
        "measure": measure.id,
        "title": measure.title,
        "verdict": result.verdict,
        "reasons": [
            {"label": one.label, "verdict": one.verdict, "facts": "；".join(_told(case, facts, one.facts))}
            for one in result.reasons
        ],
        "missing": [pack.facts[name].label for name in result.missing if name in pack.facts],
        "clause": pack.clause_words(measure.clause),
    }


def _told(case: Case, facts: dict[str, object], names: tuple[str, ...]) -> list[str]:
    """Each known fact as a statement: 项目由返乡创业孵化园推荐, 打算申请的创业担保贷款：80,000元."""
    declared_facts, said = declared.pack_of(case).facts, []
    for name in names:
        value, fact = facts.get(name), declared_facts[name]
        if value is None:
            continue
        if fact.type == "bool":
            said.append(fact.told((fact.yes if value else fact.no) or ("是" if value else "否")))
        else:
            words = f"{value:,}{fact.unit}" if isinstance(value, int) else f"{value}{fact.unit}"
            said.append(fact.told(words))
    return said
