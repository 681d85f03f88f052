"""A case and a matching run that began before a rule was changed at the desk end by the rule they began on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions as cases
from guiyan.cases import declared
from guiyan.cases.models import Case
from guiyan.kernel import jobs
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope
from guiyan.outreach.models import CountyCount
from guiyan.policies.models import RuleProposal
from tests.cases import people
from tests.outreach import stage as outreach
from tests.policies import stage

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: Scope, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    outreach.in_force(stage.SUBSIDY)


def stricter() -> RuleProposal:
    """From tomorrow on 6000 yuan, and only for those who registered twice."""
    case = {**stage.CASE, "facts": {"is_returnee": "true", "business_registrations": "2"}}

    def change(content: dict[str, object]) -> None:
        stage.amount("6000")(content)
        content["versions"][-1]["conditions"]["first_time"]["when"] = "business_registrations = 2"  # type: ignore[index]

    return stage.approved(stage.saved(stage.begun(), change, case))


def test_a_case_begun_before_is_decided_by_its_old_version(at: Clock) -> None:
    person = people.a_returnee()
    case = people.checked(person)
    proposal = stricter()
    at("2026-06-10 09:00")
    case = cases.pass_review(people.as_actor("zhengwei"), case=Case.objects.get(pk=case.pk), opinion="同意")
    assert case.amount_fen == 5_000_00 and case.release == proposal.base_release
    verdict = case.verdicts.filter(moment="reviewed").get()
    assert (verdict.verdict, verdict.measure_version, verdict.release) == ("yes", "2025-06-09", case.release)


def test_a_draft_from_before_keeps_its_release_and_a_new_one_has_the_new_rule(at: Clock) -> None:
    old = people.a_draft(people.a_returnee(1))
    proposal = stricter()
    at("2026-06-10 09:00")
    new = people.a_draft(people.a_returnee(2, firms=2))
    assert declared.version_of(old).benefit.amount_yuan == "5000"
    assert declared.version_of(new).benefit.amount_yuan == "6000"
    assert new.release == proposal.made_release
    with pytest.raises(Refused):
        case = people.checked(people.a_returnee(3))
        cases.pass_review(people.as_actor("zhengwei"), case=case, opinion="同意")


def test_a_run_begun_before_counts_by_its_old_version_and_the_next_by_the_new_one(tmp_path: Path) -> None:
    outreach.with_lists(tmp_path)
    people.a_returnee(1)
    people.a_returnee(2, firms=2)
    day = dt.date(2026, 6, 10)
    old = outreach.started(stage.SUBSIDY, area=people.COUNTY, day=day)
    proposal = stricter()
    new = outreach.started(stage.SUBSIDY, area=people.COUNTY, day=day)
    jobs.run_pending()
    assert (old.release, new.release) == (proposal.base_release, proposal.made_release)
    amounts = [CountyCount.objects.filter(run=run, measure=stage.SUBSIDY).get().amount_fen for run in (old, new)]
    assert amounts == [5_000_00, 6_000_00]
