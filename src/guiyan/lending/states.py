"""What a loan, its ways of repayment and the answers of banks and guarantors are called.

How a loan stands is never stored as a state: it follows from its rows (`Loan.standing_on`).
"""

from __future__ import annotations

from typing import Final

EQUAL_INSTALMENTS: Final = "equal-instalments"
EQUAL_PRINCIPAL: Final = "equal-principal"
INTEREST_MONTHLY: Final = "interest-monthly"
INTEREST_QUARTERLY: Final = "interest-quarterly"
AT_END: Final = "at-end"
METHODS: Final[dict[str, str]] = {
    EQUAL_INSTALMENTS: "等额本息，按月还",
    EQUAL_PRINCIPAL: "等额本金，按月还",
    INTEREST_MONTHLY: "按月付息，到期还本",
    INTEREST_QUARTERLY: "按季付息，到期还本",
    AT_END: "到期一次还本付息",
}

BY_MONTH: Final = "month"
BY_DAY: Final = "day"
BASES: Final[dict[str, str]] = {BY_MONTH: "按月计息（年利率的十二分之一）", BY_DAY: "按天计息（一年按360天）"}

BANK: Final = "bank"
GUARANTOR: Final = "guarantor"
ROLES: Final[dict[str, str]] = {BANK: "银行", GUARANTOR: "担保机构"}

APPROVED: Final = "approved"
DECLINED: Final = "declined"
WITHDRAWN: Final = "withdrawn"
DECISIONS: Final[dict[str, str]] = {APPROVED: "同意", DECLINED: "不同意", WITHDRAWN: "已撤回"}

WAIVED: Final = "waived"
REQUIRED: Final = "required"
COUNTER_GUARANTEE: Final[dict[str, str]] = {WAIVED: "免除反担保", REQUIRED: "要求反担保"}

REPAID: Final = "repaid"
EARLY: Final = "early"
CLAIMED: Final = "claimed"
KINDS: Final[dict[str, str]] = {REPAID: "还款", EARLY: "提前还款", CLAIMED: "担保代偿"}
"""Of a repayment, as the bank states it. What a guarantor pays is no repayment by the borrower."""

CURRENT: Final = "current"
OVERDUE: Final = "overdue"
CLAIM_OPEN: Final = "claim-open"
CLAIM_PAID: Final = "claim-paid"
SETTLED: Final = "settled"
STANDINGS: Final[dict[str, str]] = {
    CURRENT: "正常还款",
    OVERDUE: "逾期",
    CLAIM_OPEN: "申请代偿",
    CLAIM_PAID: "已代偿",
    SETTLED: "已结清",
}
TONES: Final[dict[str, str]] = {
    CURRENT: "blue",
    OVERDUE: "red",
    CLAIM_OPEN: "amber",
    CLAIM_PAID: "amber",
    SETTLED: "green",
}
