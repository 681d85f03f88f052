"""Late reports of one unit taken together: what is owed, what came in meanwhile, and the words of one order for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiyan.insights.proposals import figure_of_cause
from guiyan.kernel.calendar import short_day
from guiyan.plans.models import ReportedFigure, SupervisionProposal
from guiyan.plans.queries.reported import figures_by_ids

OWED = ("open", "filled")
MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class LateReport:
    """What is proposed to be ordered, with the report it is about."""

    proposal: SupervisionProposal
    figure: ReportedFigure

    @property
    def is_owed(self) -> bool:
        """Whether its unit still has to fill or check it."""
        return self.figure.state in OWED


def late_reports(proposals: Iterable[SupervisionProposal]) -> list[LateReport]:
    """The proposals that are about a report, by the day it was due; one query."""
    by_figure = {figure_of_cause(x.cause): x for x in proposals if x.kind == "figure"}
    return [LateReport(by_figure[x.id], x) for x in figures_by_ids(by_figure)]


def demand_of_reports(reports: Sequence[LateReport], ask: str) -> str:
    """The words of one order: each report a line, the longest overdue first, then what is asked."""
    lines = [
        f"{number}. {x.figure.indicator.full_name}，{x.figure.period_words}，应在{short_day(x.figure.due_on)}前锁定"
        for number, x in enumerate(reports[:MOST_LINES], start=1)
    ]
    more = [f"另有{len(reports) - MOST_LINES}个，见“指标填报”里的迟报"] if len(reports) > MOST_LINES else []
    return "\n".join([f"下列{len(reports)}个数到期没有填报、审核：", *lines, *more, ask])
