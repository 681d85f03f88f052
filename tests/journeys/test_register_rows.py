"""Three rows of the registers in the browser: an investor's deal, a seed coached and promoted, a brochure taken home.

Each ends in what is read back: the figures that follow from the records, the step, the words on paper.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pytest_django.plugin import DjangoDbBlocker

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions, queries
from guiyan.registers.sample.numbers import credit_code
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web
from tests.prepared import prepared_database
from tests.registers.factories import COUNTY
from tests.registers.test_noun import a_listed_firm

pytestmark = [pytest.mark.browser, pytest.mark.commits]


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("rows")
    with prepared_database(test_database, folder / "home", django_db_blocker) as database:
        stage.prepare()
        known()
        web = Web(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        web.stop()


def known() -> None:
    """An investor, a firm on its way to the exchange, a project that is published."""
    investor = {"name": "示例创投", "credit_code": credit_code("company", 982_001), "kind": "venture", "region": COUNTY}
    project = {"name": "竹木加工项目", "number": "ZS2026-9001", "region": COUNTY, "chain": "materials"}
    project |= {
        "content": "厂房和生产线",
        "investment": 5_000_000_000,
        "submitted_by": "市经信局",
        "release": "released",
    }
    with entered(Scope.system()):
        actions.record(SYSTEM, register="investor", values=investor, source="bureau")
        actions.record(SYSTEM, register="listed", values=a_listed_firm(), source="bureau")
        said = {**project, "packaged_on": date(2026, 5, 1)}
        actions.record(SYSTEM, register="packaged-project", values=said, source="office")


def test_three_rows_of_the_registers_are_done_in_the_browser(town: Town) -> None:
    officer = town.person("zhoumin")
    a_deal_is_recorded_and_one_is_taken_back(officer)
    a_seed_is_coached_and_promoted(town.person("zhoumin", PHONE), town.person("zhengwei"))
    the_brochure_is_taken(town.person("", PHONE))
    assert not town.faults, "\n".join(town.faults)


def figures(register: str, name: str) -> dict[str, object]:
    def told() -> dict[str, object]:
        (line,) = queries.entry_list(SYSTEM, register, search=name, size=1).lines
        return dict(queries.entry(SYSTEM, register, line.subject_id) or {})

    return read(told)


def a_deal_is_recorded_and_one_is_taken_back(officer: Person) -> None:
    officer.go("/desk/registers/investor/")
    officer.follow("示例创投")
    for amount in ("2000000", "3000000"):
        officer.press("新增", "#journal-investor-deal")
        officer.fill("签约日期", "2026-05-08")
        officer.fill("投给谁", f"示例公司{amount}")
        officer.fill("金额", amount)
        officer.choose("轮次", "A轮")
        officer.press("保存")
    assert "2笔" in officer.text() and "500万元" in officer.text()
    officer.follow("示例公司3000000")
    officer.press("作废")
    officer.fill("为什么作废", "金额登记错")
    officer.press("作废", "main")
    officer.page.get_by_text("作废的1笔").click()
    assert "金额登记错" in officer.text() and "200万元" in officer.text()
    held = figures("investor", "示例创投")
    assert (held["deals"], held["deal_amount"]) == (1, 200_000_000)


def a_seed_is_coached_and_promoted(phone: Person, reviewer: Person) -> None:
    phone.go("/desk/registers/listed/")
    phone.follow("咸宁示例新材料")
    phone.press("新增", "#journal-listed-coaching")
    phone.fill("日期", "2026-05-08")
    phone.fill("辅导什么", "股权结构")
    phone.fill("辅导机构", "示例证券公司")
    phone.press("保存")
    reviewer.go("/desk/registers/listed/")
    reviewer.follow("咸宁示例新材料")
    assert "股权结构" in reviewer.text()
    reviewer.press("调整梯次")
    reviewer.page.get_by_label("银种子").first.check()
    reviewer.fill("理由", "县里推荐，辅导已经开始")
    reviewer.fill("依据", "评审会议纪要")
    reviewer.press("调整梯次")
    assert "银种子" in reviewer.text()
    assert figures("listed", "咸宁示例新材料")["coachings"] == 1


def the_brochure_is_taken(somebody: Person) -> None:
    somebody.go("/registers/packaged-project/?region=421224000000&f-chain=materials")
    with somebody.page.expect_download() as taken:
        somebody.there_is("下载Word").click()
    word = Document(io.BytesIO(Path(taken.value.path()).read_bytes()))
    words = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "5,000万元" in words and "竹木加工项目" in [one.text for one in word.paragraphs]
