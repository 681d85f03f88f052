"""The demonstration has told people of a subsidy, some of whom applied; another run waits for its approval."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guiyan.cli.sample import outreach as sample
from guiyan.cli.sample.people import HEROES
from guiyan.outreach import queries
from guiyan.outreach.models import MatchRun
from guiyan.registers.models import Subject
from tests.cases import people
from tests.outreach import stage


def test_one_run_is_sent_and_applied_for_and_one_waits(
    scoped_db: object, at: Callable[[str], object], tmp_path: Path
) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    stage.with_lists(tmp_path)
    stage.in_force(sample.SUBSIDY, *sample.WAITING)
    for serial in range(1, 9):
        people.a_returnee(serial, name=f"示例{serial}")
    assert not Subject.objects.filter(pk__lt=HEROES).exists()
    told = sample.find_people()
    assert told["found"] == 8 and told["applied"] == sample.APPLIED
    sent, waiting = MatchRun.objects.order_by("pk")
    assert (sent.state, waiting.state) == ("sent", "proposed" if waiting.people else "computed")
    funnel = queries.funnel_of(sent).whole
    assert (funnel.told, funnel.opened, funnel.declined, funnel.applied) == (8, sample.OPENED, 1, sample.APPLIED)
    assert sample.find_people() == {}
