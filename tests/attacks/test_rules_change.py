"""A new release is applied while requests run: they end by the rules they began on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions, declared
from guiyan.cases.models import CaseCheck, CaseVerdict
from guiyan.kernel import jobs, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.ledger import queries as ledger
from guiyan.notices.models import Notice
from guiyan.packs import Pack
from guiyan.registers.models import ComparisonList
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def change(alter: Callable[[dict[str, object]], None]) -> Pack:
    """Apply the pack in force with something altered in it."""
    content = releases.current().model_dump(mode="json", by_alias=True)
    alter(content)
    pack = Pack.model_validate(content)
    releases.apply(SYSTEM, pack)
    return pack


def item(content: dict) -> dict:
    return content["items"][people.ITEM]  # type: ignore[no-any-return]


def test_a_running_request_keeps_its_checks_its_notice_and_its_pot() -> None:
    case = people.submitted(people.a_returnee())

    def alter(content: dict) -> None:
        item(content)["checks"].pop("residence")
        item(content)["materials"].pop("licence")
        item(content)["materials"]["returned"]["replaces"] = None
        item(content)["notice"]["days"] = 1
        item(content)["notice"]["name"] = "masked"
        item(content)["payment"]["account_code"] = "another-pot"

    change(alter)
    case = actions.accept_case(people.as_actor("zhoumin"), case=case)
    assert {one.check_id for one in CaseCheck.objects.filter(case=case)} == {"registration", "residence"}
    for check in CaseCheck.objects.filter(case=case):
        people.answer(check)
    case = actions.pass_review(people.as_actor("zhengwei"), case=case)
    held = ledger.entitlement_for(case.ref)
    assert held is not None and held.programme == "startup-subsidy"
    people.signed(case)
    jobs.run_pending()
    notice = Notice.objects.get()
    assert notice.days == 5
    assert notice.rows.get().cells[0] == "刘春燕"


def test_requests_under_different_rules_are_not_summed_up_together() -> None:
    first = people.approved(people.a_returnee(1, name="示例甲"))

    def alter(content: dict) -> None:
        item(content)["notice"]["days"] = 7

    change(alter)
    second = people.approved(people.a_returnee(2, name="示例乙"))
    with pytest.raises(Refused, match="请分批"):
        people.a_batch(first, second)
    assert people.a_batch(second).state == "open"


def test_a_list_dropped_from_the_rules_still_stands_in_the_way_of_a_running_request(tmp_path: Path) -> None:
    person = people.a_returnee()
    case = people.checked(person)
    people.with_list(tmp_path, people.id_number(people.BORN, "女", 1))

    def alter(content: dict) -> None:
        content["lists"].pop("paid-before")
        item(content)["comparisons"] = []
        item(content)["materials"]["returned"]["replaces"] = "residence"

    change(alter)
    with pytest.raises(Refused):
        actions.pass_review(people.as_actor("zhengwei"), case=case)


def test_a_list_replaced_between_submission_and_review_counts_at_review(tmp_path: Path) -> None:
    case = people.checked(people.a_returnee())
    people.with_list(tmp_path, people.id_number(people.BORN, "女", 1))
    with pytest.raises(Refused):
        actions.pass_review(people.as_actor("zhengwei"), case=case)


def test_the_amount_and_the_verdict_are_of_the_day_of_submission(at: Clock) -> None:
    """A higher amount from 15 June: who opened before and submits after gets it; who submitted before does not."""

    def alter(content: dict) -> None:
        versions = content["measures"]["startup-subsidy"]["versions"]
        newer = {**versions[-1], "from": "2026-06-15"}
        for one in versions:
            assert one["from"] <= "2026-06-15"
        newer["benefit"] = {**newer["benefit"], "amount_yuan": "8000"}
        content["measures"]["startup-subsidy"]["versions"] = [*versions, newer]

    change(alter)
    early = people.checked(people.a_returnee(1, name="示例甲"))
    late = people.a_draft(people.a_returnee(2, name="示例乙"))
    assert declared.measure_of(early).versions[-1].valid_from.isoformat() == "2026-06-15"
    at("2026-06-15 09:00")
    early = actions.pass_review(people.as_actor("zhengwei"), case=early)
    late = actions.submit_case(
        people.FixedActor("user", "示例乙", 900_002, late.subject_id), case=late, token=late.submission_token
    )
    verdict = CaseVerdict.objects.filter(case=early).order_by("-id")[0]
    assert (early.amount_fen, verdict.amount_fen, verdict.measure_version) == (5_000_00, 5_000_00, "2025-06-09")
    assert late.amount_fen == 8_000_00


def test_who_applied_in_time_is_not_refused_because_the_review_took_its_time(at: Clock) -> None:
    def alter(content: dict) -> None:
        for version in content["measures"]["startup-subsidy"]["versions"]:
            version["to"] = "2026-06-12"

    change(alter)
    case = people.checked(people.a_returnee())
    at("2026-06-15 09:00")
    assert actions.pass_review(people.as_actor("zhengwei"), case=case).state == "approved"


def test_a_list_of_another_county_proves_nothing_here(tmp_path: Path) -> None:
    """崇阳 brought its list in, 通山 did not: nobody knows whether 通山 paid this person before."""
    case = people.checked(people.a_returnee())
    ComparisonList.objects.update(region=421223000000)
    with pytest.raises(Refused, match="还没有导入"):
        actions.pass_review(people.as_actor("zhengwei"), case=case)
