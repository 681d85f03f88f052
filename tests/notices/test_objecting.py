"""Everybody who objects is heard: nobody's objection is taken for another's, and no number stands open on a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.kernel.actors import PUBLIC, SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.notices import actions
from guiyan.notices.models import Notice, Objection
from tests.cases import people
from tests.prepared import clock_to

ClientAs = Callable[[str], Client]
TOLD = {"line_no": "1", "text": "没有返乡", "name": "某人", "contact": "15400000000"}


def stands(folder: Path) -> None:
    """A batch of one is public."""
    clock_to("2026-06-08 09:00")
    people.with_budget()
    people.with_list(folder)
    actions.publish_batch_notice(SYSTEM, batch=people.signed(people.approved(people.a_returnee())))


@pytest.fixture
def notice(scoped_db: object) -> Notice:
    return Notice.objects.get()


def object_to(notice: Notice, **other: str) -> Objection:
    told = {"text": "没有返乡", "name": "某人", "contact": "15400000000", **other}
    return actions.file_objection(PUBLIC, notice=notice, line_no=1, **told)


def test_only_the_same_words_from_the_same_person_are_a_double_click(notice: Notice) -> None:
    first = object_to(notice)
    assert object_to(notice) == object_to(notice, name=" 某人\u200b") == first
    corrected = object_to(notice, contact="15400000001")
    somebody_else = object_to(notice, name="另一人")
    assert len({first.pk, corrected.pk, somebody_else.pk}) == 3
    officer = people.as_actor("zhengwei")
    assert actions.contact_of(officer, corrected) == ("某人", "15400000001")
    assert actions.contact_of(officer, somebody_else) == ("另一人", "15400000000")


def test_a_name_of_signs_that_nobody_sees_is_no_name(notice: Notice) -> None:
    for name in ("\u200b", "\u3164", "\x07 \u2060"):
        with pytest.raises(Refused, match="请留下姓名"):
            object_to(notice, name=name)
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "\u200b\u200b"}, "请填写姓名"),
        ({"contact": "无"}, "请填写能联系到您的手机号"),
        ({"contact": "someone@"}, "电子邮箱不完整"),
        ({"text": "异" * 1001}, "最多1000字，现在1001字"),
        ({"name": "某" * 41}, "最多40字，现在41字"),
    ],
)
def test_a_form_that_reaches_nobody_comes_back_with_plain_words_and_what_was_typed(
    notice: Notice, wrong: dict[str, str], words: str
) -> None:
    answer = Client().post(f"/notices/{notice.number}/objection/", {**TOLD, "name": "示例丙", **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "确保" not in text
    assert ("示例丙" in text) == ("name" not in wrong) and wrong.get("text", "没有返乡") in text
    assert not Objection.objects.exists()


def test_an_unknown_decision_decides_nothing(notice: Notice, client_as: ClientAs) -> None:
    objection = object_to(notice)
    for decision in ({"decision": "zz"}, {"decision": ""}, {}):
        sent = {"answer": "已核实。", **decision}
        answer = client_as("zhengwei").post(f"/desk/objections/{objection.number}/decide/", sent)
        assert answer.status_code == 422
        assert "什么也没有改" in answer.content.decode() and "已核实。" in answer.content.decode()
    objection.refresh_from_db()
    objection.row.case.refresh_from_db()
    assert (objection.state, objection.answer, objection.row.case.state) == ("filed", "", "held")


def test_numbers_of_persons_in_an_objection_and_its_answer_are_masked_on_every_page(
    notice: Notice, client_as: ClientAs
) -> None:
    objection = object_to(notice, text="身份证421224199705120021是外地的，电话138 0000 0000，卡6200000000000381")
    officer = client_as("zhengwei")
    answer = {"decision": "dismiss", "answer": "已打13900000000核实。"}
    pages = ("/desk/notices/", f"/desk/notices/{notice.number}/", f"/desk/objections/{objection.number}/")
    texts = [officer.get(address).content.decode() for address in pages]
    assert officer.post(f"/desk/objections/{objection.number}/decide/", answer).status_code == 302
    texts.append(officer.get(pages[2]).content.decode())
    assert all("4212**********0021" in text for text in texts)
    assert "138****0000" in texts[2] and "************0381" in texts[2] and "139****0000" in texts[3]
    for number in ("421224199705120021", "138 0000 0000", "6200000000000381", "13900000000"):
        assert not [page for page in texts if number in page]
