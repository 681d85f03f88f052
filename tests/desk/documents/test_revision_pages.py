"""The pages of a revision: it is chosen, its changes gone through one by one, and it is published with its measures."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import Document, Indicator, Task
from guiyan.plans.revisions import Change, changes_of
from guiyan.policies.models import MeasureConfirmation
from tests.plans import revised
from tests.plans.factories import confirm_all, published_plan
from tests.plans.revised import accept_all, imported_revision, of

ClientAs = Callable[[str], Client]
AMOUNT = ("符合条件的给予5000元一次性", "符合条件的给予8000元一次性")
Limit = Callable[[int], AbstractContextManager[object]]


def stands(folder: Path) -> None:
    """The plan is in force."""
    published_plan(actor_by_username("helin"))


@pytest.fixture
def old(scoped_db: object) -> Document:
    return Document.objects.get()


@pytest.fixture
def revision(old: Document, actor: Callable[[str], Actor]) -> Document:
    return imported_revision(actor("helin"), old)


def address(document: Document, rest: str = "revision/") -> str:
    return f"/desk/documents/{document.id}/{rest}"


def change_of(document: Document, verdict: str) -> Change:
    return of(changes_of(document), verdict)[0]


def sent(change: Change, decision: str, **more: str) -> dict[str, str]:
    return {"mark": change.difference.mark, "seen": change.decided, "decision": decision, "show": "waiting", **more}


def post(client: Client, document: Document, change: Change, decision: str, **more: str) -> object:
    return client.post(address(document, f"revision/changes/{change.key}/"), sent(change, decision, **more))


def test_the_upload_offers_the_documents_in_force_and_goes_straight_to_the_changes(
    client_as: ClientAs, old: Document
) -> None:
    officer = client_as("helin")
    assert "修订哪一份" in officer.get("/desk/documents/").content.decode()
    file = SimpleUploadedFile(revised.NAME, revised.whole_revision().encode())
    answer = officer.post("/desk/documents/upload/", {"file": file, "revises": old.id})
    document = Document.objects.get(file_name=revised.NAME)
    assert answer.headers["Location"] == address(document)
    assert document.revises == old


def test_a_document_that_looks_like_a_revision_says_so_and_is_held_against_it(
    client_as: ClientAs, old: Document, actor: Callable[[str], Actor]
) -> None:
    officer = client_as("helin")
    document = actions.import_document(actor("helin"), name=revised.NAME, content=revised.whole_revision().encode())
    assert "看起来修订的是" in officer.get(address(document, "")).content.decode()
    page = officer.get(address(document)).content.decode()
    assert f'<option value="{old.id}" selected>' in page
    assert officer.post(address(document), {"revises": ""}).status_code == 422
    assert officer.post(address(document), {"revises": old.id}).headers["Location"] == address(document)
    page = officer.get(address(document, "")).content.decode()
    assert "修订对照" in page and "发布这份文件？" not in page


def test_the_changes_that_wait_are_listed_with_both_versions(client_as: ClientAs, revision: Document) -> None:
    change = change_of(revision, "figure")
    text = client_as("helin").get(address(revision, f"revision/?at={change.key}")).content.decode()
    for words in (
        "数字变了",
        "每年不少于<del>10,000</del>",
        "每年不少于<ins>12,000</ins>",
        "已定77处，共82处",
        "还有5处改动没有定",
    ):
        assert words in text, words


def test_units_that_went_and_came_are_marked_by_name(client_as: ClientAs, revision: Document) -> None:
    change = change_of(revision, "units")
    text = client_as("helin").get(address(revision, f"revision/?at={change.key}")).content.decode()
    assert "<del>市教育局</del>" in text and "<ins>市司法局</ins>" in text


def test_a_decision_leads_to_the_next_that_waits_and_can_be_taken_back(client_as: ClientAs, revision: Document) -> None:
    officer, change = client_as("helin"), change_of(revision, "figure")
    answer = officer.post(address(revision, f"revision/changes/{change.key}/"), sent(change, "accepted"))
    assert answer.status_code == 302 and change.key not in answer.headers["Location"]
    change = change_of(revision, "figure")
    assert change.decided == "accepted"
    officer.post(address(revision, f"revision/changes/{change.key}/"), sent(change, "reopen"))
    assert change_of(revision, "figure").decided == ""


def test_the_second_window_is_told_on_the_page_of_that_change(client_as: ClientAs, revision: Document) -> None:
    officer, change = client_as("helin"), change_of(revision, "figure")
    officer.post(address(revision, f"revision/changes/{change.key}/"), sent(change, "accepted"))
    answer = officer.post(address(revision, f"revision/changes/{change.key}/"), sent(change, "kept"))
    text = answer.content.decode()
    assert answer.status_code == 409 and "刚刚由何琳定过" in text and "新增返乡创业" in text
    assert change_of(revision, "figure").decided == "accepted"


def test_ending_without_a_reason_stays_on_the_page(client_as: ClientAs, revision: Document) -> None:
    officer, change = client_as("helin"), change_of(revision, "gone")
    where = address(revision, f"revision/changes/{change.key}/")
    answer = officer.post(where, sent(change, "accepted", reason=" "))
    assert answer.status_code == 422 and "请写明为什么终止" in answer.content.decode()
    assert officer.post(where, sent(change, "accepted", reason="不再安排")).status_code == 302
    assert officer.post(address(revision, "revision/changes/1-2/"), sent(change, "kept")).status_code == 404


@pytest.mark.parametrize("show", ["all", "changed", "same", "new", "gone", "figure", "nonsense"])
def test_the_kinds_stand_in_the_address(client_as: ClientAs, revision: Document, show: str) -> None:
    answer = client_as("helin").get(address(revision, f"revision/?show={show}"))
    assert answer.status_code == 200
    listed = answer.content.decode().count('<li id="change-')
    assert listed == {"all": 82, "changed": 5, "same": 77, "nonsense": 0}.get(show, 1)


def test_publishing_says_what_follows_carries_everything_and_confirms_the_measures_anew(
    client_as: ClientAs, old: Document, revision: Document, actor: Callable[[str], Actor]
) -> None:
    officer = client_as("helin")
    before = MeasureConfirmation.objects.filter(ended_at=None).count()
    assert before > 0
    early = officer.post(address(revision, "revision/publish/"), {"since": "2026-05-20"})
    assert early.status_code == 409 and "还有5处改动没有定" in early.content.decode()
    accept_all(actor("helin"), revision)
    asked = officer.get(address(revision, "revision/publish/")).content.decode()
    assert "新增1条，终止1条" in asked and 'value="2026-05-20"' in asked
    assert officer.post(address(revision, "revision/publish/"), {"since": ""}).status_code == 422
    answer = officer.post(address(revision, "revision/publish/"), {"since": "2026-05-20"})
    assert answer.headers["Location"] == address(revision)
    assert Document.objects.get(id=old.id).superseded_by == revision
    assert MeasureConfirmation.objects.filter(ended_at=None, document_id=revision.id).count() == before
    assert not MeasureConfirmation.objects.filter(ended_at=None, document_id=old.id).exists()
    again = officer.post(address(revision, "revision/publish/"), {"since": "2026-05-20"})
    assert again.status_code == 302
    assert MeasureConfirmation.objects.filter(ended_at=None).count() == before


def with_another_amount(helin: Actor, old: Document, decision: str) -> Document:
    """The subsidy of 5,000 yuan reads 8,000: taken over, or the old is kept."""
    text = revised.revised_text(revised.DATE, AMOUNT)
    document = imported_revision(helin, old, text, name="amount.txt")
    (change,) = [x for x in changes_of(document) if not x.decided and x.kind == "measure"]
    assert change.verdict == "figure"
    revised.decide(helin, document, change, decision)
    accept_all(helin, document)
    return document


def test_an_amount_that_the_rule_does_not_have_stops_the_whole_publication(
    client_as: ClientAs, old: Document, actor: Callable[[str], Actor]
) -> None:
    document = with_another_amount(actor("helin"), old, "accepted")
    answer = client_as("helin").post(address(document, "revision/publish/"), {"since": "2026-05-20"})
    assert answer.status_code == 409 and "文件写的是8,000元，城市包里是5,000元" in answer.content.decode()
    assert Document.objects.get(id=old.id).state == "in_force"
    assert MeasureConfirmation.objects.filter(ended_at=None, document_id=old.id).exists()
    assert Task.objects.filter(document=document).count() == 0


def test_a_measure_kept_as_it_was_stands_on_its_old_words_under_the_new_document(
    client_as: ClientAs, old: Document, actor: Callable[[str], Actor]
) -> None:
    document = with_another_amount(actor("helin"), old, "kept")
    answer = client_as("helin").post(address(document, "revision/publish/"), {"since": "2026-05-20"})
    assert answer.status_code == 302
    subsidy = MeasureConfirmation.objects.get(measure_id="startup-subsidy", ended_at=None)
    assert subsidy.document_id == document.id
    assert "5000元一次性创业补贴" in subsidy.quote
    assert old.items.filter(id=subsidy.item_id).exists()


def test_what_a_revision_changed_is_read_afterwards(
    client_as: ClientAs, revision: Document, actor: Callable[[str], Actor]
) -> None:
    accept_all(actor("helin"), revision)
    officer = client_as("helin")
    officer.post(address(revision, "revision/publish/"), {"since": "2026-05-20"})
    text = officer.get(address(revision)).content.decode()
    assert "<del>每年不少于10,000人</del> → <ins>每年不少于12,000人</ins>" in text
    task = Task.objects.get(title="提升政务服务水平")
    page = officer.get(f"/desk/tasks/{task.id}/").content.decode()
    assert "修订记录" in page and "单位变了" in page and "2026年5月20日" in page
    figure = Indicator.objects.get(definition="new-returnee-businesses")
    assert "修订记录" in officer.get(f"/desk/indicators/{figure.id}/split/").content.decode()
    gone = Task.objects.get(title="举办返乡创业活动")
    assert "修订后终止" in officer.get(f"/desk/tasks/{gone.id}/").content.decode()
    late = officer.post(address(revision, "revision/changes/1-0/"), {"decision": "kept"})
    assert late.status_code == 302


def test_a_document_that_is_no_revision_is_reviewed_as_a_new_one(client_as: ClientAs, revision: Document) -> None:
    officer = client_as("helin")
    assert officer.post(address(revision), {"leave": "1"}).headers["Location"] == address(revision, "")
    assert officer.get(address(revision, "revision/publish/")).status_code == 404


def test_other_roles_stay_outside(client_as: ClientAs, revision: Document) -> None:
    change = change_of(revision, "figure")
    for name in ("zhoumin", "linzong", "duanyan"):
        client = client_as(name)
        assert client.get(address(revision)).status_code in (403, 404)
        assert client.post(address(revision, f"revision/changes/{change.key}/"), sent(change, "kept")).status_code in (
            403,
            404,
        )
        assert client.post(address(revision, "revision/publish/"), {"since": "2026-05-20"}).status_code in (403, 404)
    assert change_of(revision, "figure").decided == ""


def test_the_page_asks_a_fixed_number_of_queries(client_as: ClientAs, revision: Document, max_queries: Limit) -> None:
    officer = client_as("helin")
    officer.get(address(revision))
    with max_queries(32):
        officer.get(address(revision, "revision/?show=all"))


def test_what_is_doubtful_comes_first_and_the_text_order_is_a_click_away(
    client_as: ClientAs, old: Document, actor: Callable[[str], Actor]
) -> None:
    document = actions.import_document(actor("helin"), name=revised.NAME, content=revised.whole_revision().encode())
    officer = client_as("helin")
    items = document.items.filter(kind="indicator")
    doubtful = [x.id for x in items.order_by("confidence", "number")]
    assert listed(officer.get(address(document, "?kind=indicator")).content.decode()) == doubtful
    in_text = officer.get(address(document, "?kind=indicator&order=text")).content.decode()
    assert listed(in_text) == [x.id for x in items.order_by("number")]
    first = items.get(id=doubtful[0])
    values = {"decision": "dropped", "version": first.version}
    answer = officer.post(address(document, f"items/{first.id}/"), values)
    assert f"&item={doubtful[1]}#" in answer.headers["Location"]
    assert listed(officer.get(address(document, "?kind=indicator")).content.decode()) == [*doubtful[1:], doubtful[0]]
    confirm_all(actor("helin"), document)
    assert listed(officer.get(address(document, "?kind=indicator")).content.decode()) == [
        x.id for x in items.order_by("number")
    ]


def listed(text: str) -> list[int]:
    return [int(part.split('"')[0]) for part in text.split('<li id="item-')[1:]]
