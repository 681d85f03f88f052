"""The gate: what a flow allows, who may do it, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from guiyan.kernel import workflow
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox.models import OutboxEvent
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow.models import StateNotThroughGate
from tests.kernel.workflow.papers import (
    APPLICANT,
    CHECKS,
    CLERK,
    REVIEWER,
    Paper,
    in_checks,
    in_review,
    new_paper,
    person,
    submitted,
)

Move = Callable[[str], datetime]


def clock(paper: Paper, name: str) -> workflow.ClockView:
    return next(clock for clock in workflow.clocks(paper) if clock.id == name)


def events() -> list[str]:
    return list(OutboxEvent.objects.order_by("id").values_list("event", flat=True))


def refused(code: str, paper: Paper, verb: str, **options: object) -> str:
    """The words of the refusal; the paper stays where it was."""
    before = paper.state
    with pytest.raises(Refused) as caught:
        workflow.advance(paper, verb, **options)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert Paper.objects.get(pk=paper.pk).state == paper.state == before
    return caught.value.message


def test_a_new_paper_is_in_the_first_state_and_in_the_log(monday: Move) -> None:
    paper = new_paper()
    assert paper.state == "draft"
    assert [(entry.verb, entry.to_state) for entry in workflow.history(paper)] == [("begin", "draft")]


def test_submitting_starts_the_acceptance_clock_and_tells_the_others(monday: Move) -> None:
    paper = submitted()
    acceptance = clock(paper, "acceptance")
    assert paper.state == "submitted"
    assert (acceptance.due_on, acceptance.words) == (date(2026, 6, 11), "正常")
    assert clock(paper, "promise").words == "未开始"
    assert events()[-1] == "case.submitted"


def test_a_guard_that_does_not_hold_refuses_in_its_own_words(monday: Move) -> None:
    words = refused("guard", new_paper(), "submit", actor=APPLICANT, facts={"materials_missing": 1})
    assert "没有交齐" in words


def test_a_guard_whose_fact_is_missing_refuses(monday: Move) -> None:
    refused("fact_missing", new_paper(), "submit", actor=APPLICANT)


def test_a_verb_from_another_state_is_refused_in_plain_words(monday: Move) -> None:
    words = refused("wrong_state", submitted(), "pass_review", actor=REVIEWER)
    assert "已提交" in words and "审核中" in words


def test_an_unknown_verb_is_an_error_of_the_program(monday: Move) -> None:
    with pytest.raises(ValueError, match="no verb"):
        workflow.advance(submitted(), "acept", actor=CLERK)


def test_supplement_is_asked_once_and_a_reason_is_needed(monday: Move) -> None:
    paper = submitted()
    refused("reason_needed", paper, "request_supplement", actor=CLERK)
    workflow.advance(paper, "request_supplement", actor=CLERK, reason="缺经营场所照片")
    monday("2026-06-10 09:00")
    workflow.advance(paper, "resubmit", actor=APPLICANT, facts={"materials_missing": 0})
    assert clock(paper, "acceptance").due_on == date(2026, 6, 15)
    refused("already_done", paper, "request_supplement", actor=CLERK, reason="再补")


def test_parallel_checks_open_together_and_the_last_moves_the_paper_on(monday: Move) -> None:
    paper = in_checks()
    assert [(step.step, step.state, step.unit_id) for step in workflow.steps(paper)] == [
        ("market", "open", 11),
        ("town", "open", 12),
    ]
    workflow.finish_step(paper, "market", actor=person(20), result="passed")
    assert paper.state == "checking"
    workflow.finish_step(paper, "town", actor=person(21), result="passed", note="已到现场")
    assert paper.state == "reviewing"
    assert events()[-1] == "case.checked"
    assert workflow.history(paper)[-1].actor_label == "系统"


def test_a_step_is_done_once(monday: Move) -> None:
    paper = in_checks()
    workflow.finish_step(paper, "market", actor=person(20), result="passed")
    with pytest.raises(Refused, match="已经办完"):
        workflow.finish_step(paper, "market", actor=person(21), result="failed")


def test_a_checker_who_sees_only_their_step_can_finish_it(monday: Move) -> None:
    paper = in_checks()
    with entered(Scope(units=frozenset({11}))):
        assert not Paper.objects.filter(pk=paper.pk).exists()
        workflow.finish_step(paper, "market", actor=person(20), result="passed")
    assert paper.state == "checking"
    with entered(Scope(units=frozenset({99}))), pytest.raises(Refused):
        workflow.finish_step(paper, "town", actor=person(20), result="passed")


def test_a_failed_check_cannot_be_passed_over_and_can_be_done_again(monday: Move) -> None:
    paper = in_checks()
    workflow.finish_step(paper, "market", actor=person(20), result="failed", note="未找到经营场所")
    workflow.finish_step(paper, "town", actor=person(21), result="passed")
    assert "没有通过" in refused("guard", paper, "pass_review", actor=REVIEWER)
    workflow.advance(paper, "return_to_checks", actor=REVIEWER, reason="复查", steps=CHECKS[:1])
    assert [(step.step, step.round, step.state) for step in workflow.steps(paper)] == [
        ("market", 2, "open"),
        ("town", 1, "passed"),
    ]
    workflow.finish_step(paper, "market", actor=person(22), result="passed")
    workflow.advance(paper, "pass_review", actor=REVIEWER)
    assert paper.state == "approved"


def test_who_accepted_cannot_review(monday: Move) -> None:
    paper = in_review()
    assert "审办分离" in refused("same_person", paper, "pass_review", actor=CLERK)
    workflow.advance(paper, "pass_review", actor=REVIEWER)
    assert paper.state == "approved"


def test_nobody_handles_their_own_request(monday: Move) -> None:
    paper = submitted()
    refused("own_case", paper, "accept", actor=person(9, subject_id=501), steps=CHECKS)


def test_a_further_check_stops_the_promise_with_its_reason(monday: Move) -> None:
    paper = in_review()
    monday("2026-06-10 09:00")
    workflow.advance(paper, "suspend", actor=REVIEWER, reason="等待外省核对户籍")
    monday("2026-06-24 09:00")
    standing = clock(paper, "promise")
    assert (standing.light, standing.paused_reason, standing.used) == ("paused", "等待外省核对户籍", 2)
    workflow.advance(paper, "resume", actor=REVIEWER)
    assert clock(paper, "promise").used == 2
    assert clock(paper, "promise").due_on == date(2026, 7, 13)


def test_a_notice_is_not_cleared_before_its_last_day_is_over(monday: Move) -> None:
    paper = in_review()
    for verb in ("pass_review", "add_to_batch", "sign_batch", "publish"):
        workflow.advance(paper, verb, actor=REVIEWER)
    monday("2026-06-15 17:00")
    assert "6月15日" in refused("too_early", paper, "clear_notice", actor=REVIEWER)
    monday("2026-06-16 00:05")
    workflow.advance(paper, "clear_notice", actor=REVIEWER)
    assert paper.state == "payable"


def test_an_item_may_set_its_own_days(monday: Move) -> None:
    paper = in_review()
    for verb in ("pass_review", "add_to_batch", "sign_batch"):
        workflow.advance(paper, verb, actor=REVIEWER)
    workflow.advance(paper, "publish", actor=REVIEWER, limits={"notice": 7})
    assert clock(paper, "notice").due_on == date(2026, 6, 17)


def test_refusing_closes_what_is_open(monday: Move) -> None:
    paper = in_checks()
    workflow.advance(paper, "refuse", actor=REVIEWER, reason="不是首次登记")
    assert workflow.steps(paper) == []
    assert not any(clock.running for clock in workflow.clocks(paper))


def test_offers_name_what_stands_in_the_way_of_this_person(monday: Move) -> None:
    paper = in_review()
    mine = {offer.verb: offer for offer in workflow.allowed_verbs(paper, CLERK)}
    assert not mine["pass_review"].allowed and "审办分离" in mine["pass_review"].reason_if_not
    assert mine["suspend"].allowed and mine["suspend"].needs_reason
    assert mine["refuse"].permission == "case.review"
    assert "finish_checks" not in {offer.verb for offer in workflow.allowed_verbs(in_checks(), CLERK)}


def test_whoever_may_not_see_a_paper_cannot_move_it(monday: Move) -> None:
    paper = submitted()
    with entered(Scope(regions=((421223000000, 421224000000),))), pytest.raises(NotFound):
        workflow.advance(paper, "accept", actor=CLERK, steps=CHECKS)


def test_a_state_written_beside_the_gate_is_an_error(monday: Move) -> None:
    paper = submitted()
    paper.state = "paid"
    with pytest.raises(StateNotThroughGate):
        paper.save()


def test_clocks_of_a_list_take_as_many_queries_as_of_one(monday: Move, max_queries: Callable[[int], object]) -> None:
    papers = [in_checks() for _ in range(3)]
    with max_queries(5):  # type: ignore[attr-defined]
        found = workflow.clocks_of(Paper, [paper.pk for paper in papers])
    assert {clock.id for clock in found[papers[0].pk]} == {"acceptance", "checks", "promise"}


def test_other_fields_are_saved_without_asking_the_gate(monday: Move) -> None:
    paper = submitted()
    other = Paper.objects.get(pk=paper.pk)
    workflow.advance(other, "withdraw", actor=APPLICANT)
    paper.unit_id = 9
    paper.save(update_fields=["unit_id"])
    paper.refresh_from_db()
    assert (paper.state, paper.unit_id) == ("withdrawn", 9)
    paper.save()
