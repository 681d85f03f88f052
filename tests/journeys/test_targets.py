"""A target is split, reported, locked, behind its time, proposed, ordered, answered and closed.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_by_username
from guiyan.insights.standing import standings_of
from guiyan.kernel import jobs
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.plans.models import Indicator, ReportedFigure, SupervisionOrder, SupervisionProposal, TargetSplit
from tests.fixtures import TestDatabase
from tests.journeys import city
from tests.journeys.browsing import PASSWORD, PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.plans.factories import published_plan
from tests.prepared import clock_to, prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
NAME, TONGSHAN, CHIBI = "chushang-packaged-projects", 421224000000, 421281000000
REPLY = "三季度再策划12个项目，其中竹木5个，9月底前发布。"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("targets") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        prepare()
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def prepare() -> None:
    """The plan is in force since May; on 2 June the figures of May are asked for."""
    clock_to("2026-05-18 09:00")
    with entered(Scope.system()):
        published_plan(actor_by_username("helin"))
        User.objects.filter(is_demo=True).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "journey"))
    clock_to("2026-06-02 09:00")
    jobs.run_pending()


def test_a_red_light_ends_with_an_answer_that_the_office_accepts(town: Town) -> None:
    indicator = read(lambda: Indicator.objects.get(definition=NAME).id)
    assert isinstance(indicator, int)
    it_is_split(town, indicator)
    it_is_reported_and_locked(town)
    city.move_the_clock(town.person("yunwei"), 1)
    until(lambda: proposal_id() is not None, "the red light is proposed")
    number = it_is_ordered(town)
    it_is_answered_and_closed(town, number)
    they_look_at_it(town, indicator)
    what_the_database_says(number)
    assert not town.faults, "\n".join(town.faults)


def it_is_split(town: Town, indicator: int) -> None:
    """Short by three at first, which is told; then put up by one and issued by another."""
    helin, panjian = town.person("helin"), town.person("panjian")
    helin.go("/desk/indicators/")
    helin.page.locator(f"a[href='/desk/indicators/{indicator}/split/']").click()
    helin.page.wait_for_load_state()
    helin.look()
    helin.press("按平均")
    share(helin, TONGSHAN, "13")
    helin.press("存草稿")
    assert "各县合计比全市目标少3个" in helin.text() and not helin.has("报请下达")
    share(helin, CHIBI, "19")
    helin.press("存草稿")
    helin.press("报请下达")
    panjian.go(f"/desk/indicators/{indicator}/split/")
    assert "各县合计100个" in panjian.text()
    panjian.press("下达", "aside")
    assert "已下达" in panjian.text()


def share(helin: Person, place: int, value: str) -> None:
    helin.page.locator(f"input[name=share-{place}]").fill(value)


def it_is_reported_and_locked(town: Town) -> None:
    tangjie, fangyu, lulin = town.person("tangjie"), town.person("fangyu"), town.person("lulin")
    figure = read(lambda: ReportedFigure.objects.get(indicator__definition=NAME, place=TONGSHAN).id)
    tangjie.go("/desk/figures/")
    tangjie.page.locator(f"a[href='/desk/figures/{figure}/']").click()
    tangjie.page.wait_for_load_state()
    tangjie.look()
    tangjie.fill("数（个）", "2")
    tangjie.page.locator("#note").fill("竹木、民宿各1个")
    tangjie.press("填报", "main form")
    fangyu.go(f"/desk/figures/{figure}/")
    fangyu.press("审核通过")
    lulin.go("/desk/figures/")
    lulin.go(f"/desk/figures/{figure}/")
    lulin.press("锁定", "main form")
    assert "已锁定" in lulin.text()


def proposal_id() -> object:
    rows = SupervisionProposal.objects.filter(indicator__definition=NAME, place=TONGSHAN, kind="indicator")
    return read(lambda: rows.values_list("id", flat=True).first())


def it_is_ordered(town: Town) -> str:
    duanyan = town.person("duanyan")
    duanyan.go("/desk/supervision/proposals/")
    duanyan.page.locator(f"a[href='/desk/supervision/proposals/{proposal_id()}/']").click()
    duanyan.page.wait_for_load_state()
    duanyan.look()
    assert "2个" in duanyan.page.locator("textarea[name=text]").input_value()
    duanyan.press("发出督办单")
    number = read(lambda: SupervisionOrder.objects.get(proposals__id=proposal_id()).number)
    assert isinstance(number, str)
    return number


def it_is_answered_and_closed(town: Town, number: str) -> None:
    tangjie, duanyan = town.person("tangjie"), town.person("duanyan")
    tangjie.go("/desk/")
    tangjie.go(f"/desk/supervision/{number}/")
    tangjie.page.locator("main textarea").first.fill(REPLY)
    tangjie.press("回复", "main form")
    duanyan.go(f"/desk/supervision/{number}/")
    assert REPLY in duanyan.text()
    duanyan.press("认可回复")
    assert "已办结" in duanyan.text()


def they_look_at_it(town: Town, indicator: int) -> None:
    """What was locked is read by the leader; the same pages on the phone."""
    linzong = town.person("linzong")
    linzong.go("/desk/cockpit/")
    linzong.go(f"/desk/cockpit/{indicator}/?place={TONGSHAN}")
    assert "2个" in linzong.text()
    for username, path in (
        ("helin", f"/desk/indicators/{indicator}/split/"),
        ("helin", "/desk/indicators/"),
        ("lulin", "/desk/figures/?view=all"),
        ("duanyan", "/desk/supervision/proposals/"),
        ("linzong", "/desk/cockpit/"),
    ):
        town.person(username, PHONE).go(path)
    figure = read(lambda: ReportedFigure.objects.get(indicator__definition=NAME, place=TONGSHAN).id)
    town.person("lulin", PHONE).go(f"/desk/figures/{figure}/")


def what_the_database_says(number: str) -> None:
    split = read(lambda: TargetSplit.objects.get(indicator__definition=NAME))
    assert isinstance(split, TargetSplit)
    assert (split.state, split.proposed_by, split.issued_by) == ("issued", "何琳", "潘健")
    found = read(lambda: standings_of([Indicator.objects.get(definition=NAME)], TONGSHAN)[0])
    assert (found.value, found.target, found.light) == (2, 13, "late")  # type: ignore[attr-defined]
    order = read(lambda: SupervisionOrder.objects.get(number=number))
    assert isinstance(order, SupervisionOrder)
    assert (order.state, order.reply, order.unit_code) == ("closed", REPLY, "421224-investment-promotion")
    figure = read(lambda: ReportedFigure.objects.get(indicator__definition=NAME, place=TONGSHAN))
    assert isinstance(figure, ReportedFigure)
    assert done(figure.flow_object, figure.pk) == [("fill", "唐洁"), ("check", "方宇"), ("lock", "陆琳")]
    actions = read(lambda: set(AuditEntry.objects.values_list("action", flat=True)))
    wanted = {"target.propose", "target.issue", "figure.fill", "figure.check", "figure.lock", "supervision.start"}
    assert isinstance(actions, set) and wanted <= actions


def done(kind: str, pk: int) -> list[tuple[str, str]]:
    rows = WorkflowLog.objects.filter(object_type=kind, object_id=pk).exclude(verb="begin").order_by("id")
    found = read(lambda: list(rows.values_list("verb", "actor_label")))
    assert isinstance(found, list)
    return found
