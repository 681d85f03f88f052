"""How far this year's applications came: applied, accepted, approved, published, money arrived."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.cases.queries import Case
from guiyan.insights.periods import Period
from guiyan.kernel import workflow
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
    """Steps done in a period at a place and below, within the entered scope. One query."""
    done = workflow.done_between(Case, period.start, period.end, subtree(place))
    first = done.get(STEPS[0][0], 0)
    return [
        Step(verb, label, done.get(verb, 0), min(done.get(verb, 0) / first * 100, 100.0) if first else 0.0)
        for verb, label in STEPS
    ]
