"""One's own case as its page shows it: the next step first, then the time, then the way it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from guiyan.cases import queries, states
from guiyan.cases.queries import Case, CaseCheck, CasePage, Message
from guiyan.kernel.calendar import short_day
from guiyan.notices import queries as notices
from guiyan.portal.my.borrowed import borrowed_of
from guiyan.portal.my.timeline import timeline_of

TONES = {
    **dict.fromkeys(("paid", "approved", "recovered", "agreed", "paid_out", "settled"), "green"),
    **dict.fromkeys(("refused", "recovering", "not_lent"), "red"),
}
CHECKED = {"true": ("ok", "属实"), "differs": ("bad", "不一致"), "not_found": ("bad", "查不到")}
BY_THEN = {"promise": "办到签批", "acceptance": "告诉您是否受理", "payment": "拨付", "checks": "核验完"}
BY_THEN_OF_DEMANDS = {"promise": "答复您", "acceptance": "转给承办单位", "rating": "请您评价"}
BY_THEN_OF_LOANS = {
    "promise": "审完资格，送银行和担保机构",
    "acceptance": "告诉您是否受理",
    "decision": "银行和担保机构答复",
    "payout": "银行放款",
}
SHOWN_CLOCKS = ("promise", "acceptance", "notice", "payment", "checks", "rating", "decision", "payout")


@dataclass(frozen=True)
class NextStep:
    """What she must do now, or that there is nothing to do."""

    tone: str
    title: str
    text: str
    verb: str = ""
    href: str = ""
    icon: str = ""


def next_step(page: CasePage, told: Sequence[Message]) -> NextStep:
    """The newest message says it; the state says what can be done about it."""
    case = page.case
    newest = told[0] if told else None
    title = newest.title if newest else case.state_label
    text = newest.body if newest else ""
    if case.state == states.SUPPLEMENT:
        href = reverse("portal:apply-form", args=[case.item, case.pk])
        photo = bool(page.supplement and page.supplement.materials)
        return NextStep("amber", title, text, "拍照补交" if photo else "去补交", href, "camera" if photo else "edit")
    if case.state == states.RETURNED:
        return NextStep("amber", title, text, "更正收款账户", reverse("portal:account", args=[case.number]), "bank")
    if case.state == states.ACCOUNT_CHECK:
        return NextStep("amber", title, text, "改成别的账户", reverse("portal:account", args=[case.number]), "bank")
    if case.state == states.ANSWERED:
        return NextStep("amber", title, text, "去评价", reverse("portal:rate", args=[case.number]), "speech")
    if case.state == states.RECOGNISED:
        href = reverse("portal:certificate", args=[case.number])
        return NextStep("green", title, text, "看证书", href, "doc")
    if page.decision is not None:
        return NextStep("red", title, text, "看决定书", reverse("portal:decision", args=[case.number]), "doc")
    if case.state == states.WITHDRAWN:
        return NextStep(
            "plain", "您已撤回这件申请", "需要时可以重新申请。", "重新申请", reverse("portal:apply", args=[case.item])
        )
    if case.state == states.NOTICED and (notice := notices.number_for(case)):
        return NextStep("blue", title, text, "看公示", reverse("portal:notice", args=[notice]), "megaphone")
    return NextStep(TONES.get(newest.kind if newest else "", "blue"), title, text)


def clock_of(page: CasePage) -> dict[str, Any] | None:
    """The clock that tells most now: the promise once it runs, else the one of this step; None when none runs."""
    running = {one.id: one for one in page.clocks if one.running}
    found = next((running[name] for name in SHOWN_CLOCKS if name in running), None)
    if found is None:
        return None
    by_then = by_then_of(page.case)
    paused = f"{found.paused_reason}，时间暂停" if found.paused_reason else ""
    return {
        "used": found.used,
        "total": found.allowed,
        "state": found.light,
        "title": paused or f"{found.label}：{found.words}",
        "left": f"已用{found.used}个工作日",
        "right": f"{found.label}{found.allowed}个工作日",
        "note": "，".join(one for one in (found.note, due_words(found.id, found.due_on, by_then)) if one) + "。",
    }


def by_then_of(case: Case) -> Mapping[str, str]:
    """What each clock's end brings, by what the case ends in."""
    if queries.is_demand(case):
        return BY_THEN_OF_DEMANDS
    return BY_THEN_OF_LOANS if queries.is_loan(case) else BY_THEN


def due_words(clock: str, due_on: date | None, by_then: Mapping[str, str]) -> str:
    """What will have happened by the clock's last day."""
    if due_on is None:
        return ""
    return (
        f"公示到{short_day(due_on)}"
        if clock == "notice"
        else f"{short_day(due_on)}前{by_then.get(clock, '办完这一步')}"
    )


def check_row(check: CaseCheck) -> dict[str, str]:
    state, words = CHECKED.get(check.result, ("todo", "等回复"))
    unit = check.unit.short_name or check.unit.name
    return {"title": f"{unit}：{check.label}", "state": state, "result": words}


def page_of(case: Case, page: CasePage, told: Sequence[Message]) -> dict[str, Any]:
    """Everything the template needs."""
    offered = {one.verb for one in page.offers if one.allowed}
    return {
        "case": case,
        "next": next_step(page, told),
        "clock": clock_of(page),
        "steps": timeline_of(case, queries.progress_steps(case), [check_row(one) for one in queries.checks_of(case)]),
        "answers": page.answers,
        "materials": [row for row in page.materials if row.files],
        "decision": page.decision,
        "may_withdraw": "withdraw" in offered,
        "replies": queries.replies_of(case),
        "may_ask_again": "redo" in offered,
        "may_rate": case.state != states.ANSWERED and queries.may_be_rated(case),
        "rating": queries.rating_of(case),
        "may_urge": page.acts.get("urge") == "",
        "borrowed": borrowed_of(case),
        "earlier": told[1:],
    }
