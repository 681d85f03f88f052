"""What residents report about themselves: merged by trust, never about anybody else, never a number that proves who."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.registers import actions, queries
from guiyan.registers.keeping.own import MOST_A_DAY
from guiyan.registers.models import Assertion, Subject
from guiyan.registers.values import Value
from tests.portal.residents import page, resident, words
from tests.registers.factories import DAFAN, VILLAGE, a_person, a_returnee

pytestmark = pytest.mark.usefixtures("scoped_db")
SAID: dict[str, Value] = {
    "name": "刘春燕",
    "phone": "15412340000",
    "home_region": DAFAN,
    "return_date": date(2026, 2, 20),
    "wish": "planned",
    "needs": ("funds",),
}
TYPED = {
    "name": "刘春燕",
    "phone": "15412340000",
    "home_region": "通山县大畈镇",
    "return_date": "2026-02-20",
    "wish": "planned",
    "needs": ["funds", "site"],
    "seen": ["本人", "返乡", "创业意愿"],
}


def newcomer() -> tuple[Client, Actor]:
    user = User.objects.create_user(username="newcomer", name="新来的")
    client = Client()
    client.force_login(user)
    return client, actor_of(user)


def address(who: int, step: str = "") -> str:
    return f"/my/reports/returnee/{who}/{step}"


def mark_in(html: str) -> str:
    return html.partition('name="mark" value="')[2].partition('"')[0]


def test_a_report_is_written_looked_over_and_sent_once() -> None:
    client, me = resident()
    who = me.subject_id
    assert "还没有报过" in page(client, "/my/reports/")
    form = page(client, address(who, "fill/"))
    assert "身份证号" not in words(form) and "登记已核对" not in words(form)
    assert client.post(address(who, "fill/"), TYPED).url == address(who, "check/")  # type: ignore[attr-defined]
    seen = page(client, address(who, "check/"))
    assert "资金、场地" in words(seen) and "15412340000" in seen
    answer = client.post(address(who, "check/"), {"mark": mark_in(seen)})
    assert answer.status_code == 302 and answer.url == address(who)  # type: ignore[attr-defined]
    again = client.post(address(who, "check/"), {"mark": mark_in(seen)})
    assert again.status_code == 302
    assert Assertion.objects.filter(subject_id=who, register="returnee", source="self").count() == 1
    assert "我报的" in page(client, address(who)) and "本人填报" in page(client, "/my/")


def test_a_more_trusted_source_stands_and_she_sees_whose_it_is() -> None:
    client, me = resident()
    actions.record(SYSTEM, register="returnee", values={"wish": "none"}, source="visit", subject_id=me.subject_id)
    actions.self_report(me.actor, register="returnee", subject_id=me.subject_id, values=SAID)
    (told,) = [one for one in queries.own_reports(me.actor) if one.register.id == "returnee"]
    assert "wish" in {one.field.id for one in told.outweighed}
    shown = words(page(client, address(me.subject_id)))
    assert "名录和您报的不一样" in shown and "有打算" in shown and "按入户调查" in shown
    held = queries.entry(SYSTEM, "returnee", me.subject_id)
    assert held is not None and held["wish"] == "none" and held["needs"] == ("funds",)


def test_what_her_home_register_knows_is_filled_in_and_a_number_left_empty_stands() -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(7), source="shared")
    User.objects.filter(username="wangjian").update(subject_id=who)
    user = User.objects.get(username="wangjian")
    client = Client()
    client.force_login(user)
    form = page(client, address(who, "fill/"))
    assert "刘春燕" in form and "154****5678" in form and "15412345678" not in form
    client.post(address(who, "fill/"), {**TYPED, "phone": ""})
    client.post(address(who, "check/"), {"mark": mark_in(page(client, address(who, "check/")))})
    held = queries.entry(SYSTEM, "returnee", who)
    assert held is not None and held["phone"] == "154****5678"


def test_a_section_that_an_answer_brings_up_is_shown_before_anything_goes() -> None:
    client, me = resident()
    answer = client.post(address(me.subject_id, "fill/"), {**TYPED, "wish": "started"})
    assert answer.status_code == 200 and "还要看这一部分：经营主体" in answer.content.decode()
    seen = [*TYPED["seen"], "经营主体"]
    again = client.post(address(me.subject_id, "fill/"), {**TYPED, "wish": "started", "seen": seen})
    assert again.status_code == 302


def test_what_was_changed_in_another_window_is_looked_over_again() -> None:
    client, me = resident()
    client.post(address(me.subject_id, "fill/"), TYPED)
    old = mark_in(page(client, address(me.subject_id, "check/")))
    client.post(address(me.subject_id, "save/"), {**TYPED, "wish": "thinking"})
    answer = client.post(address(me.subject_id, "check/"), {"mark": old})
    assert answer.status_code == 409 and "别的窗口改过" in answer.content.decode()
    assert not Assertion.objects.filter(subject_id=me.subject_id, source="self").exists()


def test_nobody_reports_for_somebody_else_nor_says_what_is_not_asked() -> None:
    client, me = resident()
    other = actions.record(SYSTEM, register="returnee", values=a_returnee(31, name="别人"), source="visit")
    for step in ("", "fill/", "check/"):
        assert client.get(address(other, step)).status_code == 404
    assert client.post(address(other, "save/"), TYPED).status_code == 404
    with pytest.raises(NotFound):
        actions.self_report(me.actor, register="returnee", subject_id=other, values=SAID)
    with pytest.raises(Refused):
        actions.self_report(
            me.actor, register="returnee", subject_id=me.subject_id, values={**SAID, "registration_checked": True}
        )
    with pytest.raises(NotFound):
        actions.self_report(me.actor, register="example", subject_id=me.subject_id, values={})


def test_too_many_reports_a_day_are_refused_in_words() -> None:
    _, me = resident()
    for serial in range(MOST_A_DAY):
        actions.self_report(
            me.actor, register="returnee", subject_id=me.subject_id, values={**SAID, "skill": f"手艺{serial}"}
        )
    with pytest.raises(Refused, match="一天最多报"):
        actions.self_report(me.actor, register="returnee", subject_id=me.subject_id, values=SAID)


def test_an_account_without_a_file_gets_one_that_no_number_leads_to() -> None:
    client, me = newcomer()
    assert "还没有报过" in page(client, "/my/reports/")
    client.post(address(0, "fill/"), {**TYPED, "name": "新来的"})
    answer = client.post(address(0, "check/"), {"mark": mark_in(page(client, address(0, "check/")))})
    user = User.objects.get(username="newcomer")
    assert user.subject_id is not None and answer.url == address(user.subject_id)  # type: ignore[attr-defined]
    made = Subject.objects.get(pk=user.subject_id)
    assert made.display_name == "新来的" and made.region == DAFAN and made.holder_id == made.pk
    assert client.get(address(0, "fill/")).status_code == 404
    assert me.subject_id is None


def test_a_closed_register_says_so_and_officers_are_told_to_use_their_own_account() -> None:
    client, me = resident()
    assert "不在网上填报" in page(client, f"/my/reports/person/{me.subject_id}/", 404)
    clerk = Client()
    clerk.force_login(User.objects.get(username="zhoumin"))
    assert "工作人员账号" in page(clerk, "/my/reports/")


def test_emptying_what_she_said_takes_it_back() -> None:
    _, me = resident()
    actions.self_report(me.actor, register="returnee", subject_id=me.subject_id, values={**SAID, "skill": "竹编"})
    actions.self_report(me.actor, register="returnee", subject_id=me.subject_id, values={**SAID, "skill": None})
    held = queries.entry(SYSTEM, "returnee", me.subject_id)
    assert held is not None and held["skill"] is None and held["home_region"] in (DAFAN, VILLAGE)
