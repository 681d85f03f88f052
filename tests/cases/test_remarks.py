"""Remarks: for officers alone; @ calls whoever may open the case, and nobody else; withdrawn with a trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.accounts.models import Post, User
from guiyan.accounts.scope import scope_of
from guiyan.cases import actions, queries
from guiyan.cases.models import Case, Mention, Remark
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import GuiyanError, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


@pytest.fixture
def case() -> Case:
    return people.submitted(people.a_returnee())


def name_of(username: str) -> str:
    return User.objects.get(username=username).name


def page_of(desk: Client, case: Case) -> str:
    return desk.get(f"/desk/cases/{case.number}/").content.decode()


def write(desk: Client, case: Case, text: str) -> str:
    return desk.post(f"/desk/cases/{case.number}/remarks/", {"text": text}, follow=True).content.decode()


def test_a_remark_stands_beside_the_case_for_colleagues(case: Case, client_as: SignIn) -> None:
    said = write(client_as("zhoumin"), case, "户口簿看过原件")
    assert "备注已写。" in said and "户口簿看过原件" in said
    page = page_of(client_as("zhengwei"), case)
    assert "户口簿看过原件" in page and "周敏" in page and "申请人看不到" in page
    assert AuditEntry.objects.filter(action="case.remark").exists()


def test_the_applicant_and_her_helper_never_see_it(case: Case, client_as: SignIn) -> None:
    actions.add_remark(people.as_actor("zhoumin"), case=case, text="内部看法")
    with entered(Scope.of_subject(case.subject_id)):
        assert not Remark.objects.exists() and Case.objects.filter(pk=case.pk).exists()
    assert "内部看法" not in page_of(client_as("lihuifang"), case)
    assert "内部看法" not in page_of(client_as("linzong"), case)
    with entered(scope_of(people.as_actor("caoyun"))):
        assert not Remark.objects.exists()


def test_an_officer_is_shown_no_remark_on_her_own_request(case: Case, client_as: SignIn) -> None:
    actions.add_remark(people.as_actor("zhoumin"), case=case, text="内部看法")
    User.objects.filter(username="zhengwei").update(subject_id=case.subject_id)
    assert "内部看法" not in page_of(client_as("zhengwei"), case)
    assert client_as("zhengwei").post(f"/desk/cases/{case.number}/remarks/", {"text": "我"}).status_code == 404
    with pytest.raises(Refused, match="不在能打开这件的同事里"):
        actions.add_remark(people.as_actor("zhoumin"), case=case, text=f"@{name_of('zhengwei')} 请看")


def test_an_at_calls_a_colleague_who_reads_it_in_her_work(case: Case, client_as: SignIn) -> None:
    reviewer = client_as("zhengwei")
    said = write(client_as("zhoumin"), case, f"@{name_of('zhengwei')}请先看一眼营业执照")
    assert f"已提醒{name_of('zhengwei')}" in said and "未读" in said
    work = reviewer.get("/desk/").content.decode()
    mention = Mention.objects.get()
    assert "看备注" in work and f"/desk/mentions/{mention.pk}/" in work and "有新通知" in work
    assert "is-unread" in reviewer.get("/desk/mentions/").content.decode()
    went = reviewer.get(f"/desk/mentions/{mention.pk}/")
    assert went["Location"] == f"/desk/cases/{case.number}/#remarks"
    assert "知道了" in page_of(reviewer, case)
    reviewer.post(f"/desk/cases/{case.number}/remarks/read/")
    assert "看备注" not in reviewer.get("/desk/").content.decode()
    assert "已读" in page_of(client_as("zhoumin"), case)


def test_answering_reads_what_called_one(case: Case, client_as: SignIn) -> None:
    write(client_as("zhoumin"), case, f"@{name_of('zhengwei')} 请看")
    write(client_as("zhengwei"), case, f"看过了 @{name_of('zhoumin')}")
    assert Mention.objects.filter(read_at=None).count() == 1


@pytest.mark.parametrize("who", ["caoyun", "sunli", "lihuifang", "shenji"])
def test_who_may_not_open_the_remarks_cannot_be_called(who: str, case: Case) -> None:
    with pytest.raises(Refused, match="不在能打开这件的同事里"):
        actions.add_remark(people.as_actor("zhoumin"), case=case, text=f"@{name_of(who)} 请看")
    assert not Remark.objects.exists()


def test_what_was_refused_stays_on_the_page_with_the_reason(case: Case, client_as: SignIn) -> None:
    answer = client_as("zhoumin").post(f"/desk/cases/{case.number}/remarks/", {"text": "写了半天 @不存在的人"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "写了半天 @不存在的人</textarea>" in page and "请从名单里选" in page


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_a_remark_says_something(text: str, case: Case) -> None:
    with pytest.raises(Refused, match="请写备注的内容"):
        actions.add_remark(people.as_actor("zhoumin"), case=case, text=text)


def test_two_of_one_name_are_told_apart_by_their_office(case: Case) -> None:
    twin = User.objects.get(username="fangyun")
    twin.name = name_of("zhengwei")
    twin.save()
    with pytest.raises(Refused, match="不止一位"):
        actions.add_remark(people.as_actor("zhoumin"), case=case, text=f"@{twin.name} 请看")


def test_numbers_of_persons_are_masked_before_they_are_kept_and_a_mail_address_calls_nobody(case: Case) -> None:
    number = people.id_number(people.BORN, "女", 7)
    row = actions.add_remark(people.as_actor("zhoumin"), case=case, text=f"证号{number}，电话15412345678，a@b.cn")
    assert number not in row.text and "15412345678" not in row.text and "a@b.cn" in row.text
    assert not row.mentions.exists()


def test_its_author_withdraws_it_within_a_day_and_a_trace_stays(case: Case, client_as: SignIn, at: Clock) -> None:
    row = actions.add_remark(people.as_actor("zhoumin"), case=case, text=f"写错了 @{name_of('zhengwei')}")
    late = actions.add_remark(people.as_actor("zhoumin"), case=case, text="留着")
    assert client_as("zhengwei").post(f"/desk/cases/{case.number}/remarks/{row.pk}/withdraw/").status_code == 404
    desk = client_as("zhoumin")
    page = desk.post(f"/desk/cases/{case.number}/remarks/{row.pk}/withdraw/", follow=True).content.decode()
    assert "写错了" not in page and "由本人撤回" in page
    assert "看备注" not in client_as("zhengwei").get("/desk/").content.decode()
    with pytest.raises(NotFound):
        queries.mention_by_id(people.as_actor("zhengwei"), row.mentions.get().pk)
    at("2026-06-09 10:00")
    with pytest.raises(GuiyanError, match="一天以后不能撤回"):
        actions.withdraw_remark(people.as_actor("zhoumin"), remark=late)


def test_a_case_costs_as_many_queries_with_three_remarks_as_with_one(case: Case, client_as: SignIn) -> None:
    desk, costs = client_as("zhengwei"), []
    for number in range(3):
        actions.add_remark(people.as_actor("zhoumin"), case=case, text=f"第{number}条 @{name_of('zhengwei')}")
        if number != 1:
            for path in (f"/desk/cases/{case.number}/", "/desk/", "/desk/mentions/"):
                desk.get(path)
                with CaptureQueriesContext(connection) as captured:
                    desk.get(path)
                costs.append(len(captured))
    assert costs[3:] == costs[:3]


def test_whoever_left_the_post_is_called_no_longer(case: Case) -> None:
    Post.objects.filter(user__username="zhengwei").update(valid_to="2026-06-01")
    with pytest.raises(Refused, match="不在能打开这件的同事里"):
        actions.add_remark(people.as_actor("zhoumin"), case=case, text=f"@{name_of('zhengwei')} 请看")
