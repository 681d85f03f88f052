"""Beside the builder: whom the draft fits by county, of when that is; whether its words stand in the document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guiyan.desk.rules.clauses import words_are_there
from guiyan.desk.rules.counts import counts_of
from guiyan.insights.snapshot.kept import latest
from guiyan.insights.snapshot.tasks import take_all
from guiyan.kernel import calendar, jobs, releases
from guiyan.packs import Pack
from guiyan.policies import queries
from guiyan.policies.models import RuleProposal
from guiyan.registers.sample.fill import fill
from tests.outreach import stage as outreach
from tests.plans.factories import imported_plan
from tests.policies import stage
from tests.policies.stage import SUBSIDY

pytestmark = pytest.mark.usefixtures("scoped_db")
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def day(at: Callable[[str], object], settings: Any, tmp_path: Path) -> date:
    settings.GUIYAN_HOME = tmp_path / "home"
    at("2026-06-08 09:00")
    outreach.in_force(SUBSIDY)
    return calendar.today()


def narrowed() -> RuleProposal:
    """The subsidy for those of at most 30 years."""

    def to_the_young(content: dict[str, Any]) -> None:
        content["versions"][-1]["conditions"]["age"] = {"label": "30周岁以下", "when": "age_years <= 30"}

    return stage.saved(stage.begun(), to_the_young)


def test_the_draft_is_counted_beside_the_measure_in_force(client_as: As, pack: Pack, day: date) -> None:
    fill(pack, count=150, seed=7, until=day)
    take_all(releases.current())
    proposal = narrowed()
    found = queries.checked(proposal)
    counts = counts_of(found.measure, releases.current().compiled[SUBSIDY], proposal.effective_on)
    assert counts is not None and counts.on == date(2026, 6, 9)
    total = counts.total
    assert (
        total.came == 0 and total.yes < total.yes_before and total.yes + total.left >= total.yes_before - total.unknown
    )
    assert sum(row.yes for _, row in counts.table) == total.yes
    page = client_as("helin").get(f"/desk/rules/{proposal.pk}/edit/").content.decode()
    assert f"比现行的少{total.yes_before - total.yes:,}人" in page and "6月8日" in page and "09:00" in page
    assert "还没有快照" not in page


def test_whoever_drafts_may_ask_for_newer_facts(client_as: As) -> None:
    helin, proposal = client_as("helin"), stage.raised()
    assert "现在取一次" in helin.get(f"/desk/rules/{proposal.pk}/edit/").content.decode()
    assert helin.post(f"/desk/rules/{proposal.pk}/facts/").status_code == 302
    assert latest(releases.current(), "person") is None
    jobs.run_pending()
    assert latest(releases.current(), "person") is not None
    assert client_as("yemin").post(f"/desk/rules/{proposal.pk}/facts/").status_code == 403


def test_words_are_looked_for_in_their_document(client_as: As) -> None:
    document = imported_plan(stage.helin())
    proposal = stage.raised()
    assert words_are_there(proposal) is None
    there = document.text[100:160]
    for words, is_there in ((there, True), (" ".join(there), True), (f"{there}没有这句", False)):
        proposal.document_id, proposal.quote = document.pk, words
        assert words_are_there(proposal) is is_there
        proposal.save()
        page = client_as("helin").get(f"/desk/rules/{proposal.pk}/edit/").content.decode()
        assert ("对不上，请照原文摘" in page) is not is_there
