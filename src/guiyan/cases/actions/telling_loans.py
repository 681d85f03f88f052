"""What the applicant of a loan is told: whom to see, what was agreed, when to repay, what came to nothing and why."""

from __future__ import annotations

from guiyan.accounts.models import Unit
from guiyan.cases.actions.telling import sentence, tell
from guiyan.cases.models import Case
from guiyan.cases.money_words import yuan
from guiyan.kernel import releases
from guiyan.kernel.calendar import long_day, short_day
from guiyan.lending import states
from guiyan.lending.models import Loan, Referral
from guiyan.lending.money_words import percent_words


def tell_referred(case: Case, bank: Unit, guarantor: Unit) -> None:
    by = f"，{short_day(case.due_on)}前答复" if case.due_on else ""
    body = (
        f"您的申请已送{bank.name}和{guarantor.name}审批{by}。"
        f"银行可能请您带身份证、营业执照去面谈{_phone(bank)}。贷不贷、贷多少由银行和担保机构决定。"
    )
    tell(case, "referred", "资格审核通过，已送银行", body)


def _phone(unit: Unit) -> str:
    declared = releases.current().units.get(unit.code)
    return f"，电话{declared.phone}" if declared is not None and declared.phone else ""


def tell_recalled(case: Case, reason: str) -> None:
    tell(case, "recalled", "申请从银行收回，重新安排", f"原因：{sentence(reason)}怎么安排会告诉您，您不用重新申请。")


def tell_not_agreed(case: Case, unit: Unit, reason: str) -> None:
    body = f"{unit.name}没有同意，原因：{sentence(reason)}{case.unit.name}会看能不能换一家，结果会告诉您。"
    tell(case, "not_agreed", f"{unit.short_name or unit.name}没有同意"[:120], body[:600])


def tell_unlent(case: Case, reason: str) -> None:
    body = f"{sentence(reason)}情况有变化的，以后可以重新申请。"
    tell(case, "not_lent", "这次没有贷到", body[:600])


def tell_agreed(case: Case, bank: Referral, guarantor: Referral) -> None:
    surety = "不用另找人反担保" if guarantor.counter_guarantee == states.WAIVED else "要办反担保"
    by = f"{short_day(case.due_on)}前" if case.due_on else ""
    rate = percent_words(bank.rate_percent)
    body = (
        f"{bank.unit.name}同意贷{yuan(bank.amount_fen or 0)}，年利率{rate}，{bank.months}个月；"
        f"{guarantor.unit.name}同意担保，{surety}。请带身份证到银行签合同{_phone(bank.unit)}，银行{by}放款。"
    )
    tell(case, "agreed", f"银行同意贷{yuan(bank.amount_fen or 0)}", body[:600], todo="去银行签合同", due_on=case.due_on)


def tell_paid_out(case: Case, loan: Loan) -> None:
    first = f"第一次还款在{short_day(loan.next_due_on)}。" if loan.next_due_on else ""
    subsidy = "按时还的，财政按季度补贴一部分利息。" if loan.subsidy_percent else ""
    body = (
        f"{loan.bank.name}放款{yuan(loan.principal_fen)}，{long_day(loan.to_on)}到期，{loan.method_label}。"
        f"{first}{subsidy}每期还多少在办件页面看。"
    )
    tell(case, "paid_out", f"{yuan(loan.principal_fen)}已放款", body[:600])


def tell_settled(case: Case) -> None:
    tell(case, "settled", "贷款已还清", "银行报来最后一笔本金，这笔贷款还清了，这件事办结。")
