"""A request for a loan at each step, through the same actions as in life."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guiyan.accounts.models import Unit
from guiyan.cases import actions
from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel import calendar
from guiyan.lending import states
from guiyan.lending.models import Loan, Referral
from tests.cases import firms, people

ITEM = "guarantee-loan-person"
BANK, OTHER_BANK, GUARANTOR = "421224-demo-rural-bank", "4212-demo-city-bank", "4212-demo-guarantee"
BANKER, OTHER_BANKER, SURETY = "hejun", "dengfei", "shiyu"
ANSWERS = {
    "is_graduate": "true",
    "main_business": "民宿，8间客房",
    "wish_yuan": "80000",
    "wish_months": "12",
    "purpose": "rent",
    "purpose_words": "翻新客房4间，工料约9万元",
    "repay_from": "客房收入每月约1.5万元",
    "recommended_by_incubator": "false",
    "is_second_startup": "false",
}


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def a_draft(person: people.Person, *, item: str = ITEM, **changed: str) -> Case:
    case = actions.open_draft(person.actor, item=item, subject_id=person.subject_id, entry="self")
    case = actions.save_draft(person.actor, case=case, values={**ANSWERS, **changed})
    actions.add_material(person.actor, case=case, material="id_card", name="id.pdf", content=people.PAPER)
    return case


def submitted(person: people.Person, *, item: str = ITEM, **changed: str) -> Case:
    case = a_draft(person, item=item, **changed)
    return actions.submit_case(person.actor, case=case, token=case.submission_token)


def qualified(person: people.Person, **changed: str) -> Case:
    """Accepted and checked; the second person has not looked yet."""
    case = actions.accept_case(people.as_actor("zhoumin"), case=submitted(person, **changed), opinion="材料齐全")
    for check in CaseCheck.objects.filter(case=case):
        people.answer(check)
    case.refresh_from_db()
    return case


def referred(person: people.Person, *, bank: str = BANK, **changed: str) -> Case:
    return sent_on(qualified(person, **changed), bank=bank)


def sent_on(case: Case, *, bank: str = BANK) -> Case:
    return actions.refer_case(
        people.as_actor("zhengwei"),
        case=case,
        bank_id=unit(bank).pk,
        guarantor_id=unit(GUARANTOR).pk,
        opinion="符合申请条件",
    )


def to(case: Case, role: str) -> Referral:
    """The case's latest request to the bank or the guarantor."""
    return Referral.objects.filter(case_ref=case.ref, role=role).latest("id")


def bank_agrees(case: Case, *, fen: int = 80_000_00, months: int = 12, by: str = BANKER) -> Referral:
    return actions.answer_referral(
        people.as_actor(by),
        referral=to(case, states.BANK),
        approve=True,
        amount_fen=fen,
        rate_percent=Decimal("3.6"),
        months=months,
    )


def surety_agrees(case: Case, counter_guarantee: str = states.WAIVED) -> Referral:
    return actions.answer_referral(
        people.as_actor(SURETY),
        referral=to(case, states.GUARANTOR),
        approve=True,
        counter_guarantee=counter_guarantee,
        reason="贷款不超过10万元",
    )


def granted(person: people.Person, **changed: str) -> Case:
    case = referred(person, **changed)
    bank_agrees(case)
    surety_agrees(case)
    case.refresh_from_db()
    return case


def lent(person: people.Person, *, contract_no: str = "JJ-2026-0001", **changed: str) -> Loan:
    return paid_out(granted(person, **changed), contract_no=contract_no)


def paid_out_earlier(case: Case, *, contract_no: str, on: date) -> Loan:
    """As if the bank had agreed on a day that is long past."""
    agreed = calendar.now() - (calendar.today() - on)
    Referral.objects.filter(case_ref=case.ref).update(decided_at=agreed)
    return paid_out(case, contract_no=contract_no, on=on)


def paid_out(case: Case, *, contract_no: str, on: date | None = None) -> Loan:
    return actions.record_loan(
        people.as_actor(BANKER),
        referral=to(case, states.BANK),
        contract_no=contract_no,
        from_on=on or calendar.today(),
        principal_fen=80_000_00,
        method=states.INTEREST_MONTHLY,
    )


FIRM_ITEM = "guarantee-loan-firm"
FIRM_ANSWERS = {
    "size": "small",
    "is_graduate_led": "true",
    "founder_age_years": "40",
    "main_business": "竹木加工",
    "employees": "12",
    "wish_yuan": "1500000",
    "wish_months": "24",
    "purpose": "equipment",
    "purpose_words": "两台数控开料机，约160万元",
    "repay_from": "每月回款约30万元",
}


def a_firms_request(firm: firms.Firm, *, item: str = FIRM_ITEM, **changed: str) -> Case:
    """Sent by whoever runs the firm."""
    owner = firm.owner
    case = actions.open_draft(owner.actor, item=item, subject_id=owner.subject_id, entry="self", firm=firm.subject_id)
    case = actions.save_draft(owner.actor, case=case, values={**FIRM_ANSWERS, **changed})
    if item != FIRM_ITEM:
        actions.add_material(owner.actor, case=case, material="diploma", name="d.pdf", content=people.PAPER)
    return actions.submit_case(owner.actor, case=case, token=case.submission_token)


def a_firms_loan(firm: firms.Firm, *, item: str = FIRM_ITEM, contract_no: str = "JJ-2026-0101", fen: int) -> Loan:
    """From the request to the money, as the bank and the guarantor agree to it."""
    case = sent_on(firms.checked(a_firms_request(firm, item=item)))
    bank_agrees(case, fen=fen, months=24)
    surety_agrees(case, states.REQUIRED)
    return actions.record_loan(
        people.as_actor(BANKER),
        referral=to(case, states.BANK),
        contract_no=contract_no,
        from_on=calendar.today(),
        principal_fen=fen,
        method=states.INTEREST_MONTHLY,
    )
