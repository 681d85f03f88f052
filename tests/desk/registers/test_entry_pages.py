"""Writing entries down at the desk: what is asked, what is kept, what two officers see who edit one entry."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.registers import actions, queries
from guiyan.registers.models import EntryDraft
from tests.registers.test_noun import a_listed_firm

pytestmark = pytest.mark.usefixtures("scoped_db")
ClientAs = Callable[[str], Client]
LIST, NEW = "/desk/registers/listed/", "/desk/registers/listed/new/"


@pytest.fixture
def firm(actor: Callable[[str], Actor]) -> int:
    values = a_listed_firm(industry="新材料")
    return actions.add_entry(actor("zhoumin"), register="listed", values=values, source="bureau").subject_id


def typed(**changes: str) -> dict[str, str]:
    firm = a_listed_firm(7)
    return {
        "name": "咸宁示例电子",
        "credit_code": str(firm["credit_code"]),
        "region": "通山县",
        "is_listed": "false",
        "entry_source": "bureau",
        **changes,
    }


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def marks_in(page: str) -> str:
    found = re.search(r'name="entry_was" value="([^"]*)"', page)
    assert found is not None
    return found.group(1).replace("&quot;", '"')


def test_a_new_entry_is_written_by_the_sections_of_its_register(client_as: ClientAs) -> None:
    client = client_as("zhoumin")
    page = text(client, NEW)
    assert "企业名称" in page and "上市板块" not in page and "辅导机构" not in page
    answer = client.post(NEW, typed())
    assert answer.status_code == 302
    listed = text(client, LIST)
    assert "咸宁示例电子" in listed and "新增" in listed


def test_sections_follow_what_is_typed_and_what_is_missing_is_said_in_them(client_as: ClientAs) -> None:
    client = client_as("zhoumin")
    part = client.post("/desk/registers/listed/0/sections/", typed(is_listed="true")).content.decode()
    assert "上市板块" in part and "辅导机构" not in part and "请选择上市板块" not in part
    answer = client.post(NEW, typed(is_listed="true"))
    assert answer.status_code == 422
    assert "请选择上市板块" in answer.content.decode() and "咸宁示例电子" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"region": "长沙市"}, "不是本市的区划"),
        ({"credit_code": "91421299MA00000000"}, "校验"),
        ({"stock_code": "六零零"}, "不合写法"),
        ({"recommended_on": "2099-01-01"}, "还没有到"),
        ({"region": "崇阳县"}, "不在您的办理范围内"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client_as: ClientAs, changes: dict[str, str], words: str
) -> None:
    answer = client_as("zhoumin").post(
        NEW, typed(is_listed="true", board="main", **changes) if "stock_code" in changes else typed(**changes)
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "咸宁示例电子" in page


def test_a_number_that_is_held_is_not_sent_to_the_form_and_left_empty_stays(client_as: ClientAs, firm: int) -> None:
    client, address = client_as("zhoumin"), f"{LIST}{firm}/edit/"
    page = text(client, address)
    assert "15412345678" not in page and "154****5678" in page
    values = typed(name="咸宁示例新材料", credit_code=str(a_listed_firm()["credit_code"]), industry="生物医药")
    assert client.post(address, {**values, "entry_was": marks_in(page)}).status_code == 302
    held = queries.entry(SYSTEM, "listed", firm)
    assert held is not None and (held["industry"], held["executive_phone"]) == ("生物医药", "154****5678")


def test_two_officers_see_both_values_and_choose(client_as: ClientAs, firm: int) -> None:
    client, address = client_as("zhoumin"), f"{LIST}{firm}/edit/"
    base = typed(name="咸宁示例新材料", credit_code=str(a_listed_firm()["credit_code"]))
    was = marks_in(text(client, address))
    assert client.post(address, {**base, "industry": "生物医药", "entry_was": was}).status_code == 302
    later = {**base, "industry": "现代农业", "coach": "示例证券公司", "entry_was": was}
    answer = client.post(address, later)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("别人也改了", "生物医药", "现代农业", "示例证券公司"))
    chosen = client.post(address, {**later, "entry_was": marks_in(page), "keep-industry": "theirs"})
    assert chosen.status_code == 302
    held = queries.entry(SYSTEM, "listed", firm)
    assert held is not None and (held["industry"], held["coach"]) == ("生物医药", "示例证券公司")


def test_what_is_typed_is_kept_comes_back_and_can_be_thrown_away(client_as: ClientAs) -> None:
    client = client_as("zhoumin")
    assert client.post("/desk/registers/listed/0/draft/", typed(name="半截企业")).status_code == 204
    page = text(client, NEW)
    assert "半截企业" in page and "上次没填完的已经放回来" in page
    assert "半截企业" not in text(client_as("caoyun"), NEW)
    client.post("/desk/registers/listed/0/draft/", {"drop": "1"})
    assert "半截企业" not in text(client, NEW) and not EntryDraft.objects.exists()


def test_a_damaged_or_forged_form_changes_nothing_by_itself(client_as: ClientAs, firm: int) -> None:
    client, address = client_as("zhoumin"), f"{LIST}{firm}/edit/"
    base = typed(name="咸宁示例新材料", credit_code=str(a_listed_firm()["credit_code"]), industry="新材料")
    for was in ("", "[]", "{", json.dumps({"industry": 7})):
        answer = client.post(address, {**base, "entry_was": was})
        assert answer.status_code in (302, 409, 422)
        held = queries.entry(SYSTEM, "listed", firm)
        assert held is not None and held["industry"] == "新材料"


def test_steps_are_decided_on_a_page_and_stand_in_list_and_entry(client_as: ClientAs, firm: int) -> None:
    client, address = client_as("zhengwei"), f"{LIST}{firm}/level/"
    assert "还没有调整过" in text(client, address)
    sent = {"to": "gold", "reason": "年营收过亿", "evidence": "", "decided_on": "2025-06-10", "was": ""}
    assert "请写明依据" in client.post(address, sent).content.decode()
    assert client.post(address, {**sent, "evidence": "咸招发〔2026〕3号"}).status_code == 302
    page = text(client, f"{LIST}{firm}/")
    assert all(words in page for words in ("列入：未列入 → 金种子", "年营收过亿", "咸招发〔2026〕3号", "郑伟"))
    assert "金种子" in text(client, f"{LIST}?level=gold")
    assert "没有符合这些条件的记录" in text(client, f"{LIST}?level=silver")


def test_a_register_that_nobody_fills_in_here_has_no_form(client_as: ClientAs) -> None:
    client = client_as("zhoumin")
    assert client.get("/desk/registers/insured/new/").status_code == 404
    assert "新增" not in text(client, "/desk/registers/insured/")
