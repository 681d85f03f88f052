"""Random walks over every flow: whatever people do, the log plays back to the state and clocks stay sound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guiyan.kernel import calendar, releases, workflow
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.calendar import clock
from guiyan.kernel.clock_moves import move_clock
from guiyan.kernel.errors import Refused
from guiyan.kernel.workflow.checks import faults_of
from guiyan.kernel.workflow.models import ClockRow
from guiyan.packs.flow import Flow
from tests.kernel.workflow.papers import CHECKS, REGION, Paper, person

PEOPLE = [person(number) for number in (1, 2, 3)]
FLOWS = ("subsidy-case", "subsidy-batch", "supervision", "objection", "document")
walk_settings = hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Over(Exception):
    """Takes the walk back."""


@pytest.mark.parametrize("name", FLOWS)
@walk_settings
@given(data=st.data())
def test_a_random_walk_leaves_everything_sound(
    name: str, monday: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    flow = releases.current().flows[name]
    with monkeypatch.context() as patched, pytest.raises(Over), transaction.atomic():
        patched.setattr(Paper, "flow_object", flow.object)
        paper = workflow.begin(Paper(region=REGION, unit_id=7, subject_id=501), name, actor=PEOPLE[0])
        for _ in range(data.draw(st.integers(1, 14), label="steps")):
            take_a_step(flow, paper, data)
            look(flow, paper)
        raise Over
    clock.forget()  # its moves were taken back


def take_a_step(flow: Flow, paper: Paper, data: st.DataObject) -> None:
    if days := data.draw(st.integers(0, 4), label="days"):
        move_clock(SYSTEM, to=calendar.now() + timedelta(days), reason="walk")
    actor = data.draw(st.sampled_from(PEOPLE), label="who")
    open_steps = [step.step for step in workflow.steps(paper) if step.state == "open"]
    before, written = paper.state, len(workflow.history(paper))
    try:
        if open_steps and data.draw(st.booleans(), label="finish a step"):
            workflow.finish_step(paper, data.draw(st.sampled_from(open_steps)), actor=actor, result="passed")
        else:
            verb = data.draw(st.sampled_from(sorted(flow.verbs)), label="verb")
            facts = {"materials_missing": 0, "open_items": 0}
            workflow.advance(paper, verb, actor=actor, reason="理由", facts=facts, steps=CHECKS)
    except Refused:
        assert (paper.state, len(workflow.history(paper))) == (before, written)


def look(flow: Flow, paper: Paper) -> None:
    paper.refresh_from_db()
    assert paper.state in flow.states
    assert list(faults_of(paper)) == []
    for each in workflow.clocks(paper):
        assert each.used >= 0
        assert each.words
        assert each.started_on is None or len(each.cells) >= each.allowed
    running = ClockRow.objects.filter(object_id=paper.pk, object_type=flow.object, stopped_on=None)
    assert running.count() == running.values("clock").distinct().count()
    if flow.states[paper.state].final and not flow.verbs_from(paper.state):
        assert not running.exists()
