"""The drafted rule on the review page, teaching a fact for open words, and the page of what was learnt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import Document, LearntName, LearntPhrase, ReviewItem

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
PLAN = (
    "示例市返乡创业工作方案\n一、重点任务\n1.做好创业扶持。"
    "对46岁(含)以下、初次办理注册登记、获得省级奖项的返乡人员，给予3000元一次性创业补贴。（责任单位：市火星局）"
)


@pytest.fixture
def document(scoped_db: object, actor: Callable[[str], Actor]) -> Document:
    return actions.import_document(actor("helin"), name="示例.txt", content=PLAN.encode())


@pytest.fixture
def measure(document: Document) -> ReviewItem:
    return document.items.get(kind="measure")


def page_of(officer: Client, item: ReviewItem) -> str:
    return officer.get(f"/desk/documents/{item.document_id}/?kind=measure&item={item.id}").content.decode()


def teach(officer: Client, item: ReviewItem, words: str, meaning: str) -> tuple[int, str]:
    at = f"/desk/documents/{item.document_id}/items/{item.id}/teach/"
    answer = officer.post(at, {"words": words, "meaning": meaning, "kind": "measure"}, follow=True)
    return answer.status_code, answer.content.decode()


def test_each_term_stands_beside_its_words_and_the_open_ones_say_why(client_as: ClientAs, measure: ReviewItem) -> None:
    text = page_of(client_as("helin"), measure)
    assert "年龄不超过46周岁" in text and "办理注册登记的次数是1次" in text
    assert "需人工判断" in text and "没有认出这种说法" in text
    assert text.count("<sup>①</sup>") == 1
    assert "age_years &lt;= 46" in text


def test_where_document_and_rule_differ_somebody_is_named(client_as: ClientAs, measure: ReviewItem) -> None:
    measure.links_to = "graduate-loan-person"
    measure.save()
    text = page_of(client_as("helin"), measure)
    assert "文件和规则不一样" in text
    assert "文件写“46岁(含)以下”，规则写“45岁以下（含）”。例如年龄46周岁，按文件符合，按规则不符合。" in text
    assert "规则有“高校毕业生”，这段文字里没有认出。" in text
    assert "文件写“返乡人员”，规则没有这一条。" in text


def test_a_draft_that_agrees_with_its_rule_says_so(client_as: ClientAs, actor: Callable[[str], Actor]) -> None:
    text = (
        "示例市办法\n一、补贴\n1.给补贴。对返乡人员初次办理注册登记的，给予5000元一次性创业补贴。（责任单位：市人社局）"
    )
    document = actions.import_document(actor("helin"), name="二.txt", content=text.encode())
    item = document.items.get(kind="measure")
    item.links_to = "startup-subsidy"
    item.save()
    assert "和规则一致" in page_of(client_as("helin"), item)


@pytest.mark.usefixtures("scoped_db")
def test_a_fact_chosen_on_the_page_is_kept_and_drafted(client_as: ClientAs, measure: ReviewItem) -> None:
    officer = client_as("helin")
    status, text = teach(officer, measure, "获得省级奖项", "信用良好")
    assert status == 200 and "已记下" in text and "按学到的" in text
    kept = LearntPhrase.objects.get()
    assert (kept.wording, kept.rule, kept.kind) == ("获得省级奖项", "credit_ok", "person")


def test_what_cannot_be_taught_is_told_beside_the_words(client_as: ClientAs, measure: ReviewItem) -> None:
    status, text = teach(client_as("helin"), measure, "获得省级奖项", "长得好看")
    assert status == 422
    assert "没有“长得好看”这个说法，请从列表里选。" in text and 'value="长得好看"' in text
    assert not LearntPhrase.objects.exists()


def test_the_page_of_what_was_learnt_names_who_when_and_where_from(
    client_as: ClientAs, document: Document, measure: ReviewItem, actor: Callable[[str], Actor]
) -> None:
    officer = client_as("helin")
    actions.resolve_mention(actor("helin"), mention=document.mentions.get(), unit_codes=["4212-finance"])
    teach(officer, measure, "获得省级奖项", "信用良好")
    names = officer.get("/desk/documents/learnt/").content.decode()
    assert all(words in names for words in ("市火星局", "市财政局", "何琳", "示例市返乡创业工作方案"))
    phrases = officer.get("/desk/documents/learnt/?kind=phrase").content.decode()
    assert "获得省级奖项" in phrases and "信用良好" in phrases and "问个人" in phrases
    exported = officer.get("/desk/documents/learnt/export/")
    assert exported.headers["Content-Disposition"] == 'attachment; filename="xianning-learnt.yaml"'
    assert "- 市火星局" in exported.content.decode() and "when: credit_ok" in exported.content.decode()


def test_a_conflict_with_the_citys_own_is_shown_there(
    client_as: ClientAs, document: Document, measure: ReviewItem, actor: Callable[[str], Actor]
) -> None:
    LearntName.objects.create(
        document=document,
        learnt_at=document.imported_at,
        name="市财政局",
        unit_codes=["4212-audit"],
        region=document.region,
        unit_id=document.unit_id,
    )
    text = client_as("helin").get("/desk/documents/learnt/").content.decode()
    assert "以单位表为准" in text and "学到的这一条不起作用" in text


def test_undoing_on_the_page_ends_it(client_as: ClientAs, measure: ReviewItem) -> None:
    officer = client_as("helin")
    teach(officer, measure, "获得省级奖项", "信用良好")
    kept = LearntPhrase.objects.get()
    officer.post(f"/desk/documents/learnt/phrase/{kept.pk}/forget/")
    kept.refresh_from_db()
    assert kept.undone_at is not None
    assert "需人工判断" in page_of(officer, measure)
    assert "获得省级奖项" in officer.get("/desk/documents/learnt/?kind=phrase&undone=1").content.decode()


def test_the_review_of_a_measure_costs_a_fixed_number_of_queries(
    client_as: ClientAs, measure: ReviewItem, max_queries: Limit
) -> None:
    officer = client_as("helin")
    teach(officer, measure, "获得省级奖项", "信用良好")
    with max_queries(24):
        page_of(officer, measure)
