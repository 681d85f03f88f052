"""What an office answers: one list cut by key, searched and filtered in the address; several answered at once."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from django.test import Client

from guiyan.accounts import queries as queries_of
from guiyan.accounts.models import User
from guiyan.kernel.actors import Actor
from guiyan.registers import actions, queries
from guiyan.registers.models import AnswerNote
from tests.cases.people import Person
from tests.portal.residents import page, resident
from tests.portal.test_registers import a_site
from tests.registers.test_answers import ENQUIRY, a_machine, book

pytestmark = pytest.mark.usefixtures("scoped_db")


@pytest.fixture
def me(at: Callable[[str], object]) -> Person:
    at("2026-06-08 09:00")
    return resident()[1]


@pytest.fixture
def desk(me: Person) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="helin"))
    return client


def actor_of(username: str) -> Actor:
    return queries_of.actor_of(User.objects.get(username=username))


def enquire(who: Person, serial: int) -> int:
    return actions.ask(who.actor, register="site-enquiry", answered_id=a_site(serial), values=ENQUIRY)


def test_pages_follow_each_other_to_the_end_and_back(me: Person, desk: Client) -> None:
    made = [enquire(me, 1), book(me, a_machine(1), "2026-06-10T09:00", "2026-06-10T10:00"), enquire(me, 2)]
    helin = actor_of("helin")
    first = queries.answer_list(helin, size=2)
    assert [one.subject_id for one in first.lines] == [made[2], made[1]] and first.previous is None
    second = queries.answer_list(helin, size=2, cursor=first.next)
    assert [one.subject_id for one in second.lines] == [made[0]] and second.next is None
    again = queries.answer_list(helin, size=2, cursor=second.previous)
    assert again.lines == first.lines and again.next is not None


def test_what_is_searched_and_filtered_stands_in_the_address(me: Person, desk: Client) -> None:
    enquiry, booking = enquire(me, 1), book(me, a_machine(1), "2026-06-10T09:00", "2026-06-10T10:00")
    both = page(desk, "/desk/answers/")
    assert "示例厂房1" in both and "示例电镜1" in both
    for asked, here, gone in (
        ("kind=site-enquiry", "示例厂房1", "示例电镜1"),
        ("q=电镜", "示例电镜1", "示例厂房1"),
        ("q=刘春燕&kind=equipment-booking", "示例电镜1", "示例厂房1"),
        (f"q=yy2026-{booking:07d}", "示例电镜1", "示例厂房1"),
        ("view=new&q=sldj", "示例电镜1", "示例厂房1"),
    ):
        shown = page(desk, f"/desk/answers/?{asked}")
        assert f"{here}</a>" in shown and f"{gone}</a>" not in shown, asked
    assert "没有符合条件的" in page(desk, "/desk/answers/?q=没有这个人")
    opened = page(desk, f"/desk/answers/site-enquiry/{enquiry}/?view=new&q=厂房")
    back = opened.partition('href="/desk/answers/?')[2].partition('"')[0].replace("&amp;", "&")
    assert parse_qs(back) == {"view": ["new"], "q": ["厂房"]}


def test_several_of_one_kind_get_one_reply_after_a_preview(me: Person, desk: Client) -> None:
    first, second = enquire(me, 1), enquire(me, 2)
    booking = book(me, a_machine(1), "2026-06-10T09:00", "2026-06-10T10:00")
    chosen = [f"site-enquiry:{one}:new" for one in (first, second)]
    mixed = "&".join(f"answer={one}" for one in (*chosen, f"equipment-booking:{booking}:new"))
    assert "一次只能回复同一类的" in page(desk, f"/desk/answers/many/?{mixed}")
    seen = page(desk, f"/desk/answers/many/?view=new&answer={'&answer='.join(chosen)}")
    assert "示例厂房1" in seen and "示例厂房2" in seen and "成交" not in seen.partition("many-form")[2]
    form = {"answer": chosen, "to": "contacted", "text": "", "view": "new"}
    assert desk.post("/desk/answers/many/", form).status_code == 422
    actions.reply(
        actor_of("xiongwei"), register="site-enquiry", subject_id=second, text="好", to="contacted", was="new"
    )
    answer = desk.post("/desk/answers/many/", {**form, "text": "本周五统一看场地"}, follow=True)
    told = answer.content.decode()
    assert "已回复1条" in told and "刚变成了" in told
    assert [one.text for one in AnswerNote.objects.filter(subject_id=first, kind="replied")] == ["本周五统一看场地"]
    assert desk.post("/desk/answers/many/", {**form, "answer": ["site-enquiry:999999999:new"]}).status_code == 404
