"""Supervision orders as rows: the light of their clock, the day by which they are to be answered, who started them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guiyan.cases.queries.lights import Lights
from guiyan.kernel import workflow
from guiyan.plans.models import SupervisionOrder


def order_rows(orders: Sequence[SupervisionOrder]) -> list[dict[str, Any]]:
    """order, clock, light (剩4天; None once it is answered), due_on and who started it. One query for all clocks."""
    clocks, lights = workflow.clocks_of(SupervisionOrder, [order.pk for order in orders]), Lights()
    rows = []
    for order in orders:
        clock = next(iter(clocks.get(order.pk, [])), None)
        due_on = clock.due_on if clock is not None and clock.running else None
        rows.append(
            {
                "order": order,
                "clock": clock,
                "light": lights.of(due_on) if due_on else None,
                "due_on": due_on,
                "starter": starter_words(order),
            }
        )
    return rows


def starter_words(order: SupervisionOrder) -> str:
    """林正批示; 督查室发起，段岩."""
    if order.instruction is not None:
        return f"{order.instruction.leader}批示"
    return f"督查室发起，{order.started_by}" if order.started_by else "督查室发起"
