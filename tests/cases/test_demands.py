"""诉求: sent on, answered, asked again once, judged; nothing closes without an answer and a judgement, or a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiyan.accounts.models import Unit, User
from guiyan.cases import actions, checks, queries
from guiyan.cases.models import Case, Message, Rating, Reply
from guiyan.kernel import jobs, workflow
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from tests.cases import people

Clock = Callable[[str], object]
SAID = {"topic": "funds", "text": "贷款跑了三趟没有结果", "wish": "说清楚缺什么"}


@pytest.fixture(autouse=True)
def morning(at: Clock) -> None:
    at("2026-06-08 09:00")


def raised(person: people.Person) -> Case:
    case = actions.open_draft(person.actor, item="demand", subject_id=person.subject_id, entry="self")
    case = actions.save_draft(person.actor, case=case, values=SAID)
    return actions.submit_case(person.actor, case=case, token=case.submission_token)


def finance() -> int:
    return Unit.objects.get(code="421224-finance").pk


def dispatched(case: Case) -> Case:
    return actions.dispatch_demand(people.as_actor("zhoumin"), case=case, unit_id=finance(), note="请财政局答复")


def answered(case: Case, text: str = "已联系银行，明天上门") -> Case:
    actions.answer_demand(people.as_actor("sunli"), case=dispatched(case), text=text)
    return Case.objects.get(pk=case.pk)


def test_a_demand_goes_to_the_office_that_answers_and_is_closed_by_her_judgement(scoped_db: object) -> None:
    person = people.a_returnee()
    case = raised(person)
    assert (case.state, str(case.due_on)) == ("raised", "2026-06-09")
    case = answered(case)
    assert (case.state, case.unit.code) == ("answered", "421224-finance")
    assert Message.objects.filter(kind="answered", subject_id=person.subject_id).get().todo == "看答复并评价"
    actions.rate_case(person.actor, case=case, grade=4)
    case.refresh_from_db()
    assert (case.state, Rating.objects.get().unit_id, Reply.objects.get().turn) == ("closed", finance(), 1)
    assert list(checks.findings()) == []


def test_on_the_phone_she_is_told_what_becomes_of_a_demand_not_of_a_subsidy(scoped_db: object, client: Client) -> None:
    person = people.a_returnee()
    User.objects.filter(username="liuchunyan").update(subject_id=person.subject_id)
    client.force_login(User.objects.get(username="liuchunyan"))
    start = client.get("/apply/demand/").content.decode()
    draft = actions.open_draft(person.actor, item="demand", subject_id=person.subject_id, entry="self")
    draft = actions.save_draft(person.actor, case=draft, values=SAID)
    check = client.get(f"/apply/demand/{draft.pk}/check/").content.decode()
    assert "转给承办单位" in start and "5个工作日内答复您" in start
    assert "提交诉求" in check and "承办单位5个工作日内答复您" in check
    assert not any(word in start + check for word in ("拨付", "受不受理", "签批"))


def test_she_may_raise_another_while_the_first_is_under_way(scoped_db: object) -> None:
    person = people.a_returnee()
    assert raised(person).number != raised(person).number


def test_only_offices_of_the_place_that_have_somebody_to_answer_can_be_chosen(scoped_db: object) -> None:
    case = raised(people.a_returnee())
    offered = [unit.code for unit in queries.offices_to_answer(case)]
    assert offered == ["421224107-government", "421224-finance", "421224-market-regulation"]
    elsewhere = Unit.objects.get(code="421223-finance")
    with pytest.raises(Refused, match="请从名单里选"):
        actions.dispatch_demand(people.as_actor("zhoumin"), case=case, unit_id=elsewhere.pk)


def test_an_office_sees_only_what_was_sent_to_it(scoped_db: object) -> None:
    case = raised(people.a_returnee())
    sunli, gaojie = people.as_actor("sunli"), people.as_actor("marketchecker")
    with pytest.raises(NotFound):
        queries.demand_by_number(sunli, case.number)
    dispatched(case)
    assert queries.demand_by_number(sunli, case.number).pk == case.pk
    assert [verb for verb, _ in queries.demands_waiting(sunli)] == ["答复"]
    with pytest.raises(NotFound):
        queries.demand_by_number(gaojie, case.number)
    with pytest.raises(NotFound):
        actions.answer_demand(gaojie, case=Case.objects.get(pk=case.pk), text="不归我们")
    with pytest.raises(NotFound):
        queries.demand_by_number(people.as_actor("caoyun"), case.number)


def test_the_office_it_was_sent_to_can_call_her_and_no_other(scoped_db: object) -> None:
    case = raised(people.a_returnee())
    address = f"/desk/cases/{case.number}/show/phone/"
    finance_desk, other = Client(), Client()
    finance_desk.force_login(User.objects.get(username="sunli"))
    other.force_login(User.objects.get(username="marketchecker"))
    assert finance_desk.get(address).status_code == 404
    dispatched(case)
    page = finance_desk.get(f"/desk/demands/{case.number}/").content.decode()
    assert "154****5678" in page and address in page
    assert "15412345678" in finance_desk.get(address).content.decode()
    assert AuditEntry.objects.filter(action="read:person.phone", purpose=f"办件{case.number}").count() == 1
    assert other.get(address).status_code == 404


def test_returned_it_is_sent_on_again_and_the_reason_stands_in_the_log(scoped_db: object) -> None:
    case = dispatched(raised(people.a_returnee()))
    sunli = people.as_actor("sunli")
    with pytest.raises(Refused, match="归谁办"):
        actions.return_demand(sunli, case=case, reason=" ")
    case = actions.return_demand(sunli, case=case, reason="属于市场监管局")
    assert (case.state, case.unit.code) == ("raised", "421224-human-resources")
    assert [entry.label for entry in workflow.history(case)] == ["开始填写", "提交诉求", "分办", "退回分办"]


def test_not_settled_it_is_handled_once_more_and_then_no_more(scoped_db: object) -> None:
    person = people.a_returnee()
    case = answered(raised(person))
    with pytest.raises(Refused, match="没有解决"):
        actions.ask_again(person.actor, case=case, reason="")
    case = actions.ask_again(person.actor, case=case, reason="银行没有来")
    assert case.state == "dispatched"
    actions.answer_demand(people.as_actor("sunli"), case=case, text="银行今天到，联系人已告知")
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(Refused):
        actions.ask_again(person.actor, case=case, reason="还是没来")
    rating = actions.rate_case(person.actor, case=case, grade=1, words="还是没来")
    assert rating.call_due_on is not None
    assert [reply.turn for reply in queries.replies_of(case)] == [1, 2]


def test_it_cannot_be_judged_before_it_is_answered_nor_closed_by_an_officer(scoped_db: object) -> None:
    person = people.a_returnee()
    case = dispatched(raised(person))
    with pytest.raises(Refused, match="办完以后再评价"):
        actions.rate_case(person.actor, case=case, grade=5)
    with pytest.raises(Refused):
        workflow.advance(case, "close", actor=people.as_actor("sunli"))


def test_nobody_judges_in_time_and_the_reason_is_kept(scoped_db: object, at: Clock) -> None:
    case = answered(raised(people.a_returnee()))
    at("2026-06-23 09:00")
    jobs.defer("kernel.tick")
    jobs.run_pending()
    case.refresh_from_db()
    assert case.state == "answered"  # the day of the limit is still hers
    at("2026-06-24 09:00")
    jobs.defer("kernel.tick")
    jobs.run_pending()
    case.refresh_from_db()
    assert case.state == "closed"
    assert workflow.history(case)[-1].reason == "答复后10个工作日没有评价"


def test_she_may_urge_it_once_a_working_day(scoped_db: object) -> None:
    person = people.a_returnee()
    case = dispatched(raised(person))
    assert actions.urge_case(person.actor, case=case) == 1
    with pytest.raises(Refused):
        actions.urge_case(person.actor, case=case)


def test_declined_she_is_told_why(scoped_db: object) -> None:
    person = people.a_returnee()
    case = raised(person)
    with pytest.raises(NotAllowed):
        actions.decline_demand(people.as_actor("zhengwei"), case=case, reason="不归本县")
    actions.decline_demand(people.as_actor("zhoumin"), case=case, reason="已经起诉，由法院处理")
    assert "已经起诉，由法院处理" in Message.objects.filter(subject_id=person.subject_id).latest("id").body


def test_from_the_phone_to_the_desk_and_back(scoped_db: object, client: Client) -> None:
    person = people.a_returnee()
    User.objects.filter(username="liuchunyan").update(subject_id=person.subject_id)
    case = raised(person)
    officer, finance_desk, phone = Client(), Client(), client
    officer.force_login(User.objects.get(username="zhoumin"))
    finance_desk.force_login(User.objects.get(username="sunli"))
    phone.force_login(User.objects.get(username="liuchunyan"))
    assert "融资贷款" in officer.get("/desk/demands/").content.decode()
    page = f"/desk/demands/{case.number}/"
    refused = officer.post(f"{page}dispatch/", {"unit_id": "", "note": "写好的意见"})
    assert refused.status_code == 422
    assert "写好的意见" in refused.content.decode()
    assert officer.post(f"{page}dispatch/", {"unit_id": finance()}).status_code == 302
    assert officer.post(f"{page}dispatch/", {"unit_id": finance()}).status_code == 422  # the second click
    assert finance_desk.post(f"{page}answer/", {"text": "已联系银行"}).status_code == 302
    mine = phone.get(f"/my/cases/{case.number}/").content.decode()
    assert "已联系银行" in mine
    assert "没解决，请重新办理" in mine
    assert phone.post(f"/my/cases/{case.number}/rate/", {"grade": "5"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    scoped_db: object, client: Client, django_assert_max_num_queries: Callable[..., object], count: int
) -> None:
    for serial in range(count):
        raised(people.a_returnee(serial + 1))
    client.force_login(User.objects.get(username="zhoumin"))
    client.get("/desk/demands/")
    with django_assert_max_num_queries(26):
        page = client.get("/desk/demands/")
    assert page.content.decode().count("data-row") == count
