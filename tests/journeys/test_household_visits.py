"""A village officer visits households without network, and sends later; the round's completion shows it.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries
from guiyan.registers.models import SearchTerm, SentRecord, SurveyRound, SurveyVisit
from guiyan.registers.queries.rounds import named
from guiyan.registers.sample.numbers import id_number
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PASSWORD, PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker
from tests.prepared import prepared_database
from tests.registers.factories import BORN
from tests.registers.surveyed import people_away

pytestmark = [pytest.mark.browser, pytest.mark.commits]
CODE, WRONG_CODE = "246810", "111111"
RIGHT = id_number(BORN, "女", 88)
WRONG = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")
FULL = """() => { window.putBefore = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => {
    throw new DOMException("full", "QuotaExceededError"); }; }"""
ROOM = "() => { IDBObjectStore.prototype.put = window.putBefore; }"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("visits") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        read(lambda: people_away(3, household="3组12号"))
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_three_households_are_visited_without_network_and_sent_later(town: Town) -> None:
    zhoumin, yuanmei = town.person("zhoumin"), town.person("yuanmei", PHONE)
    a_round_is_opened(zhoumin)
    she_downloads_her_list(yuanmei)
    yuanmei.page.context.set_offline(True)
    three_households(yuanmei)
    what_was_typed_survives_a_closed_tab(yuanmei)
    nothing_is_lost_on_a_full_phone(yuanmei)
    yuanmei.page.context.set_offline(False)
    a_session_that_ended_loses_nothing(yuanmei)
    one_comes_back_and_is_put_right(yuanmei)
    what_the_database_says()
    the_round_shows_it(zhoumin)
    signing_out_forgets(yuanmei)
    assert not town.faults, "\n".join(town.faults)


def a_round_is_opened(zhoumin: Person) -> None:
    zhoumin.go("/desk/surveys/")
    zhoumin.go("/desk/surveys/wish/new/")
    zhoumin.press("开始这一轮")
    assert "大畈镇" in zhoumin.text() and "0.0%" in zhoumin.text()


def she_downloads_her_list(yuanmei: Person) -> None:
    yuanmei.go("/desk/")
    yuanmei.follow("入户走访")
    yuanmei.page.locator("#starting").wait_for()
    yuanmei.look()
    yuanmei.page.get_by_label("离线口令").first.fill(CODE)
    yuanmei.page.get_by_role("button", name="下载名单").click()
    yuanmei.page.locator("#rows li").nth(2).wait_for()
    assert "示例甲" in yuanmei.text() and "3组12号" in yuanmei.text() and "待访3人" in yuanmei.text()
    yuanmei.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    # Nothing of it is to be read in what the browser keeps.
    kept = yuanmei.page.evaluate(
        """() => new Promise((give) => { const asked = indexedDB.open("guiyan-visits"); asked.onsuccess = () => {
        const all = asked.result.transaction("sealed").objectStore("sealed").getAll();
        all.onsuccess = () => { asked.result.close();
            give(all.result.map((one) => new TextDecoder("latin1").decode(one.data)).join("")); }; }; })"""
    )
    assert len(kept) > 500 and "visits" not in kept and "household" not in kept


def visit(page: Page, name: str) -> None:
    page.locator("#rows button", has_text=name).click()
    page.locator("#asking").wait_for()


def pill(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).locator(".pill", has_text=answer).first.click()


def three_households(yuanmei: Person) -> None:
    page = yuanmei.page
    visit(page, "示例甲")
    page.get_by_role("button", name="记好了").click()
    assert "还有没填的" in page.inner_text("#told") and "请选一个" in page.inner_text("#answers")
    pill(page, "有创业愿望", "是")
    pill(page, "打算", "有打算")
    page.get_by_label("技能特长").fill("木工")
    page.get_by_role("button", name="记好了").click()
    page.get_by_text("未发送1条").wait_for()
    visit(page, "示例乙")
    pill(page, "没有访到", "已经搬走")
    page.get_by_role("button", name="记为没访到").click()
    page.get_by_text("未发送2条").wait_for()
    page.get_by_role("button", name="加一个人").click()
    page.get_by_label("姓名").fill("示例新人")
    page.get_by_label("身份证号").fill(WRONG)
    pill(page, "有创业愿望", "否")
    page.get_by_role("button", name="记好了").click()
    page.get_by_text("未发送3条").wait_for()
    visit(page, "示例丙")
    page.get_by_label("务工地").fill("上海市")
    page.get_by_text("草稿已存在手机上").wait_for()


def what_was_typed_survives_a_closed_tab(yuanmei: Person) -> None:
    context = yuanmei.page.context
    yuanmei.page.close()
    yuanmei.page = context.new_page()
    yuanmei.page.goto("/desk/visits/")
    page = yuanmei.page
    page.get_by_text("未发送3条").wait_for()
    assert "示例" not in page.inner_text("main")
    page.locator("#unlock-code").fill(WRONG_CODE)
    page.get_by_role("button", name="打开名单").click()
    page.get_by_text("还可以试9次").wait_for()
    page.locator("#unlock-code").fill(CODE)
    page.get_by_role("button", name="打开名单").click()
    visit(page, "示例丙")
    assert page.get_by_label("务工地").input_value() == "上海市"


def nothing_is_lost_on_a_full_phone(yuanmei: Person) -> None:
    page = yuanmei.page
    pill(page, "有创业愿望", "否")
    page.wait_for_timeout(500)
    page.evaluate(FULL)
    page.get_by_role("button", name="记好了").click()
    page.get_by_text("手机存不下了").wait_for()
    assert page.get_by_label("务工地").input_value() == "上海市"
    page.evaluate(ROOM)
    page.get_by_role("button", name="返回名单").click()


def a_session_that_ended_loses_nothing(yuanmei: Person) -> None:
    page = yuanmei.page
    page.context.clear_cookies()
    page.locator("#send").click()
    page.get_by_text("登录已经过期，内容还在手机上").wait_for()
    page.get_by_role("link", name="重新登录").click()
    # Somebody else on the same phone sees how much waits, and nothing of it.
    signed_in(page, "lihuifang")
    page.get_by_text("别人没有发送的3条").wait_for()
    assert "示例" not in page.inner_text("main")
    page.context.clear_cookies()
    page.goto("/sign-in/?next=/desk/visits/")
    signed_in(page, "yuanmei")
    page.locator("#unlock-code").fill(CODE)
    page.get_by_role("button", name="打开名单").click()
    page.get_by_text("未发送3条").wait_for()


def signed_in(page: Page, username: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/visits/**")


def send(page: Page) -> str:
    page.locator("#send").click()
    page.locator("#told", has_text="收到").wait_for()
    return page.inner_text("#told")


def one_comes_back_and_is_put_right(yuanmei: Person) -> None:
    page = yuanmei.page
    assert "收到2条，1条要改" in send(page)
    visit(page, "示例新人")
    assert "第18位" in page.inner_text("#answers")
    page.get_by_label("身份证号").fill(RIGHT)
    page.get_by_role("button", name="记好了").click()
    assert "收到1条" in send(page)
    yuanmei.town.seen.clear()
    yuanmei.look()


def what_the_database_says() -> None:
    def told() -> dict[str, Any]:
        found = {one.subject_id: one for one in SurveyVisit.objects.all()}
        by_name = {one.name: one.visit for one in named(list(found.values()))}
        asked = by_name["示例甲"].subject_id
        return {
            "standings": {name: visit.standing for name, visit in by_name.items()},
            "entry": queries.entry(SYSTEM, "away", asked),
            "sources": queries.sources_of("away", asked),
            "sent": SentRecord.objects.count(),
            "found": SearchTerm.objects.filter(subject_id=by_name["示例新人"].subject_id).exists(),
        }

    found: Any = read(told)
    assert found["standings"] == {"示例甲": "done", "示例乙": "unreached", "示例丙": "due", "示例新人": "done"}
    assert (found["entry"]["has_wish"], found["entry"]["wish"], found["entry"]["skill"]) == (True, "planned", "木工")
    assert found["sources"] == {"labour", "visit"} and found["sent"] == 3 and found["found"]


def the_round_shows_it(zhoumin: Person) -> None:
    with entered(Scope.system()):
        number = SurveyRound.objects.get().pk
    zhoumin.go(f"/desk/surveys/{number}/")
    assert "已访（50.0%）" in zhoumin.text() and "入户新增" in zhoumin.text()
    zhoumin.go(f"/desk/surveys/{number}/people/?state=unreached")
    assert "示例乙" in zhoumin.text() and "已经搬走" in zhoumin.text()
    zhoumin.go("/desk/registers/away/reconcile/")
    assert "合计" in zhoumin.text()


def signing_out_forgets(yuanmei: Person) -> None:
    yuanmei.go("/desk/")
    yuanmei.page.locator(".menu-phone > summary").click()
    yuanmei.page.locator(".menu-phone").get_by_role("button", name="退出登录").click()
    yuanmei.page.wait_for_url(lambda url: urlsplit(url).path == "/")
    known = yuanmei.page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert "guiyan-visits" not in known
