"""The document that a rule rests on: one that the city's pack does not name brings the link to itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiyan.desk.rules.clauses import UNKNOWN, plans_in
from guiyan.kernel import releases
from guiyan.plans import actions as plans
from guiyan.plans.models import Document
from guiyan.policies.models import RuleProposal
from tests.desk.rules.page_form import form_in
from tests.plans.factories import confirm_all, published_plan
from tests.policies import stage

pytestmark = pytest.mark.usefixtures("scoped_db")
TEXT = "示例市支持创业若干措施\n一、给予补贴。对返乡人员给予800元补贴。(责任单位:市人社局)"


@pytest.fixture(autouse=True)
def day(at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


@pytest.fixture
def unknown() -> Document:
    """In force at the desk; the pack has never heard of it."""
    helin = stage.helin()
    document = plans.import_document(helin, name="shili.txt", content=TEXT.encode())
    confirm_all(helin, document)
    return plans.publish_document(helin, document=document)


def chosen(client: Client, proposal: RuleProposal, document: Document, **more: str) -> RuleProposal:
    address = f"/desk/rules/{proposal.pk}/edit/"
    html = client.get(address).content.decode()
    sent = form_in(html[html.index('id="rule-form"') : html.index('id="rule-side"')])
    client.post(address, {**sent, "document": str(document.pk), "quote": "给予800元补贴", "do": "save", **more})
    return RuleProposal.objects.get(pk=proposal.pk)


def test_a_document_that_the_pack_does_not_name_is_cited_by_itself(
    client_as: Callable[[str], Client], unknown: Document
) -> None:
    proposal = chosen(client_as("helin"), stage.new_measure(), unknown)
    assert proposal.document_id == unknown.pk
    assert proposal.content["clause"]["document"] == unknown.doc_id
    assert proposal.plan_link["title"] == proposal.content["clause"]["plan"] == "示例市支持创业若干措施"
    html = client_as("helin").get(f"/desk/rules/{proposal.pk}/edit/").content.decode()
    assert f'<option value="{UNKNOWN}0" selected>示例市支持创业若干措施' in html
    assert "校友回归" not in html
    assert stage.approved(proposal).state == "approved"
    assert releases.current().plans[proposal.measure_id].issued_on is None  # the document does not say


def test_a_document_of_the_pack_keeps_its_plans_and_brings_no_link(client_as: Callable[[str], Client]) -> None:
    document = published_plan(stage.helin())
    assert [value for value, _ in plans_in(document, releases.current())] == ["chushang", "fanxiang", "xiaoyou"]
    proposal = chosen(client_as("helin"), stage.new_measure(), document, plan="xiaoyou")
    assert not proposal.plan_link and proposal.content["clause"]["plan"] == "校友回归"
