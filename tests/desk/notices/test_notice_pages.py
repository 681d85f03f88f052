"""Notices at the desk, and the handling of an objection."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from guiyan.accounts.scope import scope_of
from guiyan.desk.todos import gather
from guiyan.kernel.actors import PUBLIC, SYSTEM
from guiyan.kernel.scope import entered
from guiyan.notices import actions
from guiyan.notices.models import Notice, Objection
from tests.cases import people

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
DUE = date(2026, 6, 15)


@pytest.fixture
def notice(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> Notice:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    approved = [people.approved(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in (1, 2)]
    return actions.publish_batch_notice(SYSTEM, batch=people.signed(*approved))


@pytest.fixture
def objection(notice: Notice) -> Objection:
    return actions.file_objection(
        PUBLIC, notice=notice, line_no=1, text="不是本地户籍", name="示例丙", contact="15400000000"
    )


def test_the_list_shows_what_is_public_and_what_waits(
    client_as: ClientAs, objection: Objection, max_queries: Limit
) -> None:
    officer = client_as("zhengwei")
    with max_queries(26):
        text = officer.get("/desk/notices/?sort=-amount").content.decode()
    assert objection.notice.number in text and "等处理的异议1件" in text and "有异议" in text
    assert "没有符合条件的公示" in officer.get("/desk/notices/?q=航天").content.decode()


def test_a_notice_shows_masked_rows_and_its_elements(client_as: ClientAs, notice: Notice) -> None:
    text = client_as("zhengwei").get(f"/desk/notices/{notice.number}/").content.decode()
    assert "4212**********" in text and notice.phone in text and "撤下日期" in text
    assert client_as("caoyun").get(f"/desk/notices/{notice.number}/").status_code == 404


def test_an_objection_is_decided_with_an_answer(client_as: ClientAs, objection: Objection) -> None:
    officer, address = client_as("zhengwei"), f"/desk/objections/{objection.number}/"
    assert "15400000000" not in officer.get(address).content.decode()
    assert "15400000000" in officer.post(f"{address}contact/").content.decode()
    empty = officer.post(f"{address}decide/", {"decision": "dismiss", "answer": ""})
    assert empty.status_code == 422 and "请写明核查情况" in empty.content.decode()
    unclear = officer.post(f"{address}decide/", {"answer": "已核实户籍。"})
    assert unclear.status_code == 422 and "没有看出是成立还是不成立" in unclear.content.decode()
    assert officer.post(f"{address}decide/", {"decision": "dismiss", "answer": "已核实户籍。"}).status_code == 302
    again = officer.post(f"{address}decide/", {"decision": "uphold", "answer": "第二个窗口里写的。"})
    assert again.status_code == 409 and "第二个窗口里写的。" in again.content.decode()
    objection.refresh_from_db()
    assert objection.state == "dismissed"


def test_others_neither_see_nor_decide(client_as: ClientAs, objection: Objection) -> None:
    address = f"/desk/objections/{objection.number}/"
    for name in ("caoyun", "sunli", "helin"):
        assert client_as(name).get(address).status_code in (403, 404)
        sent = {"decision": "uphold", "answer": "不该能写。"}
        assert client_as(name).post(f"{address}decide/", sent).status_code in (403, 404)
    objection.refresh_from_db()
    assert objection.state != "upheld"


def test_an_objection_is_in_the_work_of_who_decides_it_by_the_day_of_the_answer(
    objection: Objection, at: Callable[[str], object]
) -> None:
    at("2026-06-16 09:00")
    with entered(scope_of(people.as_actor("zhengwei"))):
        (row,) = [x for x in gather(people.as_actor("zhengwei")) if x.todo == "处理异议"]
    assert (row.href, row.due_on, row.light.words) == (f"/desk/objections/{objection.number}/", DUE, "超期1天")
    assert "示例丙" not in f"{row}" and "15400000000" not in f"{row}"
    with entered(scope_of(people.as_actor("chenjing"))):
        assert not [x for x in gather(people.as_actor("chenjing")) if x.todo == "处理异议"]
