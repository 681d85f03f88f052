"""The states of a case and of a batch, as other modules may name them. The flows themselves are pack data."""

from __future__ import annotations

from typing import Final

DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"
SUPPLEMENT: Final = "supplement"
NOT_ACCEPTED: Final = "not_accepted"
CHECKING: Final = "checking"
REVIEWING: Final = "reviewing"
FURTHER_CHECK: Final = "further_check"
APPROVED: Final = "approved"
BATCHED: Final = "batched"
SIGNED: Final = "signed"
NOTICED: Final = "noticed"
HELD: Final = "held"
PAYABLE: Final = "payable"
PAYING: Final = "paying"
RETURNED: Final = "returned"
ACCOUNT_CHECK: Final = "account_check"
PAID: Final = "paid"
CLOSED: Final = "closed"
RECOVERING: Final = "recovering"
RECOVERED: Final = "recovered"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
# Of recognitions.
DECIDABLE: Final = "decidable"
RECOGNISED: Final = "recognised"
# Of demands.
RAISED: Final = "raised"
DISPATCHED: Final = "dispatched"
ANSWERED: Final = "answered"
DECLINED: Final = "declined"
# Of loans.
DECIDING: Final = "deciding"
GRANTED: Final = "granted"
LENT: Final = "lent"
SETTLED: Final = "settled"
NOT_LENT: Final = "not_lent"

LABELS: Final[dict[str, str]] = {
    DRAFT: "草稿",
    SUBMITTED: "已提交",
    SUPPLEMENT: "待补正",
    NOT_ACCEPTED: "不予受理",
    CHECKING: "核验中",
    REVIEWING: "审核中",
    FURTHER_CHECK: "补充核查",
    APPROVED: "待汇总",
    BATCHED: "汇总中",
    SIGNED: "待公示",
    NOTICED: "公示中",
    HELD: "异议处理中",
    PAYABLE: "待拨付",
    PAYING: "拨付中",
    RETURNED: "退票待更正",
    ACCOUNT_CHECK: "新账户待确认",
    PAID: "已拨付",
    CLOSED: "已办结",
    RECOVERING: "追回中",
    RECOVERED: "已追回",
    REFUSED: "不予发放",
    WITHDRAWN: "已撤回",
    DECIDABLE: "待认定",
    RECOGNISED: "已认定",
    RAISED: "待分办",
    DISPATCHED: "待答复",
    ANSWERED: "待评价",
    DECLINED: "不予受理",
    DECIDING: "银行担保审批",
    GRANTED: "待放款",
    LENT: "还款中",
    SETTLED: "已结清",
    NOT_LENT: "未获贷款",
}

TO_CORRECT: Final = "更正收款账户"
"""What is to be done about a payment that came back, wherever it stands."""

REFUSED_RECOGNITION: Final = "不予认定"
"""What `refused` is called where no money was asked for."""

TONES: Final[dict[str, str]] = {
    **dict.fromkeys((SUPPLEMENT, FURTHER_CHECK, HELD, RETURNED, ACCOUNT_CHECK, RECOVERING), "amber"),
    **dict.fromkeys((PAID, CLOSED, RECOGNISED, LENT, SETTLED), "green"),
    **dict.fromkeys((NOT_ACCEPTED, REFUSED, DECLINED, NOT_LENT), "red"),
    **dict.fromkeys((DRAFT, WITHDRAWN, RECOVERED), "plain"),
    NOTICED: "notice",
}
"""How a state is told apart wherever it is shown: waiting, done, refused, over, public. All others are in hand."""

ENDED_WITHOUT_MONEY: Final = (NOT_ACCEPTED, REFUSED, WITHDRAWN, RECOVERED)
"""A case in one of these stands in nobody's way: the same person may apply again."""

OVER: Final = (PAID, CLOSED, RECOGNISED, LENT, SETTLED, NOT_ACCEPTED, REFUSED, DECLINED, NOT_LENT, WITHDRAWN, RECOVERED)
"""No office has anything to do any longer: green, red and grey in a list."""

MAY_ASK_AGAIN: Final = (*ENDED_WITHOUT_MONEY, NOT_LENT, SETTLED)
"""Nothing of the case is left that another request of the same kind would stand beside."""

BEFORE_ACCEPTANCE: Final = (DRAFT, SUBMITTED, SUPPLEMENT)

WITH_THE_BANK: Final = (DECIDING, GRANTED)
"""A bank and a guarantor were asked for the loan, and it is not paid out yet."""

WITH_ENTITLEMENT: Final = (
    APPROVED,
    BATCHED,
    SIGNED,
    NOTICED,
    HELD,
    PAYABLE,
    PAYING,
    RETURNED,
    ACCOUNT_CHECK,
    PAID,
    CLOSED,
    RECOVERING,
)
"""From the review's pass on, the ledger holds one entitlement for the case."""

ON_ITS_WAY: Final = (SIGNED, NOTICED, HELD, PAYABLE, PAYING, RETURNED, ACCOUNT_CHECK, DECIDABLE)
"""From the signature to the money, or to the decision: while one of its lines is there, a batch is not settled."""

IN_A_BATCH: Final = (BATCHED, *ON_ITS_WAY, PAID, CLOSED, RECOVERING, RECOVERED, RECOGNISED)

UNPAID: Final = (RETURNED, ACCOUNT_CHECK, PAYABLE, PAYING, HELD)
"""Approved and in a batch whose payment was asked for, and the money has not arrived."""

BATCH_OPEN: Final = "open"
BATCH_RECHECKED: Final = "rechecked"
BATCH_SIGNED: Final = "signed"
BATCH_BEFORE_SIGNATURE: Final = (BATCH_OPEN, BATCH_RECHECKED)
BATCH_NOTICED: Final = "noticed"
BATCH_CLEARED: Final = "cleared"
BATCH_PAYING: Final = "paying"
BATCH_DECIDING: Final = "deciding"
BATCH_SETTLED: Final = "settled"
BATCH_CANCELLED: Final = "cancelled"

BATCH_STAGE_DONE: Final = (BATCH_OPEN, BATCH_RECHECKED, BATCH_SIGNED, BATCH_CLEARED, BATCH_SETTLED)
"""In these the stage named after the state is over, and the next one's people are waited for."""

BATCH_TONES: Final[dict[str, str]] = {BATCH_NOTICED: "notice", BATCH_SETTLED: "green", BATCH_CANCELLED: "plain"}

BATCH_LABELS: Final[dict[str, str]] = {
    BATCH_OPEN: "汇总中",
    BATCH_RECHECKED: "已复核",
    BATCH_SIGNED: "已签批",
    BATCH_NOTICED: "公示中",
    BATCH_CLEARED: "公示期满",
    BATCH_PAYING: "拨付中",
    BATCH_DECIDING: "认定中",
    BATCH_SETTLED: "已办结",
    BATCH_CANCELLED: "已取消",
}
