"""Asking about published entries: found in public, asked, answered, booked once, taken back in time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.cases.actions.telling_answers import tell_replied
from guiyan.cases.models import Message
from guiyan.kernel import crypto
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.registers import actions, queries
from guiyan.registers.keeping.answering import MOST_A_DAY
from guiyan.registers.keeping.marks import marks_of_entry
from guiyan.registers.keeping.overlaps import Taken
from guiyan.registers.models import AnswerNote, Assertion, Hat, LevelChange
from guiyan.registers.sample.numbers import id_number
from guiyan.registers.values import SHANGHAI, Value
from tests.cases.people import Person
from tests.portal.residents import cost, page, resident, words
from tests.portal.test_registers import a_site
from tests.registers.factories import BORN, COUNTY

pytestmark = pytest.mark.usefixtures("scoped_db")
PHONE = "15412340000"
ENQUIRY: dict[str, Value] = {"use": "开竹制品厂", "contact": "刘女士", "contact_phone": PHONE}


@pytest.fixture
def me(at: Callable[[str], object]) -> tuple[Client, Person]:
    at("2026-06-08 09:00")
    return resident()


@pytest.fixture
def officer(actor: Callable[[str], Actor]) -> Actor:
    return actor("xiongwei")


def a_machine(serial: int = 1, **values: Value) -> int:
    told: dict[str, Value] = {
        "name": f"示例电镜{serial}",
        "number": f"SB2026-{serial:04d}",
        "region": COUNTY,
        "kind": "instrument",
        "status": "open",
        **values,
    }
    return actions.record(SYSTEM, register="equipment", values=told, source="holder")


def slot(start: str, end: str) -> dict[str, Value]:
    begin, until = (datetime.fromisoformat(one).replace(tzinfo=SHANGHAI) for one in (start, end))
    return {
        "starts_at": begin,
        "ends_at": until,
        "purpose": "形貌分析",
        "contact": "刘",
        "contact_phone": "15412340000",
    }


def book(who: Person, machine: int, start: str, end: str) -> int:
    return actions.ask(who.actor, register="equipment-booking", answered_id=machine, values=slot(start, end))


def mark_in(html: str) -> str:
    return html.partition('name="mark" value="')[2].partition('"')[0]


def test_a_site_is_found_asked_about_answered_and_let(me: tuple[Client, Person], officer: Actor) -> None:
    client, who = me
    site = a_site(1)
    listed = page(client, "/registers/site/")
    address = re.findall('href="/registers/site/([A-Za-z0-9_-]{22}/)"', listed)[0]
    public = f"/registers/site/{address}"
    assert str(site) not in address and "询问这处场地" in page(Client(), public)
    typed = {**ENQUIRY, "seen": ["想怎么用", "怎么联系"]}
    assert client.post(f"{public}site-enquiry/", typed).status_code == 302
    seen = page(client, f"{public}site-enquiry/check/")
    sent = {"mark": mark_in(seen), "consent": "1"}
    assert client.post(f"{public}site-enquiry/check/", {**sent, "consent": ""}).status_code == 409
    answer = client.post(f"{public}site-enquiry/check/", sent)
    mine = answer.url  # type: ignore[attr-defined]
    assert client.post(f"{public}site-enquiry/check/", sent).url == public  # type: ignore[attr-defined]
    assert AnswerNote.objects.count() == 1
    (line,) = queries.own_answers(who.actor)
    assert line.about == "示例厂房1" and line.state == "新提交" and line.number.startswith("XW2026-")
    assert "示例厂房1" in page(client, "/my/") and "县自然资源" in words(page(client, mine))
    assert public in page(client, mine)  # still out, so one may go back to it
    desk = Client()
    desk.force_login(User.objects.get(username="xiongwei"))
    assert "示例厂房1" in page(desk, "/desk/")
    at_desk = page(desk, f"/desk/answers/site-enquiry/{line.subject_id}/")
    assert "开竹制品厂" in at_desk and "15412340000" not in at_desk
    told = {"text": "可以看场地，已经谈好", "to": "done", "was": "new", "deal_rent": "12000", "deal_area": "860.5"}
    assert desk.post(f"/desk/answers/site-enquiry/{line.subject_id}/", told).status_code == 302
    shown = words(page(client, mine))
    assert "成交" in shown and "可以看场地" in shown and "1.2万元" in shown and "860.5平方米" in shown
    change = LevelChange.objects.filter(subject_id=line.subject_id).latest("pk")
    assert (change.before, change.after) == ("new", "done")


def test_whoever_asked_is_told_of_the_reply(me: tuple[Client, Person], officer: Actor) -> None:
    client, who = me
    made = actions.ask(who.actor, register="site-enquiry", answered_id=a_site(1), values=ENQUIRY)
    said = actions.reply(officer, register="site-enquiry", subject_id=made, text="明天来看", to="contacted", was="new")
    tell_replied(said.pk)
    message = Message.objects.get(subject_id=who.subject_id, kind="answer_replied")
    assert "有回复了" in message.title and message.body == "明天来看"
    assert client.get(f"/my/messages/{message.pk}/").url == f"/my/answers/site-enquiry/{made}/"  # type: ignore[attr-defined]


def test_an_address_tells_nothing_and_leads_nowhere_once_the_entry_is_let(me: tuple[Client, Person]) -> None:
    client, who = me
    site = a_site(1)
    token = queries.token_of("site", site)
    assert len(token) == 22 and crypto.from_opaque("registers.entry.product", token) is None
    other = ("A" if token[0] != "A" else "B") + token[1:]
    for wrong in (other, "x", str(site), "é" * 22, token + "A"):
        assert client.get(f"/registers/site/{wrong}/").status_code == 404
    a_site(1, status="let")
    assert "不公开了" in page(client, f"/registers/site/{token}/", 404)
    assert client.get(f"/registers/site/{token}/site-enquiry/").status_code == 404
    with pytest.raises(NotFound):
        actions.ask(who.actor, register="site-enquiry", answered_id=site, values=ENQUIRY)


def test_an_enquiry_is_seen_by_whoever_asked_and_whoever_answers_and_by_nobody_else(
    me: tuple[Client, Person], officer: Actor, actor: Callable[[str], Actor]
) -> None:
    _, who = me
    made = actions.ask(who.actor, register="site-enquiry", answered_id=a_site(1), values=ENQUIRY)
    neighbour, other = resident("wangjian", serial=2)
    assert neighbour.get(f"/my/answers/site-enquiry/{made}/").status_code == 404
    assert neighbour.post(f"/my/answers/site-enquiry/{made}/cancel/").status_code == 404
    with pytest.raises(NotFound):
        actions.take_back(other.actor, register="site-enquiry", subject_id=made)
    with pytest.raises(NotFound):
        queries.handled_answer(actor("caoyun"), "site-enquiry", made)
    with pytest.raises(NotFound):
        actions.reply(actor("caoyun"), register="site-enquiry", subject_id=made, text="x", to="done", was="new")
    assert queries.handled_answer(officer, "site-enquiry", made).asker_id == who.subject_id
    assert queries.handled_answer(actor("helin"), "site-enquiry", made).line.who == "刘春燕"


def test_two_officers_at_once_do_not_talk_past_each_other(me: tuple[Client, Person], officer: Actor) -> None:
    _, who = me
    made = actions.ask(who.actor, register="site-enquiry", answered_id=a_site(1), values=ENQUIRY)
    actions.reply(officer, register="site-enquiry", subject_id=made, text="已联系", to="contacted", was="new")
    with pytest.raises(Refused, match="刚变成了"):
        actions.reply(officer, register="site-enquiry", subject_id=made, text="没谈成", to="failed", was="new")
    with pytest.raises(Refused, match="至少填一项"):
        actions.reply(officer, register="site-enquiry", subject_id=made, text="成了", to="done", was="contacted")


def test_an_hour_is_booked_once_and_free_again_when_it_is_taken_back(me: tuple[Client, Person]) -> None:
    _, who = me
    _, other = resident("wangjian", serial=2)
    machine, another = a_machine(1), a_machine(2)
    first = book(who, machine, "2026-06-10T09:00", "2026-06-10T11:00")
    with pytest.raises(Taken):
        book(other, machine, "2026-06-10T10:30", "2026-06-10T12:00")
    book(other, machine, "2026-06-10T11:00", "2026-06-10T12:00")
    book(other, another, "2026-06-10T10:30", "2026-06-10T12:00")
    actions.take_back(who.actor, register="equipment-booking", subject_id=first)
    book(other, machine, "2026-06-10T09:30", "2026-06-10T11:00")
    with pytest.raises(Refused, match="已取消"):
        actions.take_back(who.actor, register="equipment-booking", subject_id=first)


def test_a_released_booking_is_not_held_again_over_another(
    me: tuple[Client, Person], actor: Callable[[str], Actor]
) -> None:
    _, who = me
    machine, officer = a_machine(1), actor("helin")
    first = book(who, machine, "2026-06-10T09:00", "2026-06-10T11:00")
    actions.reply(officer, register="equipment-booking", subject_id=first, text="维修", to="refused", was="new")
    book(who, machine, "2026-06-10T09:00", "2026-06-10T10:00")
    with pytest.raises(Taken):
        actions.reply(
            officer, register="equipment-booking", subject_id=first, text="可以", to="confirmed", was="refused"
        )


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("2026-06-07T09:00", "2026-06-07T10:00", "已经过去"),
        ("2026-06-08T08:30", "2026-06-08T10:00", "已经过去"),
        ("2026-06-10T10:00", "2026-06-10T09:00", "晚于开始"),
        ("2026-06-10T10:00", "2026-06-10T10:00", "晚于开始"),
        ("2026-09-10T10:00", "2026-09-10T11:00", "最多提前60天"),
        ("2026-06-10T08:00", "2026-06-10T17:00", "最多约8小时"),
        ("2026-06-10T09:10", "2026-06-10T10:00", "30分钟"),
        ("2026-06-10T17:00", "2026-06-10T18:30", "开放时间"),
        ("2026-06-10T22:00", "2026-06-11T01:00", "同一天"),
        ("2026-06-13T09:00", "2026-06-13T10:00", "6月13日是周末"),
        ("2026-06-19T09:00", "2026-06-19T10:00", "端午节"),
    ],
)
def test_what_can_not_be_had_is_refused_in_words(me: tuple[Client, Person], start: str, end: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        book(me[1], a_machine(1), start, end)


def test_a_booking_is_taken_back_in_time_only(me: tuple[Client, Person], at: Callable[[str], object]) -> None:
    client, who = me
    made = book(who, a_machine(1), "2026-06-10T09:00", "2026-06-10T11:00")
    at("2026-06-09 09:01")
    answer = client.post(f"/my/answers/equipment-booking/{made}/cancel/")
    assert answer.status_code == 409 and "不到24小时" in answer.content.decode()
    assert queries.own_answer(who.actor, "equipment-booking", made).line.state == "已预约"


def test_the_page_shows_what_is_taken_and_free_and_never_whose(me: tuple[Client, Person]) -> None:
    client, who = me
    machine = a_machine(1)
    book(who, machine, "2026-06-10T09:00", "2026-06-10T11:00")
    token = queries.token_of("equipment", machine)
    shown = page(Client(), f"/registers/equipment/{token}/")
    assert "09:00–11:00" in words(shown) and "11:00–18:00空" in words(shown) and "今年已约2小时" in words(shown)
    assert "刘春燕" not in words(shown) and "15412340000" not in shown and "形貌分析" not in shown
    for day in ("2026-06-10", "2020-01-01", "x", "2030-01-01"):
        assert Client().get(f"/registers/equipment/{token}/?day={day}").status_code == 200
    chosen = page(client, f"/registers/equipment/{token}/equipment-booking/?from=2026-06-10T11:00&to=2026-06-10T18:00")
    assert 'value="2026-06-10T11:00"' in chosen
    whole = page(client, f"/registers/equipment/{token}/equipment-booking/?from=2026-06-11T08:00&to=2026-06-11T18:00")
    assert 'value="2026-06-11T16:00"' in whole and 'value="刘春燕"' in whole  # at most eight hours; her name is known


def test_a_mentor_is_booked_by_a_number_that_nobody_sees(me: tuple[Client, Person]) -> None:
    client, who = me
    told: dict[str, Value] = {
        "name": "示例导师", "id_number": id_number(BORN, "男", 61), "serves_region": COUNTY, "capacity": 3,
    }  # fmt: skip
    mentor = actions.record(SYSTEM, register="mentor", values=told, source="bureau")
    values = slot("2026-06-10T09:00", "2026-06-10T10:00")
    values["topic"] = values.pop("purpose")
    made = actions.ask(who.actor, register="mentor-booking", answered_id=mentor, values=values)
    with pytest.raises(Taken):
        actions.ask(who.actor, register="mentor-booking", answered_id=mentor, values=values)
    view = queries.own_answer(who.actor, "mentor-booking", made)
    assert view.answered_id == mentor and view.values["mentor_id_number"] == "****"
    assert str(told["id_number"]) not in page(client, f"/my/answers/mentor-booking/{made}/")
    assert "示例导师" in page(Client(), "/registers/mentor/")


def a_mentor(serial: int = 61, **values: Value) -> int:
    told: dict[str, Value] = {
        "name": f"示例导师{serial}", "id_number": id_number(BORN, "男", serial), "serves_region": COUNTY, "capacity": 1,
    }  # fmt: skip
    return actions.record(SYSTEM, register="mentor", values=told | values, source="bureau")


def meet(who: Person, mentor: int, start: str, end: str) -> int:
    values = slot(start, end)
    values["topic"] = values.pop("purpose")
    return actions.ask(who.actor, register="mentor-booking", answered_id=mentor, values=values)


def test_a_mentor_who_has_as_many_as_she_takes_meets_nobody_new(
    me: tuple[Client, Person], actor: Callable[[str], Actor]
) -> None:
    client, who = me
    neighbour, other = resident("wangjian", serial=2)
    mentor, officer = a_mentor(), actor("helin")
    address = f"/registers/mentor/{queries.token_of('mentor', mentor)}/"
    first = meet(who, mentor, "2026-06-10T09:00", "2026-06-10T10:00")
    meet(who, mentor, "2026-06-11T09:00", "2026-06-11T10:00")  # the same person counts once
    with pytest.raises(Refused, match="最多带1人，名额已满"):
        meet(other, mentor, "2026-06-12T09:00", "2026-06-12T10:00")
    assert "名额已满" in page(neighbour, address) and "名额已满" not in page(client, address)
    for made, level in ((first, "new"), (first + 1, "new")):
        actions.reply(officer, register="mentor-booking", subject_id=made, text="不巧", to="refused", was=level)
    meet(other, mentor, "2026-06-12T09:00", "2026-06-12T10:00")
    with pytest.raises(Refused, match="名额已满"):
        actions.reply(officer, register="mentor-booking", subject_id=first, text="可以", to="new", was="refused")
    with pytest.raises(Refused, match="没有写明最多带几人"):
        meet(who, a_mentor(62, capacity=0), "2026-06-10T09:00", "2026-06-10T10:00")


def test_days_without_offices_are_closed_unless_an_entry_says_otherwise(me: tuple[Client, Person]) -> None:
    client, who = me
    address = f"/registers/mentor/{queries.token_of('mentor', a_mentor())}/?day=2026-06-13"
    assert "是周末，不开放" in words(page(client, address)) and "是端午节，不开放" in words(page(client, address))
    assert meet(who, a_mentor(63, open_days="daily"), "2026-06-13T09:00", "2026-06-13T10:00")


def test_how_long_a_booking_is_follows_its_times_when_an_officer_changes_them(
    me: tuple[Client, Person], actor: Callable[[str], Actor]
) -> None:
    made, officer = book(me[1], a_machine(1), "2026-06-10T09:00", "2026-06-10T11:00"), actor("helin")
    until = datetime.fromisoformat("2026-06-10T09:30+08:00")
    view = queries.entry_view(officer, "equipment-booking", made)
    was = marks_of_entry("equipment-booking", view.subject_id)
    change = {"register": "equipment-booking", "subject_id": made, "source": "office", "was": was}
    actions.edit_entry(officer, values={"ends_at": until}, **change)  # type: ignore[arg-type]
    assert queries.handled_answer(officer, "equipment-booking", made).values["hours"] == 50
    change["was"] = marks_of_entry("equipment-booking", view.subject_id)
    with pytest.raises(Refused, match="晚于开始"):
        actions.edit_entry(officer, values={"ends_at": until - timedelta(hours=2)}, **change)  # type: ignore[arg-type]


def test_too_many_a_day_are_refused_and_so_is_a_wrong_phone(me: tuple[Client, Person]) -> None:
    client, who = me
    site = a_site(1)
    for _ in range(MOST_A_DAY):
        actions.ask(who.actor, register="site-enquiry", answered_id=site, values=ENQUIRY)
    with pytest.raises(Refused, match="一天最多提交"):
        actions.ask(who.actor, register="site-enquiry", answered_id=site, values=ENQUIRY)
    token = queries.token_of("site", site)
    typed = {**ENQUIRY, "contact_phone": "110", "seen": ["想怎么用", "怎么联系"]}
    answer = client.post(f"/registers/site/{token}/site-enquiry/", typed)
    assert answer.status_code == 200 and "field-error" in answer.content.decode()


def test_officers_accounts_do_not_ask(me: tuple[Client, Person], actor: Callable[[str], Actor]) -> None:
    site = a_site(1)
    with pytest.raises(Refused, match="工作人员账号"):
        actions.ask(actor("zhoumin"), register="site-enquiry", answered_id=site, values=ENQUIRY)


def test_lists_cost_the_same_with_one_and_with_three(me: tuple[Client, Person]) -> None:
    client, who = me
    site, machine, officer = a_site(1), a_machine(1), Client()
    officer.force_login(User.objects.get(username="helin"))
    token = queries.token_of("equipment", machine)
    pages = (
        (client, "/my/"),
        (officer, "/desk/answers/"),
        (officer, "/desk/"),
        (Client(), f"/registers/equipment/{token}/"),
    )

    def once(serial: int) -> None:
        actions.ask(who.actor, register="site-enquiry", answered_id=site, values=ENQUIRY)
        book(who, machine, f"2026-06-1{serial}T09:00", f"2026-06-1{serial}T10:00")

    once(0)
    for browser, path in pages:
        page(browser, path)  # the first request of a session writes that it is in use
    one = [cost(browser, path) for browser, path in pages]
    once(1)
    once(2)
    assert [cost(browser, path) for browser, path in pages] == one


def test_an_account_without_a_file_asks_and_has_one_from_then_on(at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")
    user = User.objects.create_user(username="newcomer", name="新来的")
    made = actions.ask(actor_of(user), register="site-enquiry", answered_id=a_site(1), values=ENQUIRY)
    user.refresh_from_db()
    assert user.subject_id is not None
    view = queries.own_answer(actor_of(user), "site-enquiry", made)
    assert view.asker_id == user.subject_id and view.line.who == "新来的"


def test_who_is_erased_leaves_no_words_behind_but_deals_stay(
    me: tuple[Client, Person], officer: Actor, actor: Callable[[str], Actor]
) -> None:
    _, who = me
    asked, dealt = (
        actions.ask(who.actor, register="site-enquiry", answered_id=a_site(serial), values=ENQUIRY) for serial in (1, 2)
    )
    actions.reply(officer, register="site-enquiry", subject_id=asked, text="明天来看", to="contacted", was="new")
    Hat.objects.filter(subject_id=dealt).update(level="done")
    request = actions.ask_erasure(who.actor, reason="不再需要")
    done = actions.decide_erasure(actor("helin"), request_id=request.pk, erase=True, basis="本人撤回同意")
    assert done.done["answers"] == 1 and ["成交记录", 1] in [one[:2] for one in done.done["kept"]]
    assert {one.text for one in AnswerNote.objects.filter(subject_id=asked)} == {""}
    told = Assertion.objects.filter(subject_id=asked)
    assert {value for one in told for value in one.fields.values()} == {None}
    assert not Hat.objects.filter(subject_id=asked).exists() and Hat.objects.filter(subject_id=dealt).exists()
    assert "开竹制品厂" in str([one.fields for one in Assertion.objects.filter(subject_id=dealt)])
