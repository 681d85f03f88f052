"""转办, 加签, 退回, 撤回, 催办 and what they refuse; each ends in the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from guiyan.accounts.models import Grant, Post, Unit, User
from guiyan.cases import actions, queries
from guiyan.cases import receivers_of_work as work
from guiyan.cases.models import Alert, Case, CaseCheck
from guiyan.kernel import workflow
from guiyan.kernel.actors import FixedActor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.workflow import OpinionRow
from guiyan.kernel.workflow.checks import findings as workflow_findings
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.ledger.models import Entitlement
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def key_of(case: Case, username: str, by: str) -> str:
    user = User.objects.get(username=username)
    return next(one.key for one in work.for_case(case, people.as_actor(by)) if one.user_id == user.pk)


def mine(username: str) -> set[tuple[str, str]]:
    return {(row.kind, row.key) for row in queries.work_for(people.as_actor(username))}


def log(case: Case) -> list[str]:
    return list(
        WorkflowLog.objects.filter(object_type="case", object_id=case.pk).order_by("id").values_list("verb", flat=True)
    )


def test_what_is_handed_over_is_the_receivers_and_the_clock_goes_on() -> None:
    case = people.submitted(people.a_returnee())
    due = case.due_on
    actions.transfer_case(
        people.as_actor("zhoumin"), case=case, to=key_of(case, "fangyun", "zhoumin"), reason="外出学习三天"
    )
    case.refresh_from_db()
    assert (case.handler_label, case.due_on) == ("方云（通山县人社局）", due)
    assert ("case", case.number) in mine("fangyun") and ("case", case.number) not in mine("zhoumin")
    with pytest.raises(Refused, match="已转给方云"):
        actions.accept_case(people.as_actor("zhoumin"), case=case)
    done = actions.accept_case(people.as_actor("fangyun"), case=case)
    assert (done.state, done.handler_id, done.handler_label) == ("checking", None, "")
    assert log(case)[-2:] == ["transfer", "accept"]
    assert list(workflow.history(case))[-2].reason == "外出学习三天"
    assert list(workflow_findings()) == []


def test_nobody_outside_the_list_gets_it_and_another_county_can_not_hand_it_on() -> None:
    case = people.submitted(people.a_returnee())
    keys = {one.user_id for one in work.for_case(case, people.as_actor("zhoumin"))}
    assert not keys & set(
        User.objects.filter(username__in=["caoyun", "marketchecker", "tanming"]).values_list("pk", flat=True)
    )
    caoyun = User.objects.get(username="caoyun")
    post = Post.objects.get(user=caoyun)
    with pytest.raises(Refused, match="请从名单里选"):
        actions.transfer_case(people.as_actor("zhoumin"), case=case, to=f"{post.unit_id}.{caoyun.pk}", reason="试一试")
    key = key_of(case, "fangyun", "zhoumin")
    with pytest.raises((NotFound, NotAllowed)):
        actions.transfer_case(people.as_actor("caoyun"), case=case, to=key, reason="试一试")
    with pytest.raises(Refused, match="理由"):
        actions.transfer_case(people.as_actor("zhoumin"), case=case, to=key, reason=" ")
    case.refresh_from_db()
    assert (case.handler_id, "transfer" in log(case)) == (None, False)


def test_handing_over_twice_is_said_and_done_once() -> None:
    case = people.submitted(people.a_returnee())
    key = key_of(case, "fangyun", "zhoumin")
    actions.transfer_case(people.as_actor("zhoumin"), case=case, to=key, reason="外出")
    with pytest.raises(Refused):
        actions.transfer_case(people.as_actor("zhoumin"), case=case, to=key, reason="外出")
    assert log(case).count("transfer") == 1


def test_the_one_who_accepted_is_not_offered_the_review_of_it() -> None:
    case = people.checked(people.a_returnee())
    ids = {one.user_id for one in work.for_case(case, people.as_actor("zhengwei"))}
    accepted = Case.objects.get(pk=case.pk).accepted_by_id
    assert accepted not in ids and User.objects.get(username="fangyun").pk in ids


def test_nobody_hands_on_or_advises_on_his_own_request() -> None:
    person = people.a_returnee()
    case = people.submitted(person)
    clerk = people.as_actor("zhoumin")
    herself = FixedActor("user", "周敏", clerk.user_id, person.subject_id, clerk.grants, "zhoumin")
    with pytest.raises(Refused, match="您本人的事项"):
        actions.transfer_case(herself, case=case, to=key_of(case, "fangyun", "zhoumin"), reason="回避")


def test_a_check_goes_to_a_colleague_of_the_unit_and_keeps_its_day() -> None:
    case = people.accepted(people.a_returnee())
    check = CaseCheck.objects.get(case=case, check_id="registration")
    colleague = a_second_checker(check.unit)
    due = check.due_on
    done = actions.transfer_check(
        people.as_actor("marketchecker"), check=check, to=f"{check.unit_id}.{colleague.pk}", reason="出差"
    )
    assert (done.handler_id, done.due_on) == (colleague.pk, due)
    with pytest.raises(Refused, match="已转给"):
        actions.record_check(people.as_actor("marketchecker"), check=done, result="true")
    assert actions.record_check(people.as_actor("second"), check=done, result="true").result == "true"
    assert "hand_step" in log(case)


def a_second_checker(unit: Unit) -> User:
    user = User.objects.create_user("second", name="示例同事")
    post = Post.objects.create(user=user, unit=unit, title="登记注册科")
    Grant.objects.create(post=post, role="checker", regions=[people.COUNTY], unit_scope=True)
    return user


def ask(case: Case, *, required: bool = True, by: str = "zhengwei", of: str = "marketchecker") -> OpinionRow:
    user = User.objects.get(username=of)
    key = next(one.key for one in work.for_opinion(case, people.as_actor(by)) if one.user_id == user.pk)
    return actions.ask_opinion(
        people.as_actor(by), case=case, to=key, question="登记日期对不对", due_on=date(2026, 6, 10), required=required
    )


def test_the_step_waits_for_a_required_opinion_and_the_answer_is_kept() -> None:
    case = people.checked(people.a_returnee())
    row = ask(case)
    assert ("opinion", str(row.pk)) in mine("marketchecker")
    with pytest.raises(Refused, match="还有1份加签意见没有回复"):
        actions.pass_review(people.as_actor("zhengwei"), case=case)
    assert not Entitlement.objects.filter(case_ref=case.ref).exists()
    with pytest.raises(NotFound):
        actions.answer_opinion(people.as_actor("townchecker"), opinion=row, agrees=True, answer="代答")
    done = actions.answer_opinion(people.as_actor("marketchecker"), opinion=row, agrees=True, answer="登记日期没有问题")
    assert (done.state, done.answer) == ("agree", "登记日期没有问题")
    with pytest.raises(Refused, match="已由高洁回复"):
        actions.answer_opinion(people.as_actor("marketchecker"), opinion=row, agrees=False, answer="改主意")
    assert actions.pass_review(people.as_actor("zhengwei"), case=case).state == "approved"
    assert log(case)[-3:] == ["consult", "opinion", "pass_review"]


def test_an_opinion_that_is_not_required_holds_nothing_up_and_a_question_can_be_taken_back() -> None:
    case = people.checked(people.a_returnee())
    row = ask(case)
    actions.drop_opinion(people.as_actor("zhengwei"), opinion=row)
    ask(case, required=False)
    assert actions.pass_review(people.as_actor("zhengwei"), case=case).state == "approved"
    assert set(OpinionRow.objects.values_list("state", flat=True)) == {"dropped"}


def test_who_is_asked_sees_no_phone_and_no_account() -> None:
    row = ask(people.checked(people.a_returnee()))
    shown = str(row.shown)
    assert (
        "刘春燕" in shown and "6200000000000381" not in shown and "15412345678" not in shown and "农商银行" not in shown
    )


def test_the_last_step_is_taken_back_while_nobody_has_acted_on_it() -> None:
    case = people.accepted(people.a_returnee())
    with pytest.raises(Refused, match="只能由本人撤回"):
        actions.take_back(people.as_actor("fangyun"), case=case, verb="take_back_acceptance")
    done = actions.take_back(people.as_actor("zhoumin"), case=case, verb="take_back_acceptance")
    assert (done.state, done.accepted_by_id) == ("submitted", None)
    assert set(CaseCheck.objects.filter(case=case).values_list("result", flat=True)) == {"dropped"}
    assert queries.checks_for(people.as_actor("marketchecker")) == []
    again = actions.accept_case(people.as_actor("zhoumin"), case=done)
    check = CaseCheck.objects.get(case=again, check_id="registration", result="")
    people.answer(check)
    with pytest.raises(Refused, match="已经有人接着办了"):
        actions.take_back(people.as_actor("zhoumin"), case=again, verb="take_back_acceptance")
    assert Case.objects.get(pk=case.pk).state == "checking"


def test_taking_the_review_back_frees_the_money_and_it_can_be_passed_again() -> None:
    case = people.approved(people.a_returnee())
    done = actions.take_back(people.as_actor("zhengwei"), case=case, verb="take_back_review")
    assert done.state == "reviewing" and not Entitlement.objects.filter(case_ref=case.ref, ended_at=None).exists()
    assert actions.pass_review(people.as_actor("zhengwei"), case=done).state == "approved"
    assert Entitlement.objects.filter(case_ref=case.ref, ended_at=None).count() == 1


def test_a_failed_check_still_counts_when_the_return_to_checks_is_taken_back() -> None:
    case = people.accepted(people.a_returnee())
    for check in CaseCheck.objects.filter(case=case):
        people.answer(check, *(("differs", "名下另有登记") if check.check_id == "registration" else ("true", "")))
    case.refresh_from_db()
    back = actions.return_to_checks(people.as_actor("zhengwei"), case=case, reason="请再核对")
    back = actions.take_back(people.as_actor("zhengwei"), case=back, verb="take_back_return")
    with pytest.raises(Refused, match="有核验没有通过"):
        actions.pass_review(people.as_actor("zhengwei"), case=back)


def test_what_is_approved_goes_back_to_review_with_the_reason() -> None:
    case = people.approved(people.a_returnee())
    with pytest.raises(Refused, match="理由"):
        actions.return_case(people.as_actor("huanglei"), case=case, verb="return_to_review", reason="")
    done = actions.return_case(people.as_actor("huanglei"), case=case, verb="return_to_review", reason="金额再核对")
    assert done.state == "reviewing" and not Entitlement.objects.filter(case_ref=case.ref, ended_at=None).exists()


def test_urging_is_once_a_working_day_and_counted(at: Clock) -> None:
    person = people.a_returnee()
    case = people.submitted(person)
    at("2026-06-12 10:00")
    assert actions.urge_case(person.actor, case=case, words="请早点办") == 1
    with pytest.raises(Refused, match="每个工作日只能催办一次"):
        actions.urge_case(people.as_actor("chenjing"), case=case)
    at("2026-06-13 10:00")
    with pytest.raises(Refused, match="下个工作日"):
        actions.urge_case(person.actor, case=case)
    at("2026-06-15 10:00")
    assert actions.urge_case(people.as_actor("chenjing"), case=case) == 2
    rows = [row for row in queries.work_for(people.as_actor("zhoumin")) if row.key == case.number]
    assert [row.note.rpartition("，")[2] for row in rows] == ["已催办2次"]
    alerts = Alert.objects.filter(case=case, kind="urge", cleared_at=None)
    assert {("alert", str(one.pk)) for one in alerts} <= mine("xurong")
    with pytest.raises(NotFound):
        actions.urge_case(people.as_actor("caoyun"), case=case)
    actions.accept_case(people.as_actor("zhoumin"), case=case)
    assert not alerts.all().exists()


def test_urging_while_it_is_checked_reaches_each_unit_that_has_not_answered() -> None:
    case = people.accepted(people.a_returnee())
    people.answer(CaseCheck.objects.get(case=case, check_id="residence"))
    actions.urge_case(people.as_actor("chenjing"), case=case)
    market = CaseCheck.objects.get(case=case, check_id="registration").unit
    assert list(Alert.objects.filter(case=case).values_list("unit_id", flat=True)) == [market.pk]


def test_whom_to_ask_is_one_list_with_the_people_of_each_unit_under_it(client: Client) -> None:
    case = people.checked(people.a_returnee())
    client.force_login(User.objects.get(username="zhengwei"))
    page = client.get(f"/desk/cases/{case.number}/step/consult/").content.decode()
    units = re.findall(r'<optgroup label="([^"]+)">', page)
    asked = work.for_opinion(case, people.as_actor("zhengwei"))
    assert units == list(dict.fromkeys(one.unit for one in asked)) and len(units) > 1
    assert page.count("<option") == len(asked) + 1 and 'type="radio"' not in page
