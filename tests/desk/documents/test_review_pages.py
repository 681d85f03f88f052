"""The review as the officer has it: beside the original, one reading at a time, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from guiyan.kernel.actors import Actor
from guiyan.plans import actions, queries
from guiyan.plans.models import Document, ReviewItem
from tests.plans.factories import REAL, confirm_all, imported_plan

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def document(scoped_db: object, actor: Callable[[str], Actor]) -> Document:
    return imported_plan(actor("helin"))


def address(document: Document, rest: str = "") -> str:
    return f"/desk/documents/{document.id}/{rest}"


def subsidy(document: Document) -> ReviewItem:
    return document.items.get(kind="measure", links_to="startup-subsidy")


def test_the_page_shows_the_document_by_the_name_the_city_gives_it(client_as: ClientAs, document: Document) -> None:
    page = client_as("helin").get(address(document))
    text = page.content.decode()
    assert page.status_code == 200
    assert "<h1>《咸宁市推进楚商回乡工作实施方案》等三个方案</h1>" in text
    assert "咸宁市人民政府办公室，" in text and "，文号未载明，主动公开" in text
    assert "还有81条待确认" in text


def test_a_task_is_marked_over_its_heading_and_its_units_are_underlined(
    client_as: ClientAs, document: Document
) -> None:
    text = client_as("helin").get(address(document)).content.decode()
    assert ">一、完善楚商数据信息</a></mark>" in text
    assert '<mark class="unit">' in text


def test_a_measure_is_shown_with_what_the_text_leaves_open(client_as: ClientAs, document: Document) -> None:
    item = subsidy(document)
    text = client_as("helin").get(address(document, f"?kind=measure&item={item.id}")).content.decode()
    for words in ('value="初次办理注册登记"', "已有事实", "“符合条件的”未写明", 'value="返乡人员"', "由经办单位把握"):
        assert words in text


def test_a_corrected_condition_is_kept_beside_the_reading(client_as: ClientAs, document: Document) -> None:
    item = subsidy(document)
    sent = {
        "decision": "confirmed",
        "version": 0,
        "title": "一次性创业补贴",
        "beneficiary": "返乡人员",
        "kind": "subsidy",
        "amount_min": "5000",
        "amount_max": "5000",
        "links_to": "startup-subsidy",
        "conditions": ["初次办理营业执照", ""],
    }
    answer = client_as("helin").post(address(document, f"items/{item.id}/"), sent)
    item.refresh_from_db()
    assert answer.status_code == 302
    assert item.decision == "confirmed"
    assert item.values["conditions"] == ["初次办理营业执照", "符合条件"]
    assert item.payload["conditions"] == ["初次办理注册登记", "符合条件"]


def test_an_empty_name_is_refused_and_the_rest_of_the_form_stays(client_as: ClientAs, document: Document) -> None:
    item = document.items.filter(kind="task").order_by("number")[0]
    sent = {"decision": "confirmed", "version": 0, "title": "", "lead_units": "市人社局、市财政局"}
    answer = client_as("helin").post(address(document, f"items/{item.id}/"), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请写任务名称。" in text and "市人社局、市财政局" in text
    item.refresh_from_db()
    assert item.decision == ""


def test_the_second_window_is_told_and_keeps_what_was_typed(
    client_as: ClientAs, document: Document, actor: Callable[[str], Actor]
) -> None:
    item = document.items.filter(kind="task").order_by("number")[0]
    actions.decide_item(actor("helin"), item=item, decision="dropped", version=0)
    actions.reopen_item(actor("helin"), item=item)
    sent = {"decision": "confirmed", "version": 0, "title": "我改过的名称", "lead_units": "", "responsible_units": ""}
    answer = client_as("helin").post(address(document, f"items/{item.id}/"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "刚才已经被改过" in text and 'value="我改过的名称"' in text
    assert 'name="version" value="2"' in text
    item.refresh_from_db()
    assert item.corrected is None and item.decision == ""


def test_confirming_leads_to_the_next_open_reading_of_the_kind(client_as: ClientAs, document: Document) -> None:
    first, second = document.items.filter(kind="task").order_by("number")[:2]
    answer = client_as("helin").post(
        address(document, f"items/{first.id}/"), {"decision": "dropped", "version": 0, "open": "0"}
    )
    assert answer.headers["Location"].endswith(f"?kind=task&item={second.id}#span-{second.id}")


def test_a_unit_is_chosen_by_its_name_and_several_may_stand_for_one(client_as: ClientAs, document: Document) -> None:
    officer = client_as("helin")
    mention = document.mentions.get(name="市人社局")
    before = list(mention.unit_codes)
    officer.post(address(document, f"units/{mention.id}/"), {"unit": "咸宁市财政局"})
    mention.refresh_from_db()
    assert mention.unit_codes == [*before, "4212-finance"]
    officer.post(address(document, f"units/{mention.id}/"), {"remove": "4212-finance"})
    mention.refresh_from_db()
    assert mention.unit_codes == before


def test_an_unknown_unit_name_is_refused_beside_its_field(client_as: ClientAs, document: Document) -> None:
    mention = document.mentions.get(name="市人社局")
    answer = client_as("helin").post(address(document, f"units/{mention.id}/"), {"unit": "市航天局", "kind": "unit"})
    assert answer.status_code == 422
    assert "没有叫“市航天局”的单位，请从列表里选。" in answer.content.decode()


def test_a_collective_lists_its_members(client_as: ClientAs, document: Document) -> None:
    text = client_as("helin").get(address(document, "?kind=unit")).content.decode()
    assert "是统称，指6个单位" in text
    assert "通山县政府" in text


def test_something_unread_is_added_by_quoting_the_original(client_as: ClientAs, document: Document) -> None:
    officer = client_as("helin")
    wrong = officer.post(address(document, "add/"), {"kind": "task", "name": "新任务", "quote": "原文里没有这句"})
    assert wrong.status_code == 422 and "在原文里找不到" in wrong.content.decode()
    assert 'value="新任务"' in wrong.content.decode()
    officer.post(address(document, "add/"), {"kind": "task", "name": "新任务", "quote": "建立上市企业库"})
    assert document.items.get(added_by_hand=True).decision == "confirmed"


def test_publishing_too_early_says_what_is_missing_and_changes_nothing(client_as: ClientAs, document: Document) -> None:
    answer = client_as("helin").post(address(document, "publish/"))
    assert answer.status_code == 409
    assert "还有81条待确认" in answer.content.decode()
    assert Document.objects.get(id=document.id).state == "draft"


def test_a_reviewed_document_is_published_from_its_page(
    client_as: ClientAs, document: Document, actor: Callable[[str], Actor]
) -> None:
    confirm_all(actor("helin"), document)
    officer = client_as("helin")
    assert "发布后不能再改核对结果" in officer.get(address(document, "ask/publish/")).content.decode()
    assert officer.post(address(document, "publish/")).headers["Location"] == "/desk/tasks/"
    assert Document.objects.get(id=document.id).state == "in_force"
    assert "执行中" in officer.get(address(document)).content.decode()


def test_what_the_reader_is_sure_of_is_confirmed_at_once(client_as: ClientAs, document: Document) -> None:
    officer = client_as("helin")
    assert "系统把握在90%以上" in officer.get(address(document, "ask/sure/?kind=task")).content.decode()
    officer.post(address(document, "sure/"), {"kind": "task"})
    assert not document.items.filter(kind="task", decision="", confidence__gte=0.9).exists()
    assert officer.post(address(document, "sure/"), {"kind": "rumour"}).status_code == 404


def test_an_import_is_discarded_only_with_a_reason(client_as: ClientAs, document: Document) -> None:
    officer = client_as("helin")
    assert officer.post(address(document, "drop/"), {"reason": " "}).status_code == 422
    assert officer.post(address(document, "drop/"), {"reason": "传错了文件"}).status_code == 302
    assert Document.objects.get(id=document.id).state == "dropped"


def test_the_readings_go_out_as_a_task_table(client_as: ClientAs, document: Document) -> None:
    answer = client_as("helin").get(address(document, "sheet/"))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert content[:2] == b"PK"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_files_that_are_none_are_refused_in_words(client_as: ClientAs, scoped_db: object, tmp_path: object) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    officer = client_as("helin")
    empty = officer.post("/desk/documents/upload/", {"file": SimpleUploadedFile("空.txt", b"")})
    assert empty.status_code == 422 and "0字节" in empty.content.decode()
    real = SimpleUploadedFile("方案.txt", REAL.read_bytes())
    assert officer.post("/desk/documents/upload/", {"file": real}).status_code == 302
    again = officer.post("/desk/documents/upload/", {"file": SimpleUploadedFile("方案.txt", REAL.read_bytes())})
    assert again.status_code == 422 and "已经导入过" in again.content.decode()


def test_other_roles_stay_outside(client_as: ClientAs, document: Document) -> None:
    for name in ("zhoumin", "sunli", "linzong"):
        assert client_as(name).get(address(document)).status_code in (403, 404)
        assert client_as(name).post(address(document, "publish/")).status_code in (403, 404)


def test_the_list_is_searched_and_sorted_by_its_address(client_as: ClientAs, document: Document) -> None:
    officer = client_as("helin")
    assert "等三个方案" in officer.get("/desk/documents/?q=楚商&sort=-issued&state=draft").content.decode()
    assert "没有符合条件的文件" in officer.get("/desk/documents/?q=航天").content.decode()


def test_the_review_asks_a_fixed_number_of_queries(client_as: ClientAs, document: Document, max_queries: Limit) -> None:
    officer = client_as("helin")
    assert queries.progress_of(document).total == 81
    with max_queries(26):
        officer.get(address(document))
