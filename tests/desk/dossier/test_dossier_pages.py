"""One person, one file: read in one's place and logged, services from a phone, helpers one by one and many at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.engagements import actions as engagements
from guiyan.engagements.models import ServiceDraft, ServiceRecord
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.registers import actions, queries
from guiyan.registers.models import AssignmentRun, Relation
from tests.cases import people
from tests.registers.factories import COUNTY, a_person
from tests.registers.helping import mentor, returnee, specialist

pytestmark = pytest.mark.usefixtures("scoped_db")

ClientAs = Callable[[str], Client]
As = Callable[[str], Actor]


@pytest.fixture(autouse=True)
def morning(at: Callable[[str], object], scoped_db: object) -> None:
    at("2026-06-08 09:00")


READINGS = "SELECT action, targets, purpose FROM audit_entry WHERE action LIKE 'read:%' ORDER BY id DESC LIMIT 1"


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def last_reading() -> tuple[str, list[str], str]:
    with connection.cursor() as cursor:
        cursor.execute(READINGS)
        return cursor.fetchone()  # type: ignore[no-any-return]


def with_helpers(who: int) -> None:
    for kind, helper in (("specialist", specialist(account="lihuifang")), ("mentor", mentor())):
        actions.assign_helper(SYSTEM, kind=kind, subject_id=who, helper_id=helper)


def test_the_file_tells_everything_with_its_source_and_masks_numbers(client_as: ClientAs) -> None:
    who = returnee(1, industry="H6130")
    with_helpers(who)
    text = text_of(client_as("zhoumin"), f"/desk/dossier/{who}/")
    for words in (
        "刘春燕",
        "返乡人员名录",
        "入户调查",
        "部门数据共享",
        "李慧芳",
        "徐永年",
        "通山县枫林谷民宿",
        "154****5678",
    ):
        assert words in text, words
    assert str(a_person()["id_number"]) not in text and "15412345678" not in text
    assert last_reading() == ("read:dossier", [f"subject:{who}"], "查看一人一档")


def test_where_two_sources_differ_both_are_shown_and_asked_about(client_as: ClientAs) -> None:
    who = returnee()
    actions.record(SYSTEM, register="person", values=a_person(1, gender="male", phone="15400000000"), source="self")
    text = text_of(client_as("zhoumin"), f"/desk/dossier/{who}/")
    assert "本人填报为<span" in text or "本人填报为" in text
    assert "本人填报报的不一样" in text and "核对性别" in text and "15400000000" not in text


def test_the_file_on_paper_says_whose_it_is_and_who_printed_it_and_leaves_out_what_is_empty(
    client_as: ClientAs,
) -> None:
    who = returnee()
    paper = text_of(client_as("zhoumin"), f"/desk/dossier/{who}/print/")
    for words in ("一人一档：刘春燕", "通山县人力资源和社会保障局", "打印人：周敏"):
        assert words in paper, words
    for words in ("记一次服务", "还没有服务记录", "查看"):
        assert words not in paper, words
    page = text_of(client_as("zhoumin"), f"/desk/dossier/{who}/")
    head = page.split('class="print-only print-title"')[1].split("</p>")[0]
    assert "通山县人力资源和社会保障局" in head and "打印人：周敏" in head


def test_another_county_and_who_reads_no_files_find_nobody(client_as: ClientAs) -> None:
    who = returnee()
    text_of(client_as("caoyun"), f"/desk/dossier/{who}/", 404)
    text_of(client_as("caoyun"), f"/desk/dossier/{who}/print/", 404)
    assert client_as("chenjing").get(f"/desk/dossier/{who}/").status_code == 404
    text_of(client_as("zhoumin"), "/desk/dossier/999999/", 404)


def test_a_merged_person_leads_to_the_one_file_with_both_histories(client_as: ClientAs, actor: As) -> None:
    first, second = returnee(1), returnee(2, name="刘春艳")
    for number, one in enumerate((first, second)):
        engagements.record_service(
            actor("zhoumin"),
            subject_id=one,
            kind="visit",
            on=date(2026, 6, 8),
            note=f"第{number}次走访",
            token=f"t{number}",
        )
    actions.merge(SYSTEM, kept=first, merged=second)
    answer = client_as("zhoumin").get(f"/desk/dossier/{second}/")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/desk/dossier/{first}/"
    text = text_of(client_as("zhoumin"), f"/desk/dossier/{first}/?tab=timeline")
    assert "第0次走访" in text and "第1次走访" in text


def test_a_village_officer_writes_a_service_and_what_is_half_written_is_kept(client_as: ClientAs) -> None:
    who = returnee()
    with_helpers(who)
    officer, address = client_as("lihuifang"), f"/desk/dossier/{who}/service/"
    assert officer.post(f"{address}draft/", {"note": "看了民宿，缺消防", "kind": "visit"}).status_code == 204
    page = text_of(officer, address)
    assert "看了民宿，缺消防" in page and "上次没写完的已经放回来" in page
    wrong = officer.post(address, {"kind": "visit", "on": "2026-06-09", "note": "x", "token": "a"})
    assert wrong.status_code == 422 and "服务日期不能晚于今天" in wrong.content.decode()
    sent = {
        "kind": "visit",
        "on": "2026-06-08",
        "note": "看了民宿",
        "next_step": "问消防备案",
        "next_on": "2026-06-12",
        "token": "a",
    }
    assert officer.post(address, sent).status_code == officer.post(address, sent).status_code == 302
    record = ServiceRecord.objects.get()
    assert (record.note, record.next_for_label, ServiceDraft.objects.count()) == ("看了民宿", "李慧芳", 0)
    assert "问消防备案" in text_of(officer, "/desk/")
    one = f"/desk/dossier/services/{record.pk}/"
    assert officer.post(one, {"do": "finish", "outcome": ""}).status_code == 422
    officer.post(one, {"do": "finish", "outcome": "已经备案"})
    assert "问消防备案" not in text_of(officer, "/desk/") and ServiceRecord.objects.get().outcome == "已经备案"


def test_a_mentor_is_chosen_and_changed_on_the_page_and_a_full_one_is_not_offered(client_as: ClientAs) -> None:
    who, full, free = returnee(), mentor(1, name="满员", capacity=0), mentor(2, name="有空")
    officer, address = client_as("zhoumin"), f"/desk/dossier/{who}/helpers/mentor/"
    page = text_of(officer, address)
    assert "有空" in page and "满员" not in page
    assert officer.post(address, {"helper": str(full)}).status_code == 422
    assert officer.post(address, {"helper": str(free)}).status_code == 302
    mentor(3, name="另一位")
    other = queries.choosable("mentor", COUNTY)[0].subject_id
    refused = officer.post(address, {"helper": str(other)})
    assert refused.status_code == 422 and "更换要写明原因" in refused.content.decode()
    assert officer.post(address, {"helper": str(other), "reason": "行业更合"}).status_code == 302
    history = text_of(officer, f"/desk/dossier/{who}/?tab=helpers")
    assert "结束：行业更合（周敏）" in history
    assert officer.post(address, {"do": "end", "reason": "本人不需要"}).status_code == 302
    assert queries.count_unserved(SYSTEM, "mentor") == 1


def test_a_round_is_previewed_confirmed_and_taken_back_on_the_pages(client_as: ClientAs) -> None:
    specialist()
    for number in (1, 2, 3):
        returnee(number, name=f"示例{number}")
    officer = client_as("zhoumin")
    assert "3人还没有创业服务专员" in text_of(officer, "/desk/pairing/specialist/")
    assert "还没有创业服务专员" in text_of(officer, "/desk/")
    address = f"/desk/pairing/specialist/preview/{COUNTY}/"
    page = text_of(officer, address)
    digest = page.split('name="digest" value="')[1].split('"')[0]
    assert page.count("示例") >= 3 and not Relation.objects.exclude(assigned_at=None).exists()
    stale = officer.post(address, {"digest": "0" * 64}, follow=True).content.decode()
    assert "请重新预览" in stale and not AssignmentRun.objects.exists()
    officer.post(address, {"digest": digest})
    run = AssignmentRun.objects.get()
    assert run.count == 3 and "还没有创业服务专员" not in text_of(officer, "/desk/")
    officer.post(f"/desk/pairing/runs/{run.pk}/")
    assert queries.count_unserved(SYSTEM, "specialist") == 3
    assert client_as("caoyun").get(f"/desk/pairing/runs/{run.pk}/").status_code == 404


def test_the_top_search_and_the_case_lead_to_the_file(client_as: ClientAs) -> None:
    who = people.a_returnee(1)
    case = people.submitted(who)
    officer = client_as("zhoumin")
    assert f"/desk/dossier/{who.subject_id}/" in text_of(officer, "/desk/cases/?q=刘春燕")
    assert f"/desk/dossier/{who.subject_id}/" in text_of(officer, f"/desk/cases/{case.number}/")
    assert f"/desk/dossier/{who.subject_id}/" in text_of(officer, f"/desk/registers/person/{who.subject_id}/")
    assert f"/desk/dossier/{who.subject_id}/" not in text_of(client_as("chenjing"), "/desk/cases/?q=刘春燕")


def test_she_sees_who_helps_her_and_can_call(client_as: ClientAs) -> None:
    from guiyan.accounts.models import User

    who = returnee()
    with_helpers(who)
    User.objects.filter(username="liuchunyan").update(subject_id=who)
    text = text_of(client_as("liuchunyan"), "/my/")
    assert "我的创业服务专员" in text and "我的创业导师" in text and 'href="tel:0715-0000000"' in text


@pytest.mark.parametrize("tab", ["", "?tab=timeline", "?tab=helpers"])
def test_the_file_costs_the_same_with_one_of_everything_and_with_three(
    client_as: ClientAs,
    actor: As,
    tab: str,
    max_queries: Callable[[int], AbstractContextManager[CaptureQueriesContext]],
) -> None:
    who = returnee(1, industry="H6130")
    with_helpers(who)
    officer = client_as("zhoumin")

    def grow(number: int) -> None:
        engagements.record_service(
            actor("zhoumin"), subject_id=who, kind="visit", on=date(2026, 6, 8), note="走访", token=f"n{number}",
            next_step="再去", next_on=date(2026, 6, 9),
        )  # fmt: skip

    def cost() -> int:
        officer.get(f"/desk/dossier/{who}/{tab}")
        with CaptureQueriesContext(connection) as captured:
            text_of(officer, f"/desk/dossier/{who}/{tab}")
        return len(captured)

    grow(1)
    with_one = cost()
    grow(2)
    grow(3)
    assert cost() <= with_one
    with max_queries(140):
        officer.get(f"/desk/dossier/{who}/{tab}")
