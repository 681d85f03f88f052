"""The demonstration's targets: every number of its document has a definition, and every state of reporting is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiyan.accounts.queries import actor_by_username
from guiyan.cli.documents import imported
from guiyan.cli.environment import ROOT
from guiyan.cli.sample import targets
from guiyan.insights.compute import compute_indicators
from guiyan.insights.proposals import propose_orders
from guiyan.insights.standing import standings
from guiyan.kernel import calendar
from guiyan.packs import Pack
from guiyan.plans.models import Indicator, ReportedFigure, SupervisionProposal, TargetSplit, Task
from guiyan.plans.queries.findings import tasks_without_lead
from guiyan.registers.queries import dataset
from guiyan.registers.sample.projects import fill_projects
from tests.prepared import clock_to

DOCUMENT = ROOT / "cities" / "xianning" / "documents" / "xianning-2025-homecoming.txt"


pytestmark = pytest.mark.usefixtures("scoped_db")


def stands(folder: Path) -> None:
    """Some weeks of the demonstration."""
    clock_to("2026-05-18 09:00")
    imported(actor_by_username("helin"), DOCUMENT, publish=True)
    targets.begin()
    clock_to("2026-06-03 09:20")
    targets.report()
    clock_to("2026-06-05 10:00")
    compute_indicators(calendar.today())
    propose_orders(calendar.today())
    targets.lock()


def test_the_document_of_the_demonstration_promises_every_number_of_the_pack(pack: Pack) -> None:
    assert set(Indicator.objects.values_list("definition", flat=True)) == set(pack.indicators)


def test_figures_stand_in_every_state_and_the_next_step_is_another_persons() -> None:
    packaged = ReportedFigure.objects.filter(indicator__definition="chushang-packaged-projects").order_by("place")
    assert [x.state for x in packaged] == ["open", "filled", "checked", "locked", "locked", "open"]
    assert packaged.get(place=targets.CHIBI).entries.count() == 1  # returned, and so to be filled again
    found = {x.indicator.definition: x for x in standings()}
    assert found["chushang-dialogues"].value == 11 and found["chushang-dialogues"].light == "late"
    assert found["chushang-packaged-projects"].words == "未锁定（6个县里2个已锁定）"


def test_targets_are_issued_moved_and_one_waits() -> None:
    states = TargetSplit.objects.order_by("id").values_list("indicator__definition", "version", "state")
    assert set(states) == {
        ("new-returnee-businesses", 1, "replaced"),
        ("new-returnee-businesses", 2, "issued"),
        ("jobs-led", 1, "issued"),
        ("guarantee-loans-issued", 1, "issued"),
        ("returnee-investment", 1, "issued"),
        ("chushang-packaged-projects", 1, "issued"),
        ("chushang-dialogues", 1, "proposed"),
    }


def test_projects_and_parks_are_there_once(pack: Pack) -> None:
    projects, parks = dataset("project").rows.count(), dataset("carrier").rows.count()
    stages = set(dataset("project").rows.values_list("stage", flat=True))
    assert stages == {"lead", "talk", "signed", "started", "producing", "dropped"} and parks == 43
    assert fill_projects(pack, calendar.today()) == {}
    assert (dataset("project").rows.count(), dataset("carrier").rows.count()) == (projects, parks)


def test_one_red_light_is_ordered_and_one_is_left_with_the_reason() -> None:
    decided = SupervisionProposal.objects.exclude(decided_at=None).order_by("id")
    assert [(bool(x.dismissed), x.order is None) for x in decided] == [(True, True), (False, False)]


def test_most_tasks_have_a_lead_five_a_day_of_which_one_is_late_and_three_are_open() -> None:
    settled = Task.objects.exclude(lead_code="")
    assert settled.count() >= 20 and len(tasks_without_lead()) == 3
    assert {x.decided_lead != "" for x in settled} == {True}
    dated = settled.exclude(due_on=None)
    assert (dated.count(), dated.filter(due_on__lt=calendar.today()).count()) == (5, 1)
    assert SupervisionProposal.objects.get(kind="task").unit_code == dated.order_by("due_on")[0].lead_code
