"""One person under two ids: once is once, whichever id came first, through merging and taking apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.accounts.models import User
from guiyan.accounts.scope import scope_of
from guiyan.cases import actions
from guiyan.cases.queries import case_by_number, cases_of, my_cases, reusable_materials
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import entered
from guiyan.ledger import actions as ledger
from guiyan.registers import actions as registers
from guiyan.registers.linking.colliding import collisions
from guiyan.registers.models import PersonLink
from tests.cases import people

Clock = Callable[[str], object]
Pair = tuple[people.Person, people.Person]


@pytest.fixture
def pair(scoped_db: object, at: Clock, tmp_path: Path) -> Pair:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    return people.a_returnee(1), people.a_returnee(2)


def merged(pair: Pair) -> Pair:
    """The first was found to be the second."""
    registers.merge(SYSTEM, kept=pair[1].subject_id, merged=pair[0].subject_id)
    return pair


@pytest.mark.parametrize("again", [0, 1])
def test_a_request_under_the_old_id_stands_in_the_way_of_one_under_the_new(pair: Pair, again: int) -> None:
    people.submitted(pair[0])
    merged(pair)
    with pytest.raises(Refused, match="已经申请过"):
        people.a_draft(pair[again])


@pytest.mark.parametrize("again", [0, 1])
def test_two_drafts_of_one_person_found_out_later_are_submitted_once(pair: Pair, again: int) -> None:
    drafts = [people.a_draft(one) for one in pair]
    first, second = drafts[1 - again], drafts[again]
    actions.submit_case(pair[1 - again].actor, case=first, token=first.submission_token)
    merged(pair)
    with pytest.raises(Refused, match="已经申请过"):
        actions.submit_case(pair[again].actor, case=second, token=second.submission_token)


@pytest.mark.parametrize("first", [0, 1])
def test_two_running_requests_of_one_person_pay_once(pair: Pair, first: int) -> None:
    cases = [people.checked(one) for one in pair]
    reviewer = people.as_actor("zhengwei")
    actions.pass_review(reviewer, case=cases[first])
    merged(pair)
    with pytest.raises(Refused):
        actions.pass_review(reviewer, case=cases[1 - first])


def claim(subject_id: int, ref: str) -> None:
    ledger.claim_entitlement(
        SYSTEM,
        measure_id="startup-subsidy",
        subject_id=subject_id,
        case_ref=ref,
        amount_fen=5_000_00,
        region=people.COUNTY,
        programme="startup-subsidy",
    )


@pytest.mark.parametrize("first", [0, 1])
def test_money_held_under_the_old_id_counts_under_the_new(pair: Pair, first: int) -> None:
    claim(pair[first].subject_id, "case:1")
    merged(pair)
    for one in pair:
        with pytest.raises(Refused, match="只能享受一次"):
            claim(one.subject_id, "case:2")


def test_money_given_to_a_merged_person_counts_after_she_is_taken_apart_again(pair: Pair) -> None:
    merged(pair)
    claim(pair[0].subject_id, "case:1")
    registers.unmerge(SYSTEM, subject_id=pair[0].subject_id)
    with pytest.raises(Refused, match="只能享受一次"):
        claim(pair[0].subject_id, "case:2")


def test_she_finds_her_own_requests_after_the_merge(pair: Pair) -> None:
    case = people.submitted(pair[0])
    merged(pair)
    for one in pair:
        User.objects.filter(username="liuchunyan").update(subject_id=one.subject_id)
        me = people.as_actor("liuchunyan")
        with entered(scope_of(me)):
            assert [found.pk for found in my_cases(me)] == [case.pk]
            assert case_by_number(me, case.number) == case


def test_a_merged_resident_applies_in_her_own_scope(pair: Pair) -> None:
    merged(pair)
    User.objects.filter(username="liuchunyan").update(subject_id=pair[0].subject_id)
    me = people.as_actor("liuchunyan")
    with entered(scope_of(me)):
        draft = people.a_draft(people.Person(me.subject_id or 0, me.label, me))
        case = actions.submit_case(me, case=draft, token=draft.submission_token)
    assert (case.state, case.subject_id) == ("submitted", pair[1].subject_id)


def test_papers_given_under_the_old_id_need_not_be_given_again(pair: Pair) -> None:
    earlier = people.submitted(pair[0])
    actions.withdraw_case(pair[0].actor, case=earlier, reason="以后再办")
    case = actions.open_draft(pair[1].actor, item=people.ITEM, subject_id=pair[1].subject_id, entry="self")
    assert reusable_materials(case) == {}
    merged(pair)
    paper = reusable_materials(case)["id_card"]
    taken = actions.reuse_material(pair[1].actor, case=case, material="id_card", earlier=paper)
    assert taken.file_id == paper.file_id


def test_what_both_asked_for_is_told_before_the_merge_and_kept_as_a_finding_after_it(pair: Pair) -> None:
    numbers = [people.submitted(one).number for one in pair]
    (told,) = collisions([pair[0].subject_id], [pair[1].subject_id])
    assert "只能享受一次" in told and all(number in told for number in numbers)
    merged(pair)
    assert PersonLink.objects.get().finding == told
    registers.unmerge(SYSTEM, subject_id=pair[0].subject_id)
    assert (PersonLink.objects.get().finding, PersonLink.objects.get().verdict) == ("", "apart")
    for one, number in zip(pair, numbers, strict=True):
        assert [case.number for case in cases_of(SYSTEM, [one.subject_id])] == [number]


def test_money_that_both_hold_is_told_too(pair: Pair) -> None:
    for number, one in enumerate(pair):
        claim(one.subject_id, f"case:{number}")
    (told,) = collisions([pair[0].subject_id], [pair[1].subject_id])
    assert "两边都已审定" in told
