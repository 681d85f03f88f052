"""How far applications for money came: applied, accepted, approved, published, money arrived."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.cases.queries import Case
from guiyan.insights.periods import Period
from guiyan.kernel import releases, workflow
from guiyan.kernel.regions import subtree

STEPS = (
    ("submit", "申请"),
    ("accept", "受理"),
    ("pass_review", "审定"),
    ("publish", "公示"),
    ("confirm_payment", "到账"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel; `percent` is of the first one."""

    verb: str
    label: str
    count: int
    percent: float


def funnel(place: int, period: Period) -> list[Step]:
    """Steps done in a period at a place and below, within the entered scope, of all that is paid. One query."""
    done = workflow.done_between(Case, period.start, period.end, subtree(place), flows=paying_flows())
    first = done.get(STEPS[0][0], 0)
    return [
        Step(verb, label, done.get(verb, 0), min(done.get(verb, 0) / first * 100, 100.0) if first else 0.0)
        for verb, label in STEPS
    ]


def paying_flows() -> set[str]:
    """The flows of items that end in a payment: no demand, loan or recognition is on its way to the treasury."""
    return {item.flow for item in releases.current().items.values() if item.outcome == "payment"}
