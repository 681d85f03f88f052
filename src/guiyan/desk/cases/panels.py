"""What stands on the case page, prepared for its components: flow bar, conditions, form, clocks, log, consequences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from guiyan.accounts.permissions import decide
from guiyan.cases import declared, queries
from guiyan.cases.delegated import by_delegation
from guiyan.cases.queries import CasePage
from guiyan.cases.reckoning_words import reckoning_lines
from guiyan.desk.cases.compared import compared
from guiyan.desk.cases.consequences import consequences
from guiyan.desk.cases.offers import applicant_offers, offers_for
from guiyan.desk.cases.standing import standing
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import days_ago, short_day, today
from guiyan.kernel.workflow import ClockView
from guiyan.ledger import queries as ledger
from guiyan.packs.trade import trade_differs

VERDICT_WORDS = {
    "yes": ("初步符合", "green"),
    "no": ("暂不符合", "red"),
    "unknown": ("还缺事实", "amber"),
    "expired": ("措施已到期", "red"),
}
OLD_DAYS = 180
"""A fact checked longer ago is to be looked at again."""
RESULT_LOOKS = {"true": "yes", "differs": "no", "not_found": "unknown", "": "paused"}


def case_panels(actor: Actor, page: CasePage) -> dict[str, Any]:
    """The context of the page beside the case itself."""
    verdict = page.verdict
    words = VERDICT_WORDS.get(verdict.verdict, ("", "plain")) if verdict else ("", "plain")
    return {
        "crumbs": [("我的工作", reverse("work:list")), ("办件", reverse("cases:list")), (page.case.number, "")],
        "light": queries.light_of(page.case.due_on, page.case.paused_reason, page.case.due_clock),
        "flow_steps": [
            {"title": step.title, "state": step.state, "note": step.note} for step in queries.progress_steps(page.case)
        ],
        "verdict_chip": words[0],
        "verdict_kind": words[1],
        "compared": compared(page),
        "conditions": _conditions(page),
        "reckoning": reckoning_lines(verdict.reckoning) if verdict else [],
        "reckoning_note": f"{verdict.get_moment_display()}按查到的事实，{verdict.measure_version}起的版本"
        if verdict
        else "",
        "clause": declared.clause_words(page.case),
        "form_rows": form_rows(actor, page),
        "materials": page.materials,
        "given": [row for row in page.materials if row.files],
        "replaced": [row for row in page.materials if row.replaced_by],
        "checks": _checks(page),
        "checks_note": _checks_note(page),
        **_clock(page),
        "log": queries.log_lines(page.case),
        "payments": _payments(page),
        "lenders": _lenders(page),
        "effects": consequences(page),
        "standing": standing(page),
        "may_reveal": decide(actor, "person.reveal", page.case).allowed,
        "may_open_file": decide(actor, "dossier.view", page.case, unit=None).allowed,
        "for_applicant": applicant_offers(actor, page),
        "siblings": queries.siblings_of(actor, page.case),
        "opinions": page.opinions,
        "opinions_note": _opinions_note(page),
        "may_drop": any(offer.verb == "consult" and not offer.reason_if_not for offer in offers_for(actor, page)),
        **remark_panel(actor, page.case),
        "delegated": by_delegation(page.case.accepted_under) if page.case.accepted_under else "",
    }


def remark_panel(actor: Actor, case: queries.Case) -> dict[str, Any]:
    """What officers tell each other about the case; nothing for whom it concerns, or who only reads."""
    if not queries.may_remark(actor, case):
        return {"may_remark": False}
    return {
        "may_remark": True,
        "remarks": queries.remarks_of(actor, case),
        "remark_waits": queries.waits_for(actor, case),
        "colleagues": queries.colleagues_for(actor, case),
    }


def _conditions(page: CasePage) -> list[dict[str, Any]]:
    if page.verdict is None:
        return []
    facts = {row["fact"]: row for row in page.verdict.facts}
    rows = []
    for reason in page.verdict.reasons:
        used = [facts[name] for name in reason["facts"] if name in facts]
        rows.append(
            {
                "verdict": reason["verdict"],
                "label": reason["label"],
                "facts": "；".join(queries.fact_told(page.case, row) for row in used),
                "source": "、".join(dict.fromkeys(row["source"] for row in used if row["source"])),
                **_age(row["checked_on"] for row in used if row["checked_on"]),
            }
        )
    return rows


def _age(written: Iterable[str]) -> dict[str, Any]:
    """When the oldest of some facts was checked, and how long ago. written: days of a snapshot as ISO text."""
    oldest = min((date.fromisoformat(day) for day in written), default=None)
    if oldest is None:
        return {"checked_on": "", "age": "", "is_old": False}
    return {
        "checked_on": short_day(oldest),
        "age": days_ago(oldest),
        "is_old": (today() - oldest).days > OLD_DAYS,
    }


def form_rows(actor: Actor, page: CasePage) -> list[dict[str, Any]]:
    """The form as it stands on a page; a sealed value has the way to see it in full, for whoever may."""
    may_reveal = decide(actor, "person.reveal", page.case).allowed
    rows = []
    for row in page.answers:
        href = (
            reverse("cases:reveal", args=[page.case.number, row.id])
            if row.secret and may_reveal and not row.missing
            else ""
        )
        warn = _trade_warning(page, row.id)
        rows.append({"label": row.label, "value": row.value, "source": row.source, "reveal_href": href, "warn": warn})
    return rows


def _trade_warning(page: CasePage, field_id: str) -> str:
    """Said beside an answer that speaks of another trade than the firm's name."""
    field = declared.form_of(page.case).fields[field_id]
    said = {row.id: row.value for row in page.answers}
    trades = declared.pack_of(page.case).trades.values()
    trade = trade_differs(said.get(field.trade_of, ""), said[field_id], trades) if field.trade_of else ""
    return f"字号里写的是“{trade}”，请核对是不是一回事" if trade else ""


def _checks(page: CasePage) -> list[dict[str, Any]]:
    latest = page.checks[0].round if page.checks else 0
    return [
        {
            "verdict": RESULT_LOOKS[check.result],
            "label": check.label,
            "detail": _check_detail(check),
            "note": "：".join(word for word in (check.unit.short_name or check.unit.name, check.note) if word),
        }
        for check in page.checks
        if check.round == latest
    ]


def _check_detail(check: queries.CaseCheck) -> str:
    if not check.result:
        return f"{short_day(check.due_on)}前回复"
    return (
        f"{check.result_label} {short_day(localtime(check.answered_at).date())}"
        if check.answered_at
        else check.result_label
    )


def _opinions_note(page: CasePage) -> str:
    waiting = sum(1 for row in page.opinions if row.state == "open")
    return f"还差{waiting}份" if waiting else "都已回复"


def _checks_note(page: CasePage) -> str:
    latest = [check for check in page.checks if check.round == page.checks[0].round] if page.checks else []
    done = sum(1 for check in latest if check.result)
    return f"{len(latest)}家，已回{done}家" if latest else ""


def _payments(page: CasePage) -> list[dict[str, Any]]:
    """Every attempt to pay the case, newest first, with what the treasury answered."""
    rows = []
    for line in ledger.lines_for(page.case.ref):
        result = getattr(line, "result", None)
        words = "等财政回执" if result is None else "拨付成功" if result.outcome == "paid" else f"退票：{result.reason}"
        verdict = "paused" if result is None else "yes" if result.outcome == "paid" else "no"
        rows.append({"verdict": verdict, "label": f"{line.request.number}，尾号{line.account_tail}", "detail": words})
    return rows


def _lenders(page: CasePage) -> list[dict[str, Any]]:
    """What every bank and guarantor that was asked said, newest first."""
    looks = {"approved": "yes", "declined": "no"}
    return [
        {
            "verdict": looks.get(row.decision, "paused"),
            "label": f"{row.role_label}：{row.unit.short_name or row.unit.name}",
            "detail": row.decision_label,
            "note": "，".join(word for word in (row.terms_words, row.reason) if word),
        }
        for row in queries.referrals_of(page.case)
    ]


def _clock(page: CasePage) -> dict[str, Any]:
    clock = _main_clock(page)
    if clock is None:
        return {"clock": None}
    return {"clock": clock, "clock_used": f"已用{clock.used}个工作日", "clock_allowed": f"共{clock.allowed}个工作日"}


def _main_clock(page: CasePage) -> ClockView | None:
    """The clock of the present step: the running one that ends first, else the promise."""
    running = [clock for clock in page.clocks if clock.running]
    ending = [clock for clock in running if clock.due_on]
    if ending:
        return min(ending, key=lambda clock: (clock.due_on, clock.allowed))
    return running[0] if running else None
