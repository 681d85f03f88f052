"""Payments of a batch that came back (退票): whose, why, who is next; and the light of a batch not yet paid in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.urls import reverse

from guiyan.accounts.models import Post
from guiyan.accounts.permissions import decide
from guiyan.accounts.queries import valid_on
from guiyan.cases import states
from guiyan.cases.queries import Batch, BatchLine, Case, Light, unpaid_counts
from guiyan.kernel import calendar, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import short_day
from guiyan.kernel.workflow import ClockView
from guiyan.ledger import queries as ledger
from guiyan.ledger.models import LineResult

CAME_BACK = (states.RETURNED, states.ACCOUNT_CHECK, states.PAYABLE)
"""What a case that came back goes through: the account is put right, a second person confirms it, it is asked again."""
ACTS = {
    states.RETURNED: ("case.enter", "更正{}的收款账户"),
    states.ACCOUNT_CHECK: ("case.review", "确认{}的新账户"),
}
MOST_NAMED = 3
MOST_LOOKED_UP = 50


@dataclass(frozen=True)
class Returned:
    """One payment that came back. verb: what the actor can do about it now, if anything."""

    case: Case
    why: str
    href: str
    verb: str


@dataclass(frozen=True)
class Returns:
    """What the page says first: what came back, what is next, and whose turn it is."""

    title: str
    next_step: str
    rows: list[Returned]

    @property
    def action(self) -> Returned | None:
        """The one the actor can do something about."""
        return next((row for row in self.rows if row.verb), None)


def returns_of(actor: Actor, batch: Batch, lines: Sequence[BatchLine]) -> Returns | None:
    """None when nothing of the batch waits because it came back. One query for the answers, one for each name."""
    found = CAME_BACK if batch.state == states.BATCH_PAYING else CAME_BACK[:2]
    waiting = {line.case.ref: line.case for line in lines if line.removed_at is None and line.case.state in found}
    if not waiting:
        return None
    last = _last_answers(list(waiting))
    rows = [_row(actor, case, last.get(ref)) for ref, case in waiting.items()]
    rows = [row for row in rows if row.case.state != states.PAYABLE or row.why]
    return _told(batch, rows) if rows else None


def _last_answers(refs: list[str]) -> dict[str, LineResult]:
    """Case → how its last payment came back; for a batch with very many, of the first of them."""
    if not refs:
        return {}
    lines = reduce(or_, (ledger.lines_for(ref) for ref in refs[:MOST_LOOKED_UP]))
    found: dict[str, LineResult] = {}
    for line in lines:
        result = getattr(line, "result", None)
        if result is not None and result.outcome == "returned":
            found.setdefault(line.case_ref, result)
    return found


def _row(actor: Actor, case: Case, answer: LineResult | None) -> Returned:
    why = f"{answer.reason_shown or '没有写明原因'}，{short_day(answer.on)}" if answer else ""
    permission, words = ACTS.get(case.state, ("", ""))
    verb = words.format(case.applicant) if permission and decide(actor, permission, case).allowed else ""
    return Returned(case, why, reverse("cases:page", args=[case.number]), verb)


def _told(batch: Batch, rows: list[Returned]) -> Returns:
    named = "；".join("，".join(word for word in (row.case.applicant, row.why) if word) for row in rows[:MOST_NAMED])
    named += "等" if len(rows) > MOST_NAMED else ""
    again = f"由{who_holds('payment.request', batch.unit_id) or '批次经办'}重新申请拨付。"
    found = {row.case.state for row in rows}
    if states.RETURNED in found:
        clerk = who_holds("case.enter", batch.unit_id) or "窗口"
        office = f"{batch.unit.short_name or batch.unit.name}{clerk}"
        return Returns(f"{len(rows)}笔退票：{named}", f"下一步：更正收款账户（由{office}，或本人），再{again}", rows)
    if states.ACCOUNT_CHECK in found:
        checks = who_holds("case.review", batch.unit_id) or "审核人员"
        step = f"下一步：由{checks}对照银行卡照片确认新账户，再{again}"
        return Returns(f"{len(rows)}笔退票，新账户待确认：{named}", step, rows)
    return Returns(f"{len(rows)}笔退票已更正账户：{named}", f"下一步：{again}", rows)


def who_holds(permission: str, unit_id: int) -> str:
    """Post and name of somebody in the unit with the permission: 资金科经办黄磊. The narrowest role comes first."""
    roles = releases.current().roles
    fitting = {name: len(role.permissions) for name, role in roles.items() if permission in role.permissions}
    day = calendar.today()
    posts = Post.objects.filter(valid_on(day), valid_on(day, "grants__"), unit_id=unit_id, grants__role__in=fitting)
    found = [
        (fitting[role], post, name) for post, name, role in posts.values_list("title", "user__name", "grants__role")
    ]
    return "".join(min(found)[1:]) if found else ""


def lights_of(batches: Sequence[Batch]) -> dict[int, Light]:
    """Batch → its light, for a whole list: only what is late or nearly so has one."""
    unpaid = unpaid_counts(batches)
    running = {pk: _soonest(found) for pk, found in workflow.clocks_of(Batch, [one.pk for one in batches]).items()}
    return {
        one.pk: Light(clock.light, with_count(clock, unpaid.get(one.pk, 0)).words)
        for one in batches
        if (clock := running.get(one.pk)) is not None and clock.light in ("late", "warn")
    }


def _soonest(clocks: Sequence[ClockView]) -> ClockView | None:
    counted = [clock for clock in clocks if clock.running and clock.due_on]
    return min(counted, key=lambda clock: (clock.due_on, clock.id), default=None)


def unpaid_in(batch: Batch) -> int:
    """How many payments of the batch have not arrived; 0 while none was asked for."""
    return unpaid_counts([batch]).get(batch.pk, 0)


def with_count(clock: ClockView, unpaid: int) -> ClockView:
    """超期3天 → 超期3天，1笔: a batch is late only for what has not been paid."""
    return replace(clock, words=f"{clock.words}，{unpaid}笔") if clock.light == "late" and unpaid else clock
