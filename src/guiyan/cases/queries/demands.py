"""Reading demands (诉求): lists by what waits, one with its answers, and whom it may be sent to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import decide, visible
from guiyan.cases import answering_offices, answers, declared, states
from guiyan.cases.models import Case, Reply
from guiyan.cases.spelling import shown
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import NotFound

DEMAND_VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "raised": ("待分办", (states.RAISED,)),
    "dispatched": ("待答复", (states.DISPATCHED,)),
    "answered": ("待评价", (states.ANSWERED,)),
    "over": ("已办结", (states.CLOSED, states.DECLINED, states.WITHDRAWN)),
}


@dataclass(frozen=True)
class DemandActs:
    """What the actor may do with a demand now."""

    dispatch: bool
    answer: bool


def demand_items() -> list[str]:
    """The items of the release in force that end in an answer."""
    return [name for name, item in releases.current().items.items() if item.outcome == "reply"]


def is_demand(case: Case) -> bool:
    """Whether an answer is what it ends in."""
    return declared.item_of(case).outcome == "reply"


def demands_for(actor: Actor, *, view: str = "", words: str = "") -> QuerySet[Case]:
    """The demands the actor may see; what is due first on top, what is over newest first."""
    rows = _all(actor).select_related("unit")
    if words:
        rows = rows.filter(Q(number__startswith=words.upper()) | Q(applicant__startswith=words))
    if view in DEMAND_VIEWS:
        rows = rows.filter(state__in=DEMAND_VIEWS[view][1])
    return rows.order_by("-id") if view in ("over", "") else rows.order_by("due_on", "id")


def demand_counts(actor: Actor) -> dict[str, int]:
    """view -> how many."""
    found = dict(_all(actor).order_by().values_list("state").annotate(Count("id")))
    return {view: sum(found.get(state, 0) for state in wanted) for view, (_, wanted) in DEMAND_VIEWS.items()}


def _all(actor: Actor) -> QuerySet[Case]:
    rows = visible(actor, "case.view", Case.objects.filter(item__in=demand_items()), subject=None)
    return rows.exclude(number="")


def demand_by_number(actor: Actor, number: str) -> Case:
    """One demand the actor may see as an officer."""
    row = Case.objects.select_related("unit").filter(number=number).first()
    if row is None or not is_demand(row) or not decide(actor, "case.view", row).allowed:
        raise NotFound("没有找到这件诉求。")
    return row


def replies_of(case: Case) -> list[Reply]:
    """The answers so far, in their order."""
    return list(Reply.objects.filter(case=case).select_related("unit").order_by("turn"))


def last_replies(cases: Sequence[Case]) -> dict[int, str]:
    """case id -> the newest answer, in one query."""
    rows = Reply.objects.filter(case__in=cases).order_by("turn").values_list("case_id", "text")
    return dict(rows)


def answer_words(case: Case, field: str) -> str:
    """What was given for one field of the form, in words; empty for what is sealed or not on the form."""
    declared_field = declared.form_of(case).fields.get(field)
    if declared_field is None or answers.is_secret(declared_field):
        return ""
    return shown(declared_field, case.answers.get(field, ""))


def demand_acts(actor: Actor, case: Case) -> DemandActs:
    """Whoever it concerns does neither."""
    own = case.subject_id in actor.subject_ids
    return DemandActs(
        dispatch=not own and case.state == states.RAISED and decide(actor, "demand.dispatch", case).allowed,
        answer=not own and case.state == states.DISPATCHED and decide(actor, "demand.answer", case).allowed,
    )


def offices_to_answer(case: Case) -> list[Unit]:
    """Where it may be sent, the nearest first."""
    return answering_offices.offices_for(case)


def demands_waiting(actor: Actor, most: int = 100) -> list[tuple[str, Case]]:
    """(分办 or 答复, demand) for whom it waits, what is due first on top."""
    found: list[tuple[str, Case]] = []
    for permission, state, verb in (
        ("demand.dispatch", states.RAISED, "分办"),
        ("demand.answer", states.DISPATCHED, "答复"),
    ):
        if holds(actor, permission):
            rows = visible(actor, permission, Case.objects.filter(item__in=demand_items(), state=state), subject=None)
            found += [(verb, row) for row in rows.select_related("unit").order_by("due_on", "id")[:most]]
    return found
