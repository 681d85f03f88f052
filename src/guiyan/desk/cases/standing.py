"""Where a case stands when it waits for others: for whom or what it waits, and what comes after."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from guiyan.cases import queries, states
from guiyan.cases.materials import ACCOUNT
from guiyan.cases.queries import CasePage
from guiyan.kernel.calendar import long_day, short_day
from guiyan.ledger import queries as ledger


@dataclass(frozen=True)
class Standing:
    """tone: how the callout looks; verb and href lead to where it goes on, if anywhere."""

    tone: str
    title: str
    words: str
    verb: str = ""
    href: str = ""


PLAIN: dict[str, Standing] = {
    states.APPROVED: Standing("blue", "等待汇总", "审核已通过。汇总人把它编入一批，再由别人复核、签批。"),
    states.SIGNED: Standing("blue", "等待公示", "批次已签批，公示马上自动发布。"),
    states.PAYABLE: Standing("blue", "等待申请拨付", "公示期满没有未处理的异议，由主办单位在批次里申请拨付。"),
    states.PAYING: Standing("blue", "等财政回执", "已向财政部门申请拨付，导入财政结果以后自动更新。"),
    states.PAID: Standing("green", "钱已到账", "这件不用再办。发现不该发的，由主办单位开始追回。"),
    states.RECOVERING: Standing("amber", "正在追回", "等财政部门登记入库回单，登记以后自动办结。"),
    states.DECIDABLE: Standing("blue", "等待认定", "公示期满没有未处理的异议，由认定人在批次里作出认定。"),
    states.GRANTED: Standing("blue", "等银行放款", "银行和担保机构都同意了。申请人到银行签合同，放款以后转到还款。"),
    states.NOT_LENT: Standing("plain", "这次没有贷到", "原因已告诉申请人。本人以后可以重新申请。"),
    states.WITHDRAWN: Standing("plain", "申请人已撤回", "不再办理。本人以后可以重新申请。"),
}


def standing(page: CasePage) -> Standing | None:
    """None while an officer has something to do in the action bar and nothing holds the case up."""
    case = page.case
    if case.paused_reason:
        return Standing("amber", "时限已暂停", f"{case.paused_reason}。办理时间不往下走。")
    if case.state == states.CHECKING:
        return _checking(page)
    if case.state == states.DECIDING:
        return _deciding(page)
    if case.state in (states.LENT, states.SETTLED):
        return _lent(page)
    if case.state == states.RETURNED:
        return _returned(page)
    if case.state == states.ACCOUNT_CHECK:
        return _account_check(page)
    if case.state == states.RECOGNISED:
        return _recognised(page)
    if case.state in (states.BATCHED, states.NOTICED, states.HELD):
        return _in_batch(page)
    return PLAIN.get(case.state)


def _checking(page: CasePage) -> Standing | None:
    waiting = [check.unit.short_name or check.unit.name for check in page.checks if not check.result]
    if not waiting:
        return None
    return Standing("blue", "等核验单位回复", f"还差{'、'.join(waiting)}。都回复以后自动转到审核。")


def _deciding(page: CasePage) -> Standing:
    asked = reversed(queries.referrals_of(page.case))
    waiting = [row.unit.short_name or row.unit.name for row in asked if not row.decision]
    return Standing("blue", "等银行和担保机构答复", f"还差{'、'.join(waiting)}。都同意以后由银行放款。")


def _lent(page: CasePage) -> Standing | None:
    loan = queries.loan_of(page.case)
    if loan is None:
        return None
    href = reverse("loans:page", args=[loan.number])
    if page.case.state == states.SETTLED:
        return Standing("green", "已还清", f"贷款{loan.number}已结清，这件不用再办。", "看贷款", href)
    words = f"{loan.bank.name}放款，贷款编号{loan.number}。还款由银行每月报来。"
    return Standing("green", "已放款，正在还款", words, "看贷款", href)


def _returned(page: CasePage) -> Standing:
    results = [getattr(line, "result", None) for line in ledger.lines_for(page.case.ref)]
    reason = next((one.reason for one in results if one is not None and one.reason), "")
    why = f"财政退票：{reason}。" if reason else "财政退票。"
    return Standing("amber", "等申请人更正收款账户", f"{why}本人或窗口更正以后，在批次里重新申请拨付。")


def _account_check(page: CasePage) -> Standing:
    """Who gave the new account for the applicant, and the picture it is to be compared with."""
    given = next((row.actor_label for row in reversed(page.log) if row.verb == "correct_account"), "")
    words = f"{given}替申请人把收款账户更正为尾号{page.case.account_tail}，由另一人对照照片确认后才能重新申请拨付。"
    cards = [file for row in page.materials if row.id == ACCOUNT for file in row.files]
    if not cards:
        return Standing("amber", "新账户等另一人确认", words)
    href = reverse("cases:material", args=[cards[-1].pk])
    return Standing("amber", "新账户等另一人确认", words, "看新拍的银行卡", href)


def _recognised(page: CasePage) -> Standing:
    """What it became a member as, and the paper that proves it."""
    certificate = page.case.certificate
    words = f"{certificate.member}，编号{certificate.number}，有效期到{long_day(certificate.valid_to)}。"
    href = reverse("cases:certificate", args=[page.case.number])
    return Standing("green", f"已认定为{certificate.title}", words, "看证书", href)


def _in_batch(page: CasePage) -> Standing | None:
    batch = page.batch
    if batch is None:
        return None
    href = reverse("batches:page", args=[batch.number])
    if page.case.state == states.BATCHED:
        return Standing("blue", "等待复核、签批", f"已编入{batch.title}。", "看批次", href)
    until = f"公示到{short_day(batch.notice_until)}" if batch.notice_until else "正在公示"
    if page.case.state == states.HELD:
        title = "有异议，先不拨付" if page.case.measure else "有异议，先不认定"
        return Standing("amber", title, f"{until}。异议处理完以前，这件不往下走，同批其他人不受影响。")
    then = "就可以申请拨付" if page.case.measure else "就可以作出认定"
    return Standing("blue", "正在公示", f"{until}，期满没有异议{then}。", "看批次", href)
