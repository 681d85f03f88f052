"""政策找人 through the web: by who starts it, who agrees, and who is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.accounts.models import User
from guiyan.kernel import jobs
from guiyan.kernel.audit.models import AuditEntry
from guiyan.outreach.models import ChannelChoice, MatchRun, Telling
from tests.cases import people
from tests.outreach import stage
from tests.outreach.stage import COUNTY, LOAN, SUBSIDY

pytestmark = pytest.mark.usefixtures("scoped_db")
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def liu(at: Callable[[str], object], tmp_path: Path) -> people.Person:
    """刘春燕 is the one whom the subsidy fits."""
    at("2026-06-08 09:00")
    stage.with_lists(tmp_path)
    stage.in_force(SUBSIDY, LOAN)
    person = people.a_returnee(1, name="刘春燕")
    User.objects.filter(username="liuchunyan").update(subject_id=person.subject_id)
    return person


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def asked(**changed: object) -> dict[str, object]:
    return {
        "kind": "person",
        "measures": [SUBSIDY],
        "area": COUNTY,
        "day": "2026-06-08",
        "title": "六月返乡创业政策",
        "do": "start",
        **changed,
    }


def test_the_empty_list_says_what_to_do(client_as: As) -> None:
    assert "新建匹配" in text_of(client_as("helin"), "/desk/outreach/")
    assert "政策管理员发起以后" in text_of(client_as("qinlan"), "/desk/outreach/")
    assert client_as("zhoumin").get("/desk/outreach/").status_code == 403
    assert client_as("qinlan").get("/desk/outreach/new/").status_code == 403


def test_the_form_says_what_each_measure_is_for_and_previews_without_starting(client_as: As) -> None:
    helin = client_as("helin")
    page = text_of(helin, "/desk/outreach/new/")
    assert "5,000元。返乡人员；初次办理注册登记" in page and "通山县 大畈镇" in page
    seen = helin.post("/desk/outreach/new/", asked(measures=[SUBSIDY, LOAN], do="preview")).content.decode()
    assert "会这样算" in seen and "1人" in seen and "文件没有写条件" in seen
    assert not MatchRun.objects.exists()


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client_as: As) -> None:
    helin = client_as("helin")
    for changed, words in (
        ({"measures": []}, "请至少选一项"),
        ({"area": "420100000000"}, "请在列出的里面选一个"),
        ({"day": "昨天"}, "日期要写成"),
        ({"day": "2025-01-01"}, "没有施行"),
        ({"title": "  "}, "起个名称"),
        ({"title": "长" * 81}, "最多80字"),
    ):
        answer = helin.post("/desk/outreach/new/", asked(**changed))
        page = answer.content.decode()
        assert answer.status_code == 422 and words in page, changed
        assert "title" in changed or "六月返乡创业政策" in page


def test_from_the_start_to_the_funnel(client_as: As, liu: people.Person) -> None:
    helin, qinlan = client_as("helin"), client_as("qinlan")
    started = helin.post("/desk/outreach/new/", asked())
    page = started["Location"]
    assert 'hx-trigger="every 2s"' in text_of(helin, page)
    assert "HX-Refresh" not in helin.get(page, headers={"HX-Request": "true"}).headers
    jobs.run_pending()
    assert helin.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    found = text_of(helin, page).partition("<main")[2]
    assert "hx-trigger" not in found and "刘*燕" in found and "刘春燕" not in found and "信息都够" in found
    assert AuditEntry.objects.filter(action="read:outreach", targets=[f"subject:{liu.subject_id}"]).exists()
    helin.post(f"{page}propose/")
    assert "等另一名工作人员审核" in text_of(helin, page)
    assert helin.post(f"{page}approve/").status_code == 403
    assert qinlan.post(f"{page}send-back/", {"reason": ""}).status_code == 422
    qinlan.post(f"{page}send-back/", {"reason": "请核对范围"})
    assert "请核对范围" in text_of(helin, page)
    helin.post(f"{page}propose/")
    qinlan.post(f"{page}approve/")
    helin.post(f"{page}send/")
    jobs.run_pending()
    assert "已推送" in text_of(helin, page)
    resident = client_as("liuchunyan")
    my = text_of(resident, "/my/")
    assert "1条没看" in my
    telling = Telling.objects.get()
    message = f"/my/policies/{telling.message_id}/"
    assert "5,000元" in text_of(resident, message) and "1条没看" not in text_of(resident, "/my/")
    applying = resident.post(f"{message}{SUBSIDY}/", {"answer": "applies"})
    assert applying["Location"] == "/apply/startup-subsidy/"
    people.submitted(liu)
    funnel = text_of(helin, f"{page}funnel/")
    assert "已告知1项次的100.0%" in funnel
    listed = text_of(helin, f"{page}people/?step=applied&county={COUNTY}&measure={SUBSIDY}")
    assert "刘*燕" in listed and "去申请" in listed
    assert helin.get(f"{page}people/?step=nowhere").status_code == 404


def test_the_workbook_has_counts_and_nobodys_name(client_as: As) -> None:
    run = stage.sent(SUBSIDY)
    answer = client_as("helin").get(f"/desk/outreach/{run.pk}/sheet/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheet_names == ["各县", "待补信息", "兑现"]
    rows = book.get_sheet_by_name("各县").to_python()
    assert ["通山县", "一次性创业补贴", 1.0, 0.0, 5000.0] in rows
    assert "刘春燕" not in str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def test_a_neighbour_cannot_open_anothers_message(client_as: As, liu: people.Person) -> None:
    stage.sent(SUBSIDY)
    telling = Telling.objects.get()
    other = people.a_returnee(2, name="王建")
    User.objects.filter(username="wangjian").update(subject_id=other.subject_id)
    neighbour = client_as("wangjian")
    assert neighbour.get(f"/my/policies/{telling.message_id}/").status_code == 404
    assert neighbour.post(f"/my/policies/{telling.message_id}/{SUBSIDY}/", {"answer": "declines"}).status_code == 404
    assert Telling.objects.get().answer == ""


def test_saying_no_is_kept_and_can_be_taken_back(client_as: As) -> None:
    stage.sent(SUBSIDY)
    telling, resident = Telling.objects.get(), client_as("liuchunyan")
    message = f"/my/policies/{telling.message_id}/"
    resident.post(f"{message}{SUBSIDY}/", {"answer": "declines"})
    assert "您说过不需要" in text_of(resident, message)
    assert resident.post(f"{message}{SUBSIDY}/", {"answer": "perhaps"}).status_code == 404
    resident.post(f"{message}{SUBSIDY}/", {"answer": "applies"})
    assert Telling.objects.get().answer == "applies"


def test_channels_are_chosen_on_the_portal(client_as: As, liu: people.Person) -> None:
    resident = client_as("liuchunyan")
    assert "消息设置" in text_of(resident, "/my/policies/settings/")
    resident.post("/my/policies/settings/", {"sms": "on"})
    chosen = dict(ChannelChoice.objects.filter(subject_id=liu.subject_id).values_list("channel", "wanted"))
    assert chosen == {"in_app": False, "sms": True}
    assert client_as("helin").get("/my/policies/settings/").status_code == 404
