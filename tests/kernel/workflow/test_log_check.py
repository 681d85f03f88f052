"""The check of flows: a state, or a log, that somebody changed behind the gate is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from guiyan.kernel.workflow.checks import faults_of
from guiyan.kernel.workflow.models import WorkflowLog
from tests.kernel.workflow.papers import Paper, in_review, submitted

Move = Callable[[str], datetime]


def codes(paper: Paper) -> list[str]:
    return [finding.code for finding in faults_of(Paper.objects.get(pk=paper.pk))]


def test_a_paper_moved_by_the_gate_is_sound(monday: Move) -> None:
    assert codes(in_review()) == []


def test_a_state_changed_behind_the_gate_is_found(monday: Move) -> None:
    paper = submitted()
    Paper.objects.filter(pk=paper.pk).update(state="paid")
    assert codes(paper) == ["workflow_state"]


@pytest.mark.parametrize("changed", [{"to_state": "paid"}, {"verb": "resume"}, {"from_state": "approved"}])
def test_a_log_that_the_flow_does_not_allow_is_found(monday: Move, changed: dict[str, str]) -> None:
    paper = submitted()
    last = WorkflowLog.objects.filter(object_type="case", object_id=paper.pk).order_by("-id")[0]
    row = {name: getattr(last, name) for name in (field.name for field in WorkflowLog._meta.fields) if name != "id"}
    WorkflowLog.objects.create(
        **{**row, "from_state": "submitted", "to_state": "checking", "verb": "accept", **changed}
    )
    assert codes(paper) == ["workflow_log_broken"]
