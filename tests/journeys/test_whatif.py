"""政策试算: an officer raises an age limit, sees whom it brings and what it costs, prints it, and a leader reads it.

Everything through the pages in a real browser, on a real web server and worker; the paper is a PDF of Chromium's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.insights.snapshot.tasks import take_all
from guiyan.kernel import jobs, releases
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach.models import WhatIfRun
from guiyan.packs import Pack
from guiyan.registers.sample.fill import fill
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.outreach import stage as outreach
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
MEASURE, LOAN = "高校毕业生创业贷款贴息", "graduate-loan-person"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("whatif")
    with (
        prepared_database(test_database, folder / "home", django_db_blocker) as database,
        pytest.MonkeyPatch.context() as patch,
    ):
        prepare()
        web, worker = Web(database), Worker(database)
        with chromium() as browser:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def prepare() -> None:
    """A city with people, three measures in force, and the facts of everybody kept."""
    stage.prepare()
    with entered(Scope.system()):
        pack: Pack = releases.current()
    fill(pack, count=400, seed=7, until=date(2026, 6, 8))
    with entered(Scope.system()):
        outreach.in_force(LOAN, outreach.SUBSIDY, outreach.GRADUATE)
        take_all(pack)
    jobs.run_pending()


def test_a_rule_is_tried_out(town: Town) -> None:
    run = the_age_limit_is_raised(town)
    the_page_says_whom_it_brings(town, run)
    it_prints(town, run)
    a_leader_reads_it_on_her_phone(town, run)
    another_question_is_made_of_it(town, run)
    it_is_taken_away(town, run)
    they_look_at_it(town)
    assert not town.faults, "\n".join(town.faults)


def the_age_limit_is_raised(town: Town) -> int:
    helin = town.person("helin")
    helin.go("/desk/whatif/")
    helin.press("新建试算", ".page-head")
    helin.page.get_by_label(MEASURE).first.check()
    helin.press("看能改什么")
    age = helin.page.get_by_label("年龄", exact=True)
    assert age.input_value() == "45"
    age.fill("50")
    helin.fill("名称", "毕业生贷款放宽到50岁")
    helin.press("开始试算")
    run = int(helin.number())
    until(lambda: computed(run), "the what-if is computed")
    helin.page.get_by_text("年龄由45周岁改为50周岁后").wait_for()  # the page asked by itself
    return run


def the_page_says_whom_it_brings(town: Town, run: int) -> None:
    helin = town.person("helin")
    before, after = people(run)
    helin.go(f"/desk/whatif/{run}/")
    assert after > before
    assert f"多出{after - before}人" in helin.text().replace("\n", "")
    bars = helin.page.locator(".bar-compare").first
    assert bars.is_visible() and bars.locator("rect.after").count() > 3
    assert "通山县" in bars.inner_text()
    table = helin.page.get_by_role("table", name="按县").first
    assert table.get_by_role("row").last.inner_text().split()[:3] == ["合计", str(before), str(after)]


def it_prints(town: Town, run: int) -> None:
    helin = town.person("helin")
    helin.press("打印", ".page-head")
    pdf = helin.page.pdf(format="A4", prefer_css_page_size=True)
    with pypdfium2.PdfDocument(pdf) as paper:
        sizes = {tuple(round(side) for side in page.get_size()) for page in paper}
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in paper)
        pages = len(paper)
    before, after = people(run)
    assert f"多出{after - before}人（由{before}人变为{after}人）" in text
    assert "通山县" in text and "45周岁" in text and "50周岁" in text and "不是政策文件" in text
    assert f"合计{before}{after}{after - before}" in text
    assert sizes == {(595, 842)} and f"第{pages}页，共{pages}页" in text


def a_leader_reads_it_on_her_phone(town: Town, run: int) -> None:
    leader = town.person("linzong", PHONE)
    leader.go("/desk/whatif/")
    leader.follow("毕业生贷款放宽到50岁")
    assert "年龄由45周岁改为50周岁后" in leader.text() and not leader.has("删除这次试算")
    supervisor = town.person("duanyan")
    supervisor.go(f"/desk/whatif/{run}/")
    assert "人数少的合并" in supervisor.text()


def another_question_is_made_of_it(town: Town, run: int) -> None:
    helin = town.person("helin")
    helin.go(f"/desk/whatif/{run}/")
    helin.press("改一改再试", ".page-head")
    assert helin.page.get_by_label("年龄", exact=True).input_value() == "50"
    helin.press("开始试算")
    assert int(helin.number()) == run and "已经算过" in helin.page.inner_text("body")


def it_is_taken_away(town: Town, run: int) -> None:
    helin = town.person("helin")
    helin.go(f"/desk/whatif/{run}/")
    helin.press("删除这次试算")
    helin.press("删除试算", "main")
    assert read(lambda: WhatIfRun.objects.filter(pk=run).exists()) is False
    helin.go(f"/desk/whatif/{run}/", status=404)


def they_look_at_it(town: Town) -> None:
    """The pages of the form on a phone, and the empty list."""
    phone: Person = town.person("helin", PHONE)
    for page in ("", "new/", f"new/?measure={LOAN}&measure={outreach.GRADUATE}"):
        phone.go(f"/desk/whatif/{page}")


def computed(run: int) -> bool:
    return bool(read(lambda: WhatIfRun.objects.get(pk=run).computed_at))


def people(run: int) -> tuple[int, int]:
    found = read(lambda: WhatIfRun.objects.values_list("people_before", "people_after").get(pk=run))
    assert isinstance(found, tuple)
    return found
