"""What follows from a yes (同意以后), said before the click: batch and notice, money, who is told."""

from __future__ import annotations

from guiyan.cases import declared, states
from guiyan.cases.actions import amount_range
from guiyan.cases.money_words import yuan
from guiyan.cases.queries import CasePage
from guiyan.kernel import calendar, workflow
from guiyan.kernel.calendar import short_day
from guiyan.ledger import queries as ledger
from guiyan.packs import NoticeRule

Effect = tuple[str, str]


def consequences(page: CasePage) -> list[Effect]:
    """Title and words of each consequence; empty when nothing is to be agreed to."""
    if page.case.state == states.SUBMITTED:
        return _of_acceptance(page)
    if page.case.state == states.REVIEWING:
        return _of_approval(page)
    return []


def _of_acceptance(page: CasePage) -> list[Effect]:
    item = declared.item_of(page.case)
    try:
        promised = calendar.calendar().add_working_days(calendar.today(), item.promise_days)
    except calendar.CalendarYearMissing as missing:
        return [("时限", missing.message)]
    checks = [check for check in item.checks.values() if check.unless_held not in page.case.held]
    asked = "、".join(check.label for check in checks)
    days = max((check.days for check in checks), default=0)
    then = "审完资格，送银行" if item.outcome == "loan" else "签批"
    return [
        ("核验", f"同时发起{asked}，限{days}个工作日回复。"),
        ("时限", f"承诺{item.promise_days}个工作日，{short_day(promised)}前{then}。"),
        ("通知", f"告诉{page.case.applicant}已受理，由谁核验、什么时候办完。"),
    ]


def _of_approval(page: CasePage) -> list[Effect]:
    item, case = declared.item_of(page.case), page.case
    if item.outcome == "loan":
        return _of_referral(page)
    effects = []
    if item.batch_flow is not None:
        effects.append(("汇总签批", "列入待汇总名单，由另外的人汇总、复核、签批。"))
    if item.notice is not None:
        effects.append(("公示", _notice_words(item.notice)))
    if item.payment is not None:
        bounds = amount_range(case)
        if bounds is not None:
            effects.append(("资金", f"在{yuan(bounds[0])}到{yuan(bounds[1])}之间审定，按审定的占用。"))
        else:
            effects.append(("资金", f"占用{yuan(case.amount_fen)}，{_budget_words(page, item.payment.account_code)}。"))
    if item.membership is not None:
        register = declared.pack_of(case).registers[item.membership.register_id].label
        effects.append(("认定", f"公示期满没有异议，由认定人作出认定，入{register}，{item.membership.years}年有效。"))
    return [*effects, ("通知", f"告诉{case.applicant}审核通过。")]


def _of_referral(page: CasePage) -> list[Effect]:
    days = workflow.flow_of(page.case).clocks["decision"].days
    return [
        ("审批", f"由选定的银行和担保机构同时审批，限{days}个工作日答复。"),
        ("资金", "钱由银行放，不占用财政资金。"),
        ("通知", f"告诉{page.case.applicant}送给了谁、要不要面谈。"),
    ]


def _notice_words(rule: NoticeRule) -> str:
    kind = "工作日" if rule.day_kind == "working" else "自然日"
    name = "公示全名" if rule.name == "full" else "姓名隐去一字"
    number = "，身份证号隐去中间各位" if rule.id_number == "masked" else ""
    return f"签批后公示{rule.days}个{kind}，{name}{number}。"


def _budget_words(page: CasePage, programme: str) -> str:
    pots = {row.pot: row.balance_fen for row in ledger.pots(programme, page.case.region)}
    left = pots.get("budget", 0) - page.case.amount_fen
    return f"占用后本县预算还余{yuan(left)}" if left >= 0 else "本县预算不够，同意时会被拒绝"
