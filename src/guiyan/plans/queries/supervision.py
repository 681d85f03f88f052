"""Supervision orders and what is proposed to be ordered, as each actor may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.plans.models import Indicator, SupervisionOrder, SupervisionProposal

RED = "indicator"
"""The kind of a proposal, and the beginning of a cause, that is about a red light."""


def orders_for(actor: Actor) -> QuerySet[SupervisionOrder]:
    """Supervision orders the actor handles, answers or may see, newest first."""
    rows = SupervisionOrder.objects.select_related("instruction", "instruction__indicator")
    shown = visible(actor, "cockpit.view", rows, region="region", unit="unit_id")
    answered = visible(actor, "supervision.reply", rows, region="region", unit="unit_id")
    return (shown | answered).order_by("-id")


def open_orders_for(actor: Actor) -> QuerySet[SupervisionOrder]:
    """Those not closed yet: the late ones first, then the oldest."""
    urgency = Case(When(state="overdue", then=Value(0)), When(state="opened", then=Value(1)), default=Value(2))
    return orders_for(actor).exclude(state="closed").order_by(urgency, "id")


def order_by_number(actor: Actor, number: str) -> SupervisionOrder:
    found = orders_for(actor).filter(number=number).first()
    if found is None:
        raise NotFound("没有这份督办单，或者不是您单位承办的。")
    return found


def orders_to_answer(actor: Actor) -> QuerySet[SupervisionOrder]:
    """Orders that wait for an answer of the actor's own unit, the oldest first."""
    units = [g.unit_id for g in actor.grants if "supervision.reply" in g.permissions and g.unit_id is not None]
    return orders_for(actor).filter(state__in=("opened", "overdue"), unit_id__in=units).order_by("id")


def orders_to_judge(actor: Actor) -> QuerySet[SupervisionOrder]:
    """Answers that wait for the supervision office, and orders it urged and that are not answered yet."""
    rows = SupervisionOrder.objects.select_related("instruction").filter(state__in=("overdue", "replied"))
    return visible(actor, "supervision.handle", rows, region="region", unit="unit_id").order_by("id")


def answer_days() -> int:
    """Working days a unit has to answer an order: the limit of the flow, and nowhere else."""
    return releases.current().flows["supervision"].clocks["reply"].days


def proposals_for(actor: Actor) -> QuerySet[SupervisionProposal]:
    """What is proposed to be ordered and not decided yet, the newest first.

    A red light whose unit still holds an order on that number is left out until the order is closed.
    """
    return _undecided(actor).exclude(Exists(_orders_of_outer()), kind="indicator")


def held_for(actor: Actor) -> QuerySet[SupervisionProposal]:
    """The red lights left out of `proposals_for`, each with the number of the order its unit holds (`held_by`)."""
    held_by = Subquery(_orders_of_outer().order_by("id").values("number")[:1])
    return _undecided(actor).filter(kind="indicator").annotate(held_by=held_by).exclude(held_by=None)


def open_order_on(indicator: Indicator, unit_code: str) -> SupervisionOrder | None:
    """The order on that number that the unit still has to close; None where it holds none."""
    return _open_orders(Value(indicator.pk), unit_code).order_by("id").first()


def _undecided(actor: Actor) -> QuerySet[SupervisionProposal]:
    rows = SupervisionProposal.objects.select_related("indicator", "task").filter(decided_at=None)
    return visible(actor, "supervision.handle", rows, region="region").order_by("-id")


def _orders_of_outer() -> QuerySet[SupervisionOrder]:
    return _open_orders(OuterRef("indicator_id"), OuterRef("unit_code"))


def _open_orders(number: Value | OuterRef, unit_code: str | OuterRef) -> QuerySet[SupervisionOrder]:
    """Open orders on one number to one unit, however they began: 批示, a red light, one straight from its page.

    An order for late reports of the number asks for something else and is none.
    """
    straight = Concat(Value(f"{RED}:"), Cast(number, CharField()), Value(":"))
    about = Q(instruction__indicator_id=number) | Q(proposals__indicator_id=number, proposals__kind=RED)
    rows = SupervisionOrder.objects.exclude(state="closed").filter(unit_code=unit_code)
    return rows.filter(about | Q(cause__startswith=straight))


def units_behind(proposals: QuerySet[SupervisionProposal]) -> QuerySet[SupervisionProposal, Any]:
    """Whose proposals they are: unit_code, how many (`count`) and since when (`since`), the most first."""
    rows = proposals.order_by().values("unit_code").annotate(count=Count("id"), since=Min("made_at"))
    return rows.order_by("-count", "unit_code")


def with_documents(proposals: QuerySet[SupervisionProposal]) -> QuerySet[SupervisionProposal]:
    """With the document of the indicator, which says since when time counts; without its long text."""
    long = ("indicator__document__text", "indicator__document__outline")
    return proposals.select_related("indicator__document").defer(*long)


def indicators_behind(proposals: QuerySet[SupervisionProposal]) -> QuerySet[SupervisionProposal, Any]:
    """Which indicators they are about: indicator_id, and in how many places (`count`), the most first."""
    rows = proposals.order_by().values("indicator_id").annotate(count=Count("id"))
    return rows.order_by("-count", "indicator_id")


def known_causes() -> set[str]:
    """Every cause that was proposed, decided or not."""
    return set(SupervisionProposal.objects.values_list("cause", flat=True))


def proposal_by_id(actor: Actor, proposal_id: int) -> SupervisionProposal:
    rows = SupervisionProposal.objects.select_related("indicator", "task").filter(id=proposal_id)
    found = visible(actor, "supervision.handle", rows, region="region").first()
    if found is None:
        raise NotFound("没有这条督办建议。")
    return found


def orders_of_cause(cause: str) -> list[SupervisionOrder]:
    """The orders that a cause has started, within the entered scope."""
    return list(SupervisionOrder.objects.filter(cause=cause).order_by("id"))


def late_orders(orders: QuerySet[SupervisionOrder], day: date) -> int:
    """How many of the orders should have been answered before a day."""
    found = workflow.clocks_of(SupervisionOrder, orders.values_list("pk", flat=True))
    return sum(any(c.running and c.due_on is not None and c.due_on < day for c in views) for views in found.values())
