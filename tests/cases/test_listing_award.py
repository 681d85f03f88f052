"""Benefits beyond one sum are paid: tiers, three successive payments, only the difference after 新三板; each once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.accounts.models import User
from guiyan.cases import actions
from guiyan.cases.models import CaseVerdict
from guiyan.cases.reckoning import in_whole_yuan
from guiyan.cases.reckoning_words import reckoning_lines
from guiyan.engine.rules.benefit import Benefit, Parameter
from guiyan.kernel.errors import Refused
from guiyan.ledger import actions as ledger
from guiyan.ledger import queries
from guiyan.ledger.actions import TakenOff
from guiyan.ledger.models import Entitlement
from tests.cases import firms, listings, people
from tests.cases.listings import AWARD, MILLION, approved, checked, passed
from tests.prepared import clock_to

Lines = list[tuple[str, str]]


def stands(folder: Path) -> None:
    """The award is an item, with its budget; whatever cases are compared with is there."""
    clock_to("2026-06-08 09:00")
    people.with_list(folder)
    firms.with_lists(folder)
    listings.with_award()


@pytest.fixture
def firm(scoped_db: object) -> firms.Firm:
    return firms.a_firm(1)


def given(firm: firms.Firm) -> list[tuple[str, int]]:
    rows = Entitlement.objects.filter(subject_id=firm.subject_id, measure_id=AWARD, ended_at=None).order_by("pk")
    return [(row.step, row.amount_fen // MILLION) for row in rows]


def lines_of(case: object) -> Lines:
    return reckoning_lines(CaseVerdict.objects.filter(case=case).order_by("-pk")[0].reckoning)


def test_each_milestone_is_a_case_of_its_own_and_each_is_paid_its_own_sum(firm: firms.Firm) -> None:
    for stage, millions in ((1, 1), (2, 2), (3, 2)):
        case = approved(firm, "main", stage)
        assert case.amount_fen == millions * MILLION
    assert given(firm) == [("2.1", 1), ("2.2", 2), ("2.3", 2)]
    assert queries.given_by_measure(firm.subject_id) == {AWARD: 5 * MILLION}


def test_the_same_milestone_a_second_time_is_refused(firm: firms.Firm) -> None:
    approved(firm, "main", 1)
    with pytest.raises(Refused, match=r"不符合|还没有领满"):
        approved(firm, "star", 1)
    assert given(firm) == [("2.1", 1)]


def test_after_the_third_board_only_the_difference(firm: firms.Firm) -> None:
    neeq = approved(firm, "neeq")
    assert neeq.amount_fen == MILLION and lines_of(neeq) == [("新三板挂牌", "100万元"), ("这次给", "100万元")]
    with pytest.raises(Refused, match="不符合"):
        approved(firm, "star", 1)
    second = approved(firm, "star", 2)
    assert second.amount_fen == 2 * MILLION
    assert lines_of(second) == [
        ("沪深主板、科创板、创业板或北京证券交易所上市（第2次）", "200万元"),
        ("前几次按标准合计", "100万元"),
        ("已经给过：企业上市挂牌奖励", "100万元"),
        ("这次给", "200万元"),
    ]
    assert given(firm) == [("3", 1), ("2.2", 2)]


def test_abroad_after_the_third_board_two_of_three_millions_are_left(firm: firms.Firm) -> None:
    approved(firm, "neeq")
    abroad = approved(firm, "overseas_main")
    assert abroad.amount_fen == 2 * MILLION
    assert lines_of(abroad)[1:] == [
        ("已经给过：企业上市挂牌奖励", "100万元"),
        ("扣除：已经给过的", "-100万元"),
        ("这次给", "200万元"),
    ]


def test_what_was_given_meanwhile_is_taken_off_when_it_is_passed(firm: firms.Firm) -> None:
    """Two wait at once; when they were sent nothing had been given."""
    abroad, neeq = checked(firm, "overseas_main"), checked(firm, "neeq")
    assert (abroad.amount_fen, neeq.amount_fen) == (3 * MILLION, MILLION)
    passed(neeq)
    assert passed(abroad).amount_fen == 2 * MILLION


def test_a_sum_by_region_is_that_of_the_firms_place(scoped_db: object) -> None:
    places = {"421224000000": "60000", "421200000000": "50000"}
    told = {"label": "一次奖励", "type": "int", "by_region": places, "on": "registered_region", "set_by": "test"}
    benefit = Benefit.model_validate({"kind": "award", "amount_yuan": ":sum"})
    listings.award_in_force(benefit=benefit, parameters={"sum": Parameter.model_validate(told)})
    case = approved(firms.a_firm(1), "main", 1)
    assert case.amount_fen == 60_000_00 and lines_of(case)[-1] == ("这次给", "6万元")


def test_a_range_that_a_tier_leaves_is_the_reviewers_to_decide(scoped_db: object) -> None:
    tiers = [
        {"label": "境内", "when": "listed_on = 'main'", "amount_max_yuan": "200000"},
        {"label": "其他", "amount_max_yuan": "150000"},
    ]
    listings.award_in_force(benefit=Benefit.model_validate({"kind": "award", "tiers": tiers}))
    case, reviewer = checked(firms.a_firm(1), "neeq"), people.as_actor("zhengwei")
    for wrong in (None, 150_001_00, 0):
        with pytest.raises(Refused, match="请在1元到15万元之间审定金额"):
            actions.pass_review(reviewer, case=case, opinion="按规模定", amount_fen=wrong)
    done = actions.pass_review(reviewer, case=case, opinion="按规模定", amount_fen=120_000_00)
    assert done.amount_fen == 120_000_00 and queries.entitlement_for(done.ref).amount_fen == 120_000_00  # type: ignore[union-attr]


def test_what_was_received_is_told_in_whole_yuan_or_not_at_all() -> None:
    assert in_whole_yuan({AWARD: 1_000_01, "other": 5_00}) == {AWARD: 1_001, "other": 5}
    assert in_whole_yuan({AWARD: None, "other": 5_00}) is None and in_whole_yuan(None) is None


def test_an_unknown_milestone_holds_no_money(firm: firms.Firm) -> None:
    case = checked(firm, "main")
    with pytest.raises(Refused, match=r"定不了金额|还查不到"):
        passed(case)
    assert given(firm) == []


def test_another_amount_than_the_reckoned_one_cannot_be_given(firm: firms.Firm) -> None:
    case = checked(firm, "main", 1)
    with pytest.raises(Refused, match="金额是固定的"):
        actions.pass_review(people.as_actor("zhengwei"), case=case, opinion="同意", amount_fen=3 * MILLION)


def test_a_refusal_after_the_approval_gives_the_step_back(firm: firms.Firm) -> None:
    first = approved(firm, "main", 1)
    actions.refuse_case(people.as_actor("zhengwei"), case=first, grounds=["listed"], reason="已撤回上市申请")
    assert given(firm) == []
    assert approved(firm, "main", 1).amount_fen == MILLION


def test_the_verdict_keeps_facts_version_and_how_the_amount_came_about(firm: firms.Firm) -> None:
    case = approved(firm, "main", 2)
    kept = CaseVerdict.objects.filter(case=case, moment="reviewed").get()
    assert kept.measure_version == "2022-11-18" and kept.release == case.release
    assert {row["fact"]: row["value"] for row in kept.facts}["listing_stage"] == "2"
    told = kept.reckoning
    assert (told["step"], told["before_fen"], told["paid_most_fen"]) == ("2.2", MILLION, 2 * MILLION)


def test_pages_and_paper_show_how_the_amount_came_about(firm: firms.Firm, client_as: Callable[[str], Client]) -> None:
    approved(firm, "neeq")
    case = approved(firm, "overseas_main")
    zhengwei = client_as("zhengwei")
    for address in (f"/desk/cases/{case.number}/", f"/desk/cases/{case.number}/print/"):
        text = zhengwei.get(address).content.decode()
        assert "金额怎样算出" in text and "已经给过：企业上市挂牌奖励" in text and "-100万元" in text, address
    User.objects.filter(username="wangjian").update(subject_id=firm.owner.subject_id)
    hers = client_as("wangjian").get(f"/my/cases/{case.number}/").content.decode()
    assert "这次给" in hers and "审核时按查到的事实核定" in hers


def test_the_library_shows_the_tiers_as_a_table(firm: firms.Firm, client_as: Callable[[str], Client]) -> None:
    text = client_as("").get(f"/measures/{AWARD}/").content.decode()
    assert "分几档" in text and "分3次，100万元、200万元、200万元" in text
    assert "扣除先前领过的企业上市挂牌奖励" in text and "符合的第一档算数" in text


def test_the_ledger_itself_refuses_a_sum_reckoned_on_what_has_changed(firm: firms.Firm) -> None:
    approved(firm, "neeq")
    with pytest.raises(Refused, match="应扣除的金额变了"):
        ledger.claim_entitlement(
            people.as_actor("zhengwei"),
            measure_id=AWARD,
            subject_id=firm.subject_id,
            case_ref="case:999999",
            amount_fen=3 * MILLION,
            region=people.COUNTY,
            once_per="organisation",
            programme=AWARD,
            step="1",
            less=TakenOff((AWARD,), 0),
        )
