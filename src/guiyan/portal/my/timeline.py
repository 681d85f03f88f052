"""The way of a case as its applicant reads it: each stage with its office by name, its day or its limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guiyan.accounts.models import Unit
from guiyan.cases import declared, states
from guiyan.cases.offices import unit_for
from guiyan.cases.queries import NO_MORE, Case, ProgressStep
from guiyan.kernel import workflow
from guiyan.kernel.errors import Refused
from guiyan.packs.flow import Flow, Stage

HERSELF = ("申请人", "系统")  # stages that no office has in hand


def timeline_of(case: Case, steps: Sequence[ProgressStep], checks: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    """The stages of the flow; the parallel checks stand inside their stage."""
    flow, payer = workflow.flow_of(case), payer_of(case)
    rows: list[dict[str, Any]] = []
    for stage, step in zip(flow.stages.values(), steps, strict=True):
        if case.state == states.WITHDRAWN and step.state != "done":
            return [*rows, {"title": "您撤回了申请", "state": "todo", "note": step.note}]
        row: dict[str, Any] = {
            "title": stage.done if step.state == "done" and stage.done else step.title,
            "state": step.state,
            "note": note_of(case, flow, stage, step, payer),
        }
        if stage.group and checks:
            row["checks"] = checks
        rows.append(row)
    return rows


def note_of(case: Case, flow: Flow, stage: Stage, step: ProgressStep, payer: str) -> str:
    """通山县人社局，6月9日 · 几个单位同时办，5个工作日 · 通山县财政局，打到尾号6217的账户."""
    if step.note == NO_MORE:
        return step.note
    office = office_of(case, stage, payer)
    day = step.note.removeprefix(stage.who).lstrip("，")
    if step.state == "paused" and case.state == states.SUPPLEMENT:
        return f"等您补交，{day}"
    if step.state != "todo":
        return "，".join(one for one in (office, day) if one)
    return "，".join(one for one in (office, limit_of(case, flow, stage)) if one)


def office_of(case: Case, stage: Stage, payer: str) -> str:
    if stage.who in HERSELF:
        return ""
    if stage.group:
        return "几个单位同时办"
    if states.PAYING in stage.states:
        return payer
    if states.DECIDING in stage.states or states.GRANTED in stage.states:
        return stage.who
    return case.unit.short_name or case.unit.name


def limit_of(case: Case, flow: Flow, stage: Stage) -> str:
    """How long a stage to come takes; of the payment, where the money goes."""
    if states.PAYING in stage.states:
        return f"打到尾号{case.account_tail}的账户" if case.account_tail else ""
    clock = flow.clocks.get(stage.clock) if stage.clock else None
    if clock is None:
        return ""
    if states.BATCHED in stage.states:
        return f"受理后{clock.days}个工作日内"
    return f"{clock.days}个工作日"


def payer_of(case: Case) -> str:
    """The office that pays, by name; by what it is where the city declares none here. Nobody where nothing is paid."""
    payment = declared.item_of(case).payment
    if payment is None:
        return ""
    try:
        unit: Unit = unit_for(payment.payer_unit_kind, case.region)
    except Refused:
        return "财政部门"
    return unit.short_name or unit.name
