"""The boxes of opinions on the printed form: one for each stage of the case's own flow, with who, when and what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime

from guiyan.cases import declared, queries, states
from guiyan.cases.money_words import yuan
from guiyan.cases.queries import CasePage
from guiyan.desk.batches.printing import signatures
from guiyan.kernel import workflow
from guiyan.kernel.calendar import long_day
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.lending import states as lending
from guiyan.packs.flow import Flow, Stage

NOT_OFFICES = frozenset({"申请人", "系统"})
BY_SYSTEM = "系统"


@dataclass(frozen=True, slots=True)
class Box:
    """What one office said. lines: in words; signed: whether there is a line for a signature on paper."""

    title: str
    lines: tuple[str, ...] = ()
    signed: bool = True


def sheet_rows(page: CasePage) -> list[tuple[str, str]]:
    """The form's fields as forms on paper call them, with the sum that is given where the form does not ask for it."""
    fields = declared.form_of(page.case).fields
    rows = [(fields[row.id].paper or row.label, row.value) for row in page.answers]
    if page.case.amount_fen and declared.item_of(page.case).loan is None:
        rows.append(("金额", yuan(page.case.amount_fen)))
    return [*rows, ("办理状态", page.case.state_label)]


def boxes(page: CasePage) -> list[Box]:
    """In the flow's order; a stage the case has not come through is empty. Checks have a table of their own."""
    flow = workflow.flow_of(page.case)
    found: list[Box] = []
    for name, stage in flow.stages.items():
        if states.DRAFT in stage.states or stage.group or stage.who in NOT_OFFICES or _is_last(flow, name):
            continue
        if states.BATCHED in stage.states:
            found += _of_batch(page)
        elif states.DECIDING in stage.states:
            found += _of_lenders(page)
        else:
            lines = _lines(_passed(flow, name, page.log))
            found.append(Box(f"{stage.label}意见", lines) if _by_one(stage) else Box(stage.label, lines, signed=False))
    return found


def _is_last(flow: Flow, name: str) -> bool:
    """办结 of a paid case says nothing that 拨付 did not."""
    return name == list(flow.stages)[-1] and all(
        flow.states[state].final or state == states.PAID for state in flow.stages[name].states
    )


def _by_one(stage: Stage) -> bool:
    """受理人, 审核人: one officer's own opinion, and not what an office or the treasury brings about."""
    return stage.who.endswith("人")


def _passed(flow: Flow, name: str, log: Sequence[WorkflowLog]) -> WorkflowLog | None:
    """How the case left the stage for good: forward, or out of the way. None while it is there, or was sent back."""
    order = list(flow.stages)
    left = None
    for row in log:
        if row.to_state in flow.stages[name].states:
            left = None
        elif row.from_state in flow.stages[name].states:
            on = flow.stage_of(row.to_state)
            left = row if on is None or order.index(on) > order.index(name) else None
    return left


def _lines(row: WorkflowLog | None) -> tuple[str, ...]:
    if row is None:
        return ()
    day = long_day(localtime(row.at).date())
    who = "" if row.actor_label == BY_SYSTEM else f"{row.actor_label}，"
    return tuple(words for words in (row.reason or row.label, f"{who}{day}") if words)


def _of_batch(page: CasePage) -> list[Box]:
    if page.batch is None:
        return [Box("复核"), Box("签批")]
    return [
        Box(
            str(one["label"]),
            (f"随{page.batch.title}", f"{one['name']}，{long_day(localtime(one['at']).date())}") if "at" in one else (),
        )
        for one in signatures(page.batch)[1:]
    ]


def _of_lenders(page: CasePage) -> list[Box]:
    """What the bank and the guarantor of the latest round answered."""
    newest = {role: Box(f"{label}意见") for role, label in lending.ROLES.items()}
    for row in reversed(queries.referrals_of(page.case)):
        day = long_day(localtime(row.decided_at).date()) if row.decided_at else ""
        said = "，".join(words for words in (row.decision_label, row.terms_words, row.reason) if words)
        who = "，".join(words for words in (row.decided_by_label, day) if words)
        lines = tuple(words for words in (row.unit.name, said, who) if words)
        newest[row.role] = Box(f"{row.role_label}意见", lines)
    return list(newest.values())
