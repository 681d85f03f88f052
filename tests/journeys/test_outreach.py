"""Policies find people: one officer looks for them, another agrees, 刘春燕 reads it on her phone and applies.

Everything through the pages in a real browser, on a real web server, worker and gateway; read back from the database.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import User
from guiyan.cases.models import Case
from guiyan.cli.sms_peer import Peer
from guiyan.kernel import jobs
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach.models import AudienceRow, Delivery, MatchRun, Message, Telling
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import resident, stage
from tests.journeys.browsing import PHONE, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.outreach import stage as outreach
from tests.outreach.stage import SUBSIDY
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
MEASURE = "一次性创业补贴"


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    server = Peer(0, tmp_path_factory.mktemp("peer") / "messages.jsonl")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    peer: Peer,
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("outreach")
    with (
        prepared_database(test_database, folder / "home", django_db_blocker) as database,
        pytest.MonkeyPatch.context() as patch,
    ):
        prepare(folder)
        patch.setenv("GUIYAN_SMS_URL", peer.url)
        web, worker = Web(database), Worker(database)
        with chromium() as browser:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def prepare(folder: Path) -> None:
    """The subsidy is in force, everybody knows who received it before, and nobody did."""
    stage.prepare()
    with entered(Scope.system()):
        people.with_budget()
        outreach.with_lists(folder)
        outreach.in_force(SUBSIDY)
    jobs.run_pending()


def test_policies_find_people(town: Town, peer: Peer) -> None:
    she_agrees_to_text_messages(town)
    run = it_is_looked_for(town)
    another_agrees(town, run)
    they_are_told(town, run)
    she_reads_it_on_her_phone_and_applies(town)
    the_funnel_shows_it(town, run)
    what_the_database_says(run, peer)
    they_look_at_it(town, run)
    assert not town.faults, "\n".join(town.faults)


def she_agrees_to_text_messages(town: Town) -> None:
    liu = town.person("liuchunyan", PHONE)
    liu.go("/my/")
    liu.press("消息设置")
    liu.page.get_by_label("也给我发短信").check()
    liu.press("保存", "main")
    assert liu.page.get_by_label("也给我发短信").is_checked()


def it_is_looked_for(town: Town) -> int:
    helin = town.person("helin")
    helin.go("/desk/outreach/")
    helin.press("新建匹配", ".page-head")
    helin.page.get_by_label(MEASURE).first.check()
    helin.choose("在哪个范围找", "通山县")
    helin.fill("名称", "六月返乡创业政策")
    helin.press("先看看会算什么")
    assert "会这样算" in helin.text()
    helin.press("开始匹配")
    run = int(helin.number())
    until(lambda: state(run) == "computed", "the run is computed")
    helin.page.get_by_role("button", name="报请审核").wait_for()  # the page asked by itself
    helin.go(f"/desk/outreach/{run}/")
    assert "通山县" in helin.text() and "刘春燕" not in helin.text()
    helin.press("报请审核")
    assert not helin.has("同意推送")
    return run


def another_agrees(town: Town, run: int) -> None:
    qinlan = town.person("qinlan")
    qinlan.go("/desk/outreach/?state=proposed")
    qinlan.follow("六月返乡创业政策")
    qinlan.press("同意推送")
    assert "待推送" in qinlan.text()


def they_are_told(town: Town, run: int) -> None:
    helin = town.person("helin")
    helin.go(f"/desk/outreach/{run}/")
    helin.press("开始推送")
    until(lambda: state(run) == "sent", "everybody is told")
    helin.go(f"/desk/outreach/{run}/")
    assert "已推送" in helin.text() and "短信已发出" in helin.text()


def she_reads_it_on_her_phone_and_applies(town: Town) -> None:
    liu = town.person("liuchunyan", PHONE)
    liu.go("/my/")
    assert "1条没看" in liu.text()
    liu.follow("您可能符合")
    assert "5,000元" in liu.text()
    liu.page.get_by_role("button", name=f"去申请{MEASURE}").click()
    liu.look()
    assert liu.page.url.endswith("/apply/startup-subsidy/")
    resident.apply(liu)


def the_funnel_shows_it(town: Town, run: int) -> None:
    helin = town.person("helin")
    helin.go(f"/desk/outreach/{run}/")
    helin.press("看兑现情况")
    applied = helin.page.locator(".tile", has_text="已申请")
    assert applied.locator(".tile-value").inner_text().startswith("1")
    applied.click()
    helin.look()
    assert "刘*燕" in helin.text()


def they_look_at_it(town: Town, run: int) -> None:
    """The same pages on a phone and on a desk: each is checked once a width."""
    for username, width in (("helin", PHONE), ("qinlan", PHONE)):
        person = town.person(username, width)
        for page in ("", "new/", f"{run}/", f"{run}/funnel/", f"{run}/people/?step=told"):
            if username == "helin" or page != "new/":
                person.go(f"/desk/outreach/{page}")
    liu = town.person("liuchunyan")
    message = read(lambda: Message.objects.get(about_id=liu_id()).pk)
    for page in ("/my/", "/my/policies/", f"/my/policies/{message}/", "/my/policies/settings/"):
        liu.go(page)
        town.person("liuchunyan", PHONE).go(page)


def state(run: int) -> object:
    return read(lambda: MatchRun.objects.get(pk=run).state)


def liu_id() -> int:
    found = User.objects.get(username="liuchunyan").subject_id
    assert found is not None
    return found


def what_the_database_says(run: int, peer: Peer) -> None:
    with entered(Scope.system()):
        row = MatchRun.objects.get(pk=run)
        audience = set(AudienceRow.objects.filter(run=row).values_list("about_id", flat=True))
        assert liu_id() in audience and len(audience) == row.people
        telling = Telling.objects.get(run=row, about_id=liu_id())
        message = Message.objects.get(pk=telling.message_id)
        assert telling.answer == "applies" and message.opened_at is not None and message.told_at is not None
        case = Case.objects.get(subject_id=liu_id(), measure=SUBSIDY)
        assert case.submitted_at is not None and case.submitted_at > message.told_at
        assert Telling.objects.filter(run=row).count() == len(audience)
        text = Delivery.objects.get(run=row, channel="sms", outcome="sent")
        assert text.message_id == message.pk and peer.box.taken[f"guiyan-{text.pk}"]["id"] == text.receipt
        assert len(peer.box.taken) == 1
        who = dict(AuditEntry.objects.filter(target=row.ref).values_list("action", "actor_id"))
        assert who["outreach.approve"] not in (who["outreach.start"], who["outreach.propose"])
