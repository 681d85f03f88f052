"""公开属性: the words of a document that is not public stand on no page of the portal, its measures do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest
from django.test import Client

from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.plans import actions, queries
from guiyan.plans.models import Document
from guiyan.policies.actions import confirm_measure
from guiyan.policies.models import MeasureConfirmation
from guiyan.portal.booklet.contents import WITHHELD, booklet
from guiyan.portal.measures.library import Wanted
from tests.plans.factories import confirm_all, imported_plan

PAGE = "/measures/startup-subsidy/"


def published(officer: Actor, publicity: str) -> Document:
    document = imported_plan(officer)
    document.publicity = publicity
    document.save(update_fields=["publicity"])
    confirm_all(officer, document)
    document = actions.publish_document(officer, document=document)
    for reading in queries.linked_measures(document):
        confirm_measure(officer, **asdict(reading))
    return document


def words_of(document: Document) -> str:
    item = document.items.get(links_to="startup-subsidy")
    return document.text[item.start : item.end]


@pytest.mark.parametrize("publicity", ["依申请公开", "不予公开"])
def test_what_is_not_public_is_named_and_not_quoted(
    scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor], publicity: str
) -> None:
    at("2026-06-08 09:00")
    document = published(actor("helin"), publicity)
    page = Client().get(PAGE).content.decode()
    assert "没有在网上公开" in page and words_of(document) not in page
    assert not MeasureConfirmation.objects.exclude(quote="").exists()
    paper = booklet(releases.current(), calendar.today(), Wanted(), "http://test")
    assert paper.entries and {entry.quote for entry in paper.entries} == {WITHHELD}


@pytest.mark.parametrize("publicity", ["主动公开", ""])
def test_what_is_public_or_says_nothing_is_quoted(
    scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor], publicity: str
) -> None:
    at("2026-06-08 09:00")
    document = published(actor("helin"), publicity)
    assert words_of(document) in Client().get(PAGE).content.decode()
