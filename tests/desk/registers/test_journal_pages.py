"""Records of a journal at the desk: on the page of whom they are about, written down from there, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.kernel.actors import SYSTEM
from guiyan.registers import actions, queries
from guiyan.registers.models import EntryDraft, Voiding
from guiyan.registers.sample.numbers import id_number
from guiyan.registers.values import Value
from tests.registers.factories import COUNTY
from tests.registers.test_noun import a_listed_firm
from tests.registers.test_totals import CODES, deal, investor

ClientAs = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("scoped_db")
VISIT = {
    "visited_on": "2026-05-08",
    "way": "visit",
    "topic": "请回乡考察",
    "visited_by": "县招商局",
    "has_lead": "true",
    "lead": "想在家乡设研发点",
    "entry_source": "bureau",
}


@pytest.fixture
def chushang() -> int:
    said = {"name": "示例楚商", "number": "CS2026-0901", "native_place": COUNTY, "kind": "executive"}
    return actions.record(SYSTEM, register="chushang", values=said, source="bureau")


def test_a_visit_is_written_down_from_the_page_of_who_was_visited(client_as: ClientAs, chushang: int) -> None:
    client, new = client_as("zhoumin"), f"/desk/registers/chushang-visit/new/?about={chushang}"
    form = client.get(new).content.decode()
    assert "楚商名录：示例楚商" in form and 'name="chushang_number"' not in form and 'name="region"' not in form
    answer = client.post(new, VISIT)
    assert answer["Location"] == f"/desk/registers/chushang/{chushang}/#journal-chushang-visit"
    page = client.get(answer["Location"]).content.decode()
    assert "请回乡考察" in page and "想在家乡设研发点" in page and "拜访记录汇总" in page
    behind = f"/desk/registers/chushang-visit/?about={chushang}&amp;total=chushang.leads"
    assert behind in page
    listed = client.get(behind.replace("&amp;", "&")).content.decode()
    assert "示例楚商的“线索”" in listed and "请回乡考察" in listed
    held = queries.entry(SYSTEM, "chushang", chushang) or {}
    assert (held["visits"], held["leads"], held["last_visit"]) == (1, 1, date(2026, 5, 8))


def test_what_is_wrong_is_said_and_the_same_words_twice_are_one_visit(client_as: ClientAs, chushang: int) -> None:
    client, new = client_as("zhoumin"), f"/desk/registers/chushang-visit/new/?about={chushang}"
    missing = client.post(new, {**VISIT, "lead": ""})
    assert missing.status_code == 422 and "请填写线索" in missing.content.decode()
    assert client.post(new, VISIT).status_code == 302
    twice = client.post(new, VISIT)
    assert twice.status_code == 422 and "一模一样的一条已经记过" in twice.content.decode()
    assert client_as("caoyun").get(new).status_code == 404  # of another county
    assert client.get("/desk/registers/chushang-visit/new/?about=99999999").status_code == 404
    assert client.get("/desk/registers/chushang-visit/?about=99999999").status_code == 404


def test_a_draft_about_one_does_not_turn_up_about_another(client_as: ClientAs, chushang: int) -> None:
    said = {"name": "另一位", "number": "CS2026-0902", "native_place": COUNTY, "kind": "chamber"}
    other = actions.record(SYSTEM, register="chushang", values=said, source="bureau")
    client = client_as("zhoumin")
    draft = f"/desk/registers/chushang-visit/0/draft/?about={chushang}"
    assert client.post(draft, {"topic": "半句话"}).status_code == 204
    new = "/desk/registers/chushang-visit/new/"
    pages = {about: client.get(f"{new}?about={about}").content.decode() for about in (chushang, other)}
    assert (
        "半句话" in pages[chushang]
        and "半句话" not in pages[other]
        and "半句话" not in client.get(new).content.decode()
    )
    assert client.post(f"{new}?about={chushang}", VISIT).status_code == 302
    assert not EntryDraft.objects.exists()


def test_one_record_is_taken_back_with_its_reason_which_stays_on_the_page(client_as: ClientAs) -> None:
    who, record = investor(), deal(0, 300)
    client, void = client_as("zhoumin"), f"/desk/registers/investor-deal/{record}/void/"
    assert f'href="{void}"' in client.get(f"/desk/registers/investor-deal/{record}/").content.decode()
    nothing = client.post(void, {"reason": " "})
    assert nothing.status_code == 422 and "请写明为什么作废" in nothing.content.decode()
    answer = client.post(void, {"reason": "金额填错，另记一条"})
    assert answer["Location"] == f"/desk/registers/investor/{who}/#journal-investor-deal"
    page = client.get(answer["Location"]).content.decode()
    assert "金额填错，另记一条" in page and (queries.entry(SYSTEM, "investor", who) or {})["deals"] == 0
    assert client.post(void, {"reason": "再来一次"}).status_code == 404 and Voiding.objects.count() == 1
    assert client.get(f"/desk/registers/investor/{who}/void/").status_code == 404  # no journal


def test_nothing_can_be_recorded_about_what_has_no_number_yet(client_as: ClientAs) -> None:
    said: dict[str, Value] = {
        "name": "示例园区",
        "kind": "park",
        "grade": "county",
        "region": COUNTY,
        "built_on": date(2025, 1, 1),
    }
    park = actions.record(SYSTEM, register="carrier", values=said, source="shared")
    record = {
        "year": "2025",
        "result": "pass",
        "assessed_on": "2026-01-08",
        "document": "通报",
        "entry_source": "shared",
    }
    answer = client_as("zhoumin").post(
        f"/desk/registers/carrier-assessment/new/?about={park}", {**record, "entry_source": "shared"}
    )
    assert answer.status_code == 422 and "先补上认定编号" in answer.content.decode()


def test_hours_are_recorded_about_a_mentor_whose_number_nobody_sees(client_as: ClientAs) -> None:
    said: dict[str, Value] = {"name": "示例导师", "serves_region": COUNTY, "capacity": 3}
    number = id_number(date(1978, 2, 1), "男", 88)
    mentor = actions.record(SYSTEM, register="mentor", values={**said, "id_number": number}, source="bureau")
    record = {"served_on": "2026-05-08", "served": "示例民宿", "topic": "融资", "hours": "1.5", "rating": "4"}
    client = client_as("zhoumin")
    answer = client.post(f"/desk/registers/mentor-service/new/?about={mentor}", {**record, "entry_source": "bureau"})
    assert answer.status_code == 302
    page = client.get(f"/desk/registers/mentor/{mentor}/").content.decode()
    assert "示例民宿" in page and number not in page and "1.5小时" in page


def test_a_page_costs_the_same_with_one_record_and_with_three(client_as: ClientAs) -> None:
    who = investor()
    deal(0, 1)
    client, addresses = (
        client_as("zhoumin"),
        [f"/desk/registers/investor/{who}/", "/desk/registers/investor-deal/", "/desk/registers/investor/"],
    )

    def cost() -> list[int]:
        counted = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counted.append(len(captured))
        return counted

    once = cost()
    deal(0, 2)
    deal(0, 3)
    investor(1)
    investor(2)
    assert cost() == once and len(CODES) == 3


def test_the_form_of_an_entry_shows_who_reported_it_last(client_as: ClientAs) -> None:
    firm = actions.add_entry(SYSTEM, register="listed", values=a_listed_firm(9), source="finance").subject_id
    page = client_as("zhoumin").get(f"/desk/registers/listed/{firm}/edit/").content.decode()
    assert "最近的报送" in page and "金融主管部门" in page and "多久核对" in page
