"""An officer's habits: a view kept and shared, many accepted and taken back, a colleague called, keys, paper.

Everything through the pages in a real browser, on a real web server; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import DefaultView, SavedView
from guiyan.cases.models import BulkRun, Case, Mention
from guiyan.kernel.scope import Scope, entered
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
NAMES = ("示例一", "示例二", "示例三")


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("habits") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        with entered(Scope.system()):
            people.with_budget()
            people.with_list(tmp_path_factory.mktemp("lists"))
            for serial, name in enumerate(NAMES, start=41):
                people.submitted(people.a_returnee(serial, name=name))
        web = Web(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        web.stop()


@pytest.mark.parametrize("width", [1440, PHONE])
def test_an_officer_s_habits(town: Town, width: int) -> None:
    zhoumin, zhengwei = town.person("zhoumin", width), town.person("zhengwei", width)
    name = f"待受理{width}"
    keep_a_view(zhoumin, name)
    use_a_colleague_s_view(zhengwei, name)
    accept_many_and_take_them_back(zhoumin, width)
    call_a_colleague(zhoumin, zhengwei)
    if width > PHONE:
        by_keys(zhoumin)
        on_paper(zhoumin)
    assert not town.faults, "\n".join(town.faults)


def keep_a_view(zhoumin: Person, name: str) -> None:
    zhoumin.go("/desk/cases/?stage=accept&v=0")
    zhoumin.press("存为视图", ".list-bar")
    zhoumin.fill("视图名称", name)
    zhoumin.page.get_by_label("谁能用").select_option(index=1)
    zhoumin.page.get_by_label("打开列表时先用它").check()
    zhoumin.press("存为视图", "main form")
    assert zhoumin.page.locator(".views [aria-current]").inner_text().startswith(name)
    zhoumin.go("/desk/cases/")
    assert "stage=accept" in zhoumin.page.url and all(one in zhoumin.text() for one in NAMES)
    zhoumin.page.reload()
    assert "stage=accept" in zhoumin.page.url
    view = read(lambda: SavedView.objects.get(name=name))
    assert read(lambda: DefaultView.objects.get(view=view).page) == "cases:list"


def use_a_colleague_s_view(zhengwei: Person, name: str) -> None:
    zhengwei.go("/desk/cases/?v=0")
    zhengwei.page.locator(".views a", has_text=name).click()
    zhengwei.look()
    assert "stage=accept" in zhengwei.page.url and "周敏共享" in zhengwei.text()
    zhengwei.go("/desk/views/")
    assert "改名、共享" not in zhengwei.text()


def accept_many_and_take_them_back(zhoumin: Person, width: int) -> None:
    zhoumin.go("/desk/cases/?stage=accept")
    assert not zhoumin.page.locator("[data-bulk]").is_visible()
    for box in zhoumin.page.locator("[data-select]").all():
        box.check()
    assert "已选3件" in zhoumin.page.locator("[data-bulk]").inner_text()
    zhoumin.press("受理", "[data-bulk]")
    assert "能办3件" in zhoumin.text()
    zhoumin.press("受理3件", ".action-bar")
    assert "已受理3件" in zhoumin.text()
    assert read(lambda: {one.state for one in Case.objects.filter(applicant__in=NAMES)}) == {"checking"}
    zhoumin.press("撤回这3件", ".action-bar")
    assert "已撤回3件，共3件" in zhoumin.text()
    assert read(lambda: {one.state for one in Case.objects.filter(applicant__in=NAMES)}) == {"submitted"}
    assert read(lambda: BulkRun.objects.exclude(undo_at=None).count()) == (1 if width > PHONE else 2)


def call_a_colleague(zhoumin: Person, zhengwei: Person) -> None:
    number = str(read(lambda: Case.objects.filter(applicant=NAMES[0]).get().number))
    zhoumin.go(f"/desk/cases/{number}/")
    box = zhoumin.page.locator("#remark-text")
    box.press_sequentially("@郑")
    zhoumin.page.locator("#colleagues button:visible", has_text="郑伟").click()
    assert box.input_value() == "@郑伟 "
    box.press_sequentially("请看营业执照的日期")
    zhoumin.press("写下备注", "#remarks")
    assert "已提醒郑伟" in zhoumin.page.inner_text("body")
    zhengwei.go("/desk/")
    assert "看备注" in zhengwei.text()
    zhengwei.go("/desk/mentions/")
    zhengwei.page.locator("main a[href*='/desk/mentions/']").first.click()
    zhengwei.page.wait_for_url("**/desk/cases/**", wait_until="domcontentloaded")
    zhengwei.look()
    zhengwei.press("知道了", "#remarks")
    assert read(lambda: Mention.objects.filter(read_at=None).count()) == 0


def by_keys(zhoumin: Person) -> None:
    zhoumin.go("/desk/cases/?stage=accept")
    page = zhoumin.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-select]:checked").count() == 1
    assert page.locator("tr.is-current").count() == 1
    page.keyboard.press("?")
    assert page.locator("#key-help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.hasAttribute('data-search-box')")
    page.locator("tr.is-current a[data-open]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/XN*/", wait_until="commit")


def on_paper(zhoumin: Person) -> None:
    zhoumin.go("/desk/cases/?stage=accept")
    page = zhoumin.page
    page.emulate_media(media="print")
    head = page.locator(".print-head")
    assert head.is_visible() and "环节：受理" in head.inner_text() and "打印" in head.inner_text()
    assert not page.locator(".list-bar").is_visible() and not page.locator(".toolbar").is_visible()
    assert not page.locator("th.pick").is_visible() and page.locator("thead th", has_text="编号").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")
