"""A resident's own pages: the next step first, her papers, her way out; nobody else's are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from guiyan.cases import actions as cases
from guiyan.cases import answers, queries
from guiyan.cases.actions.payment import payment_came_back
from guiyan.cases.actions.telling import tell
from guiyan.cases.models import Case, Mandate, Message
from guiyan.kernel import calendar
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.clock_moves import move_clock
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice
from tests.cases import people
from tests.portal.residents import APPLY, cost, page, photo, resident, sent, words

pytestmark = pytest.mark.usefixtures("in_force")


def fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case


def asked_for_more(case: Case) -> Case:
    cases.request_supplement(
        people.as_actor("zhoumin"),
        case=case,
        materials=["account"],
        fields=["returned_from"],
        message="银行卡照片看不清卡号。",
        due_on=date(2026, 6, 15),
    )
    return fresh(case)


def test_whoever_is_signed_out_is_asked_to_sign_in() -> None:
    for path in ("/my/", "/my/cases/XN421224-2026-000001/", "/my/mandates/1/"):
        assert Client().get(path).url.startswith("/sign-in/?next=")  # type: ignore[attr-defined]


def test_an_empty_my_page_says_what_to_do_first() -> None:
    client, _ = resident()
    assert "还没有办件" in words(page(client, "/my/"))


def test_a_case_says_what_is_next_how_long_and_how_far_it_is() -> None:
    client, _ = resident()
    case = sent(client)
    seen = words(page(client, f"/my/cases/{case.number}/"))
    assert "申请已提交" in seen and "受理：正常" in seen and "按工作日计算，跳过周末" in seen
    assert "办到哪一步" in seen and "撤回申请" in seen and case.number in seen
    assert people.ANSWERS["account_number"] not in page(client, f"/my/cases/{case.number}/")


def test_checks_stand_inside_their_stage_and_the_clock_names_the_holiday() -> None:
    client, _ = resident()
    case = cases.accept_case(people.as_actor("zhoumin"), case=sent(client), opinion="材料齐全")
    seen = words(page(client, f"/my/cases/{case.number}/"))
    assert "通山县市场监管局：注册登记核验等回复" in seen
    assert "端午节不计" in seen, seen
    assert "承诺办结15个工作日" in seen and "撤回申请" not in seen


def test_another_resident_and_an_officer_find_no_case_here(client_as: Callable[[str], Client]) -> None:
    client, _ = resident()
    case = sent(client)
    other, _ = resident("wangjian", serial=2)
    row = case.materials.first()
    assert row is not None
    for path in ("", "withdraw/", "account/", "decision/", f"materials/{row.pk}/"):
        page(other, f"/my/cases/{case.number}/{path}", 404)
        page(client_as("zhoumin"), f"/my/cases/{case.number}/{path}", 404)


def test_a_supplement_asks_only_for_what_was_asked_and_goes_back_once_it_is_there() -> None:
    client, _ = resident()
    case = asked_for_more(sent(client))
    seen = words(page(client, f"/my/cases/{case.number}/"))
    assert "拍照补交" in seen and "银行卡照片看不清卡号" in seen and "6月15日前补交" in seen
    assert "拍照补交" not in words(page(client, "/my/")) and "去补交" in words(page(client, "/my/"))
    assert "去补交" in page(client, "/")
    path = f"{APPLY}{case.pk}/"
    html = page(client, path)
    assert 'name="returned_from"' in html and 'name="account_bank"' not in html and "file-id_card" not in html
    lacking = client.post(path, {"returned_from": "广东省广州市", "do": "next"})
    assert "还没有补交" in words(lacking.content.decode())
    done = client.post(path, {"returned_from": "广东省广州市", "do": "next", "file-account": photo("card2.png")})
    assert done.url == f"/my/cases/{case.number}/"  # type: ignore[attr-defined]
    assert fresh(case).state == "submitted"
    assert answers.answers_of(case)["returned_from"] == "广东省广州市"


def test_taking_it_back_is_asked_first_and_a_new_application_may_follow() -> None:
    client, _ = resident()
    case = sent(client)
    assert "撤回以后" in page(client, f"/my/cases/{case.number}/withdraw/")
    assert fresh(case).state == "submitted"
    client.post(f"/my/cases/{case.number}/withdraw/", {"reason": "填错了"})
    assert fresh(case).state == "withdrawn"
    assert "您已撤回这件申请" in words(page(client, f"/my/cases/{case.number}/"))
    page(client, f"/my/cases/{case.number}/withdraw/", 409)
    assert client.post(APPLY).status_code == 302


def test_a_refusal_is_a_written_decision_with_the_ways_to_appeal() -> None:
    client, _ = resident()
    case = sent(client)
    page(client, f"/my/cases/{case.number}/decision/", 404)
    cases.refuse_acceptance(people.as_actor("zhoumin"), case=case, reason="登记地不在本县。")
    seen = words(page(client, f"/my/cases/{case.number}/"))
    assert "看决定书" in seen and "行政复议" in seen
    letter = words(page(client, f"/my/cases/{case.number}/decision/"))
    assert "不予受理决定书" in letter and "登记地不在本县" in letter and "提起行政诉讼" in letter


def test_a_returned_payment_asks_for_the_right_account_and_takes_it() -> None:
    client, _ = resident()
    case = returned(client)
    assert "更正收款账户" in words(page(client, f"/my/cases/{case.number}/"))
    form = f"/my/cases/{case.number}/account/"
    wrong = client.post(form, {"bank": "通山农商银行", "account_no": "12"})
    assert wrong.status_code == 422 and "银行卡号应为8到32位" in wrong.content.decode()
    right = client.post(form, {"bank": "通山农商银行大畈支行", "account_no": "6200000000009999"})
    assert right.status_code == 302, words(right.content.decode())
    assert fresh(case).state == "payable" and case.account_tail == "9999"
    page(client, form, 409)


def returned(client: Client) -> Case:
    """Signed, its notice over, payment asked for, and sent back by the bank."""
    case = cases.accept_case(people.as_actor("zhoumin"), case=sent(client), opinion="材料齐全")
    for check in case.checks.all():
        people.answer(check)
    approved = cases.pass_review(people.as_actor("zhengwei"), case=fresh(case), opinion="同意")
    batch = people.signed(approved)
    notice = notices.publish_batch_notice(SYSTEM, batch=batch)
    later = notice.until + timedelta(days=3)
    move_clock(SYSTEM, to=calendar.now() + (later - calendar.today()), reason="test")
    notices.close_notice(SYSTEM, notice=Notice.objects.get())
    batch.refresh_from_db()
    cases.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    return payment_came_back(fresh(case), "账号不存在")


def test_a_message_is_marked_when_it_is_read_and_leads_to_its_case() -> None:
    client, _ = resident()
    case = sent(client)
    message = Message.objects.get()
    other, _ = resident("wangjian", serial=2)
    page(other, f"/my/messages/{message.pk}/", 404)
    assert Message.objects.get().read_at is None
    assert client.get(f"/my/messages/{message.pk}/").url == f"/my/cases/{case.number}/"  # type: ignore[attr-defined]
    assert Message.objects.get().read_at is not None


def given_mandate(subject_id: int) -> Mandate:
    return cases.give_mandate(
        people.as_actor("lihuifang"),
        subject_id=subject_id,
        item=people.ITEM,
        valid_to=date(2026, 12, 31),
        name="委托书.pdf",
        content=people.PAPER,
    )


def test_a_mandate_is_confirmed_by_the_resident_alone_and_can_be_taken_back() -> None:
    client, person = resident()
    mandate = given_mandate(person.subject_id)
    other, _ = resident("wangjian", serial=2)
    path = f"/my/mandates/{mandate.pk}/"
    assert "是否委托李慧芳代办" in words(page(client, "/my/"))
    assert "确认委托" in words(page(client, path))
    assert client.get(f"{path}paper/").status_code == 200
    page(other, path, 404)
    assert other.post(f"{path}confirm/").status_code == 404
    client.post(f"{path}confirm/")
    mandate.refresh_from_db()
    assert mandate.confirmed_way == "app"
    client.post(f"{path}end/")
    mandate.refresh_from_db()
    assert mandate.end_reason == "本人收回"


def test_an_officer_is_shown_the_way_to_the_desk(client_as: Callable[[str], Client]) -> None:
    assert "去工作台" in words(page(client_as("zhoumin"), "/my/"))


def test_my_page_costs_the_same_with_one_case_and_with_three() -> None:
    client, _ = resident()
    costs = []
    for _ in range(3):
        client.post(f"/my/cases/{sent(client).number}/withdraw/")
        page(client, "/my/")
        costs.append(cost(client, "/my/"))
    assert len(set(costs)) == 1 and costs[0] < 30


def test_a_case_page_costs_the_same_with_one_message_and_with_three() -> None:
    client, _ = resident()
    case = sent(client)
    path = f"/my/cases/{case.number}/"
    one = cost(client, path)
    for n in (2, 3):
        tell(case, "note", f"第{n}条", "示例")
    assert cost(client, path) == one < 70


def test_in_a_supplement_a_paper_nobody_asked_for_is_refused_in_words() -> None:
    client, _ = resident()
    case = asked_for_more(sent(client))
    told = client.post(f"{APPLY}{case.pk}/", {"do": "files", "file-id_card": photo("id2.png")})
    assert told.status_code == 200 and "身份证不在其中" in told.content.decode()
    assert case.materials.filter(material="id_card").count() == 1


def test_a_stage_that_is_over_shows_the_day_it_ended(at: Callable[[str], object]) -> None:
    _, person = resident()
    draft = people.a_draft(person)
    at("2026-06-09 10:00")
    case = cases.submit_case(person.actor, case=draft, token=draft.submission_token)
    steps = {one.title: one for one in queries.progress_steps(case)}
    assert (steps["申请"].state, steps["申请"].note) == ("done", "6月9日")
    case = cases.accept_case(people.as_actor("zhoumin"), case=case)
    for check in case.checks.all():
        people.answer(check)
    batch = people.signed(cases.pass_review(people.as_actor("zhengwei"), case=fresh(case)))
    notice = notices.publish_batch_notice(SYSTEM, batch=batch)
    at("2026-06-17 09:00")
    notices.close_notice(SYSTEM, notice=notice)
    steps = {one.title: one for one in queries.progress_steps(fresh(case))}
    assert (steps["公示"].state, steps["公示"].note) == ("done", "6月17日")
    assert "6月17日起" in steps["拨付"].note


def test_what_is_sent_twice_is_told_to_be_done_and_leads_to_the_case() -> None:
    client, _ = resident()
    case = asked_for_more(sent(client))
    for path, form, said in (
        (f"{APPLY}{case.pk}/", {"returned_from": "广东省广州市", "do": "next"}, "刚才已经补交"),
        (f"/my/cases/{case.number}/withdraw/", {"reason": "先不办了"}, "刚才已经撤回"),
    ):
        for _ in range(2):
            files = {"file-account": photo("card2.png")} if "apply" in path else {}
            answer = client.post(path, {**form, **files}, follow=True)
        assert said in answer.content.decode()
        assert answer.redirect_chain[-1][0] == f"/my/cases/{case.number}/"
    case = returned(client)
    for _ in range(2):
        answer = client.post(
            f"/my/cases/{case.number}/account/", {"bank": "通山农商银行", "account_no": "6200000000009999"}, follow=True
        )
    assert "刚才已经更正" in answer.content.decode()


def test_a_message_about_a_mandate_leads_to_it() -> None:
    client, person = resident()
    mandate = given_mandate(person.subject_id)
    path = f"/my/messages/{Message.objects.get().pk}/"
    assert client.get(path).url == f"/my/mandates/{mandate.pk}/"  # type: ignore[attr-defined]
