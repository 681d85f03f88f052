"""Two changes begun on one release: of different measures both count, of the same measure the later is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from guiyan.kernel import releases
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.policies import actions
from guiyan.policies.models import MeasureConfirmation, RuleProposal
from tests.fixtures import TestDatabase
from tests.policies import stage
from tests.prepared import clock_to


@pytest.fixture
def morning(scoped_db: Scope, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


def renamed(measure_id: str, plain: str) -> RuleProposal:
    """A change of what is the same for all versions."""

    def change(content: dict[str, Any]) -> None:
        content["versions"].pop()
        content["plain"] = plain

    return stage.saved(stage.begun(measure_id), change)


@pytest.mark.usefixtures("morning")
def test_changes_of_different_measures_are_merged() -> None:
    first, second = stage.raised(), renamed(stage.GRADUATE, "示例")
    assert first.base_release == second.base_release
    stage.approved(first)
    stage.approved(second)
    pack = releases.current()
    assert len(pack.measures[stage.SUBSIDY].versions) == 2 and pack.measures[stage.GRADUATE].plain == "示例"
    assert releases.desk_edits().names == [stage.GRADUATE, stage.SUBSIDY]


@pytest.mark.usefixtures("morning")
def test_a_second_change_of_the_same_measure_is_refused_with_who_was_faster() -> None:
    first, second = stage.proposed(stage.raised()), stage.proposed(renamed(stage.SUBSIDY, "示例"))
    actions.approve_rule(stage.yemin(), proposal_id=first.pk)
    with pytest.raises(Refused, match="批准的另一条修改改过了") as refused:
        actions.approve_rule(stage.yemin(), proposal_id=second.pk)
    assert refused.value.code == "changed_since"
    again = stage.saved(stage.begun(), lambda content: content.update(plain="示例"))
    stage.approved(again)
    assert releases.current().measures[stage.SUBSIDY].plain == "示例"
    assert len(releases.current().measures[stage.SUBSIDY].versions) == 2


@pytest.mark.usefixtures("morning")
def test_two_new_measures_of_one_title_are_two(at: Callable[[str], object]) -> None:
    first, second = stage.new_measure(), stage.new_measure()
    assert first.measure_id != second.measure_id
    stage.approved(first)
    stage.approved(second)
    assert MeasureConfirmation.objects.filter(ended_at=None).count() == 2


@pytest.mark.usefixtures("morning")
def test_a_change_that_waited_beyond_its_day_is_refused_until_its_day_is_changed(at: Callable[[str], object]) -> None:
    proposal = stage.proposed(stage.raised())
    at("2026-06-09 09:00")
    with pytest.raises(Refused, match="施行日期最早是2026年6月10日"):
        actions.approve_rule(stage.yemin(), proposal_id=proposal.pk)


@pytest.mark.usefixtures("morning")
def test_what_the_desk_takes_back_to_what_the_files_say_is_no_edit_any_more() -> None:
    stage.approved(renamed(stage.GRADUATE, "示例"))
    stage.approved(stage.saved(renamed(stage.GRADUATE, "x"), lambda content: content.pop("plain")))
    assert releases.desk_edits().names == []


def test_two_approvals_at_one_moment_make_two_releases(committed_db: TestDatabase) -> None:
    clock_to("2026-06-08 09:00")
    with entered(Scope.system()):
        waiting = [stage.proposed(stage.raised()).pk, stage.proposed(renamed(stage.GRADUATE, "示例")).pk]
        before = releases.current_id()
    together, failed = threading.Barrier(2), []

    def approve(proposal_id: int) -> None:
        try:
            with releases.held(), entered(Scope.system()):
                releases.current()  # each has read what was in force before the other was done
                together.wait(timeout=60)
                actions.approve_rule(stage.yemin(), proposal_id=proposal_id)
        except Exception as wrong:  # told below, in the test's own thread
            failed.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=[one]) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with entered(Scope.system()):
        pack = releases.current()
        made = set(RuleProposal.objects.values_list("made_release", flat=True))
        assert len(made) == 2 and min(made) > before
        assert len(pack.measures[stage.SUBSIDY].versions) == 2 and pack.measures[stage.GRADUATE].plain == "示例"
