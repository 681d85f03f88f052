"""What the applicant is told at each turn: what happened, what to do, by when. In-app; one row a message."""

from __future__ import annotations

from datetime import date

from guiyan.cases import declared
from guiyan.cases.models import Case, Certificate, Mandate, Message
from guiyan.cases.money_words import yuan
from guiyan.kernel import calendar
from guiyan.kernel.calendar import long_day, short_day


def tell(case: Case, kind: str, title: str, body: str, *, todo: str = "", due_on: date | None = None) -> Message:
    """Write one message to the applicant of a case."""
    return Message.objects.create(
        subject_id=case.subject_id,
        case=case,
        kind=kind,
        title=title,
        body=body,
        todo=todo,
        due_on=due_on,
        at=calendar.now(),
        region=case.region,
    )


def sentence(words: str) -> str:
    """What an officer wrote, closed so that the next sentence can follow; nothing stays nothing."""
    text = words.strip()
    return text if not text or text[-1] in "。！？；…" else f"{text}。"


def tell_submitted(case: Case, unit_name: str) -> None:
    by = f"{short_day(case.due_on)}前" if case.due_on else "3个工作日内"
    if declared.item_of(case).outcome == "reply":
        body = f"您的“{case.title}”已提交，编号{case.number}。{unit_name}会在{by}转给承办单位。"
        tell(case, "submitted", "诉求已提交", body)
        return
    body = f"您申请的“{case.title}”已提交，编号{case.number}。{unit_name}会在{by}告诉您是否受理。"
    tell(case, "submitted", "申请已提交", body)


def tell_supplement(case: Case, names: list[str], message: str, due_on: date) -> None:
    what = "、".join(names) or "有关内容"
    title = f"请补{what}" if len(names) == 1 else f"请补{len(names)}样：{what}"
    said = "" if message.strip("。 ") == title else sentence(message)
    body = f"{said}{short_day(due_on)}前补交；要补的这次都说全了，补交以前办理时间不往下走。"
    tell(case, "supplement", title[:120], body, todo="去补交", due_on=due_on)


def tell_supplied(case: Case, unit_name: str) -> None:
    by = f"会在{short_day(case.due_on)}前" if case.due_on else "会接着"
    tell(case, "supplied", "补交的材料收到了", f"“{case.title}”补交的内容已收到，{unit_name}{by}告诉您是否受理。")


def tell_due_soon(case: Case, message: str, due_on: date) -> None:
    body = f"{sentence(message)}还没有收到您补交的内容，{short_day(due_on)}是最后一天。"
    tell(case, "supplement_due", f"{short_day(due_on)}前请补交", body, todo="去补交", due_on=due_on)


def tell_accepted(case: Case, unit_names: list[str], promised_on: date | None, under: str = "") -> None:
    who = f"{'、'.join(unit_names)}同时核验。" if unit_names else ""
    loan = declared.item_of(case).outcome == "loan"
    then = "审完资格，再送银行和担保机构" if loan else "办到签批，之后公示"
    by = f"{short_day(promised_on)}前{then}。" if promised_on else ""
    tell(case, "accepted", "已受理", f"您的“{case.title}”已受理。{under}{who}{by}您不用再做什么。")


def tell_taken_back(case: Case, label: str) -> None:
    body = f"“{case.title}”的{label}由经办人撤回，正在重新核对，办理时间照算。结果会告诉您，您不用做什么。"
    tell(case, "taken_back", f"{label}已撤回，正在重新核对", body)


def tell_urged(case: Case, times: int) -> None:
    body = f"已催办“{case.title}”，这是第{times}次，经办人和单位负责人都能看到。每个工作日可以催一次。"
    tell(case, "urged", "已催办", body)


def tell_refused(case: Case, title: str, number: str, reason: str, appeal: str) -> None:
    body = f"{reason}决定书文号：{number}，可以在办件页面查看和打印。{appeal}"
    tell(case, "refused", title, body[:600], todo="看决定书")


def tell_further_check(case: Case, reason: str) -> None:
    tell(case, "further_check", "正在补充核查", f"原因：{reason}这段时间不计入办理时限，您不用做什么。")


def tell_resumed(case: Case) -> None:
    tell(case, "resumed", "补充核查完成", "补充核查已完成，继续审核，办理时间接着算。")


def tell_approved(case: Case) -> None:
    if _recognises(case):
        tell(case, "approved", "审核通过", f"您的“{case.title}”审核通过。接下来列入拟认定名单，签批后公示。")
        return
    body = f"您的“{case.title}”审核通过，{yuan(case.amount_fen)}。接下来汇总、签批，再公示名单。"
    tell(case, "approved", "审核通过", body)


def _recognises(case: Case) -> bool:
    return declared.item_of(case).outcome == "membership"


def tell_noticed(case: Case, until: date) -> None:
    if _recognises(case):
        body = f"拟认定名单公示到{short_day(until)}。没有异议的，公示期满后作出认定。"
        tell(case, "noticed", "正在公示", body)
        return
    tell(case, "noticed", "正在公示", f"发放名单公示到{short_day(until)}。没有异议就向财政申请拨付。")


def tell_held(case: Case) -> None:
    if _recognises(case):
        body = "公示期间有人对这件提出异议，核实以前暂不认定。核实结果会告诉您。"
        tell(case, "held", "收到一条异议，正在核实", body)
        return
    body = f"公示期间有人对这笔{declared.money_word(case)}提出异议，核实以前暂不拨付。核实结果会告诉您。"
    tell(case, "held", "收到一条异议，正在核实", body)


def tell_released(case: Case) -> None:
    then = "作出认定" if _recognises(case) else "向财政申请拨付"
    tell(case, "released", "异议不成立，继续办理", f"异议已核实，不成立。公示期满后{then}。")


def tell_recognised(case: Case, certificate: Certificate) -> None:
    body = (
        f"{certificate.member}已认定为{certificate.title}，编号{certificate.number}，"
        f"有效期到{long_day(certificate.valid_to)}。证书可以在办件页面查看和打印。"
    )
    tell(case, "recognised", f"已认定为{certificate.title}"[:120], body, todo="看证书")


def tell_expiring(certificate: Certificate) -> None:
    case = certificate.case
    what = f"{certificate.member}的{certificate.title}认定（编号{certificate.number}）"
    body = f"{what}{long_day(certificate.valid_to)}到期。要续期的，请在到期以前重新申请。"
    tell(case, "expiring", "认定快到期，可以申请续期", body, todo="申请续期")


def tell_paying(case: Case) -> None:
    where = f"，打到尾号{case.account_tail}的账户" if case.account_tail else ""
    tell(case, "paying", "已向财政申请拨付", f"{yuan(case.amount_fen)}已向财政申请拨付{where}。到账后会告诉您。")


def tell_paid(case: Case) -> None:
    where = f"尾号{case.account_tail}的账户" if case.account_tail else "您的账户"
    tell(case, "paid", f"{yuan(case.amount_fen)}已拨付", f"钱已打到{where}，请查收。三天后还没到账，请联系经办窗口。")


def tell_returned(case: Case, reason: str, due_on: date | None) -> None:
    why = f"银行退回的原因：{reason}。" if reason else ""
    by = f"在{short_day(due_on)}前" if due_on else "尽快"
    body = f"{why}请{by}更正收款账户，更正后重新拨付，不用重新申请。"
    title = f"{declared.money_word(case)}被银行退回，请更正收款账户"
    tell(case, "returned", title, body, todo="更正收款账户", due_on=due_on)


def tell_reissued(case: Case) -> None:
    tell(case, "reissued", "收款账户已更正", f"新账户尾号{case.account_tail}，将重新向财政申请拨付。")


def tell_account_given(case: Case, by: str, phone: str) -> None:
    call = f"打{phone}" if phone else "告诉经办单位"
    body = (
        f"{by}替您把收款账户更正为尾号{case.account_tail}的账户，由另一名工作人员确认后重新拨付。"
        f"不是您本人要求的，请马上{call}，或登录后自己更正。"
    )
    tell(case, "account_given", f"收款账户更正为尾号{case.account_tail}，正在确认", body, todo="核对新账户尾号")


def tell_account_returned(case: Case, reason: str, due_on: date | None) -> None:
    by = f"在{short_day(due_on)}前" if due_on else "尽快"
    body = f"尾号{case.account_tail}的账户没有通过确认，原因：{sentence(reason)}请{by}更正收款账户，更正后重新拨付。"
    tell(case, "returned", "新账户没有通过确认，请更正收款账户", body[:600], todo="更正收款账户", due_on=due_on)


def tell_recovering(case: Case, amount_fen: int, reason: str) -> None:
    body = f"原因：{reason}需要退回{yuan(amount_fen)}。经办人会告诉您怎么退，有不同意见可以向经办单位说明。"
    tell(case, "recovering", f"请退回{yuan(amount_fen)}", body, todo="联系经办窗口")


def tell_recovered(case: Case) -> None:
    tell(case, "recovered", "退款已收到", "退回的钱已收到，这件事办结。")


def tell_mandate(mandate: Mandate, helper: str) -> None:
    """Ask the resident to confirm a mandate; it has no case yet."""
    Message.objects.create(
        subject_id=mandate.subject_id,
        mandate=mandate,
        kind="mandate",
        title=f"请确认：是否委托{helper}代办",
        body=f"{helper}上传了您签字的委托书。是您本人的意思，请确认；不是，请拒绝。不确认就不能代办。",
        todo="去确认",
        at=calendar.now(),
        region=mandate.region,
    )


def tell_dispatched(case: Case, office: str) -> None:
    by = f"，{short_day(case.due_on)}前答复您" if case.due_on else ""
    tell(case, "dispatched", f"已转给{office}"[:120], f"您的诉求（{case.number}）已转给{office}办理{by}。")


def tell_declined(case: Case, reason: str) -> None:
    tell(case, "declined", "这件诉求没有受理", f"原因：{sentence(reason)}")


def tell_answered(case: Case, office: str) -> None:
    by = f"{short_day(case.due_on)}前" if case.due_on else ""
    body = f"{office}已答复您的诉求（{case.number}），答复在办件页面。请您{by}评价；没解决的，可以要求重新办理一次。"
    tell(case, "answered", "已答复，请您评价", body, todo="看答复并评价", due_on=case.due_on)


def tell_asked_again(case: Case, office: str) -> None:
    by = f"，{short_day(case.due_on)}前再答复您" if case.due_on else ""
    tell(case, "asked_again", "已要求重新办理", f"您没解决的事已告诉{office}{by}。")


def tell_unrated(case: Case, days: int) -> None:
    body = f"答复后{days}个工作日没有收到您的评价，这件诉求（{case.number}）办结。还有问题，可以再提。"
    tell(case, "unrated", "诉求已办结", body)
