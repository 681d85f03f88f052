"""A plan is read, reviewed with the doubtful first, published; a year later its revision is taken over, progress kept.

Everything through the pages in a real browser, mostly by keyboard; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import User
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.scope import Scope, entered
from guiyan.plans.models import Document, Indicator, PlanChange, ReviewItem, Task
from guiyan.policies.models import MeasureConfirmation
from tests.fixtures import TestDatabase
from tests.journeys.browsing import PASSWORD, PHONE, Person, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web
from tests.plans import revised
from tests.plans.factories import REAL
from tests.prepared import clock_to, prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
FOUNDERS = "new-returnee-businesses"
CORRECTED = "提升政务服务水平（绿色通道）"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("revision") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        clock_to("2026-06-01 09:00")
        with entered(Scope.system()):
            User.objects.filter(is_demo=True).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "journey"))
        web = Web(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            # Playwright keeps an event loop on this thread; the test still reads the database as any other.
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        web.stop()


def test_a_plan_is_revised_and_its_progress_goes_on(town: Town) -> None:
    helin = town.person("helin")
    review = the_plan_is_read(helin)
    the_doubtful_come_first(helin, review)
    it_is_corrected_and_confirmed(helin, review)
    it_is_published(helin, review)
    progress = work_begins(town)
    revision = the_revision_comes_in(helin)
    its_changes_are_gone_through(helin, revision)
    they_look_at_it(town, revision)
    it_takes_the_place_of_the_old(helin, revision)
    what_the_database_says(progress)
    the_split_is_mended(town, progress)
    assert not town.faults, "\n".join(town.faults)


def the_plan_is_read(helin: Person) -> str:
    helin.go("/desk/documents/")
    helin.attach("input[name=file]", REAL.name, REAL.read_bytes())
    helin.press("上传并读取")
    return helin.page.url.split("?")[0]


def the_doubtful_come_first(helin: Person, review: str) -> None:
    """The least sure is in hand; the order of the text is a click away."""
    helin.go(f"{review}?kind=indicator")
    shown = [int(row.get_attribute("data-item") or 0) for row in helin.page.locator("li[data-item]").all()]
    least: Any = read(lambda: ReviewItem.objects.filter(kind="indicator").order_by("confidence", "number").first())
    assert shown[0] == least.pk
    assert in_hand(helin) == shown[0]
    by_key(helin, "y")
    assert in_hand(helin) == shown[1]
    helin.press("按原文顺序", ".review-tools")
    assert helin.has("存疑在前")


def in_hand(helin: Person) -> int:
    return int(helin.page.locator("li.is-current").get_attribute("data-item") or 0)


def it_is_corrected_and_confirmed(helin: Person, review: str) -> None:
    """One by keyboard, one corrected, the rest together and one by one."""
    helin.go(f"{review}?kind=task&order=text")
    by_key(helin, "y")
    item: Any = read(lambda: ReviewItem.objects.get(kind="task", payload__title="提升政务服务水平"))
    helin.go(f"{review}?kind=task&item={item.pk}")
    helin.fill("任务", CORRECTED)
    helin.press("确认", "li.is-current")
    for kind in ("task", "indicator", "measure"):
        helin.go(f"{review}?kind={kind}&open=1")
        if helin.has("确认有把握的"):
            helin.press("确认有把握的")
            helin.press("确认这些", "dialog[open]")
        helin.go(f"{review}?kind={kind}&open=1")
        while helin.has("确认"):
            helin.press("确认")


def by_key(person: Person, key: str) -> None:
    """A key that acts at once, and the page that follows."""
    with person.page.expect_navigation():
        person.page.keyboard.press(key)
    person.page.wait_for_load_state()


def it_is_published(helin: Person, review: str) -> None:
    helin.go(f"{review}?kind=measure")
    helin.confirm("发布", ".page-head")
    assert "已发布" in helin.page.inner_text("body")


def work_begins(town: Town) -> dict[str, int]:
    """The target is split and issued; a task gets a date and a unit more."""
    helin, panjian = town.person("helin"), town.person("panjian")
    figure: Any = read(lambda: Indicator.objects.get(definition=FOUNDERS))
    task: Any = read(lambda: Task.objects.get(title=CORRECTED))
    helin.go(f"/desk/indicators/{figure.pk}/split/?basis=even")
    helin.press("存草稿")
    helin.press("报请下达")
    panjian.go(f"/desk/indicators/{figure.pk}/split/")
    panjian.press("下达", "aside")
    helin.go(f"/desk/tasks/{task.pk}/")
    helin.page.locator("#due-on").fill("2026-09-30")
    helin.press("记下期限")
    helin.page.locator("#new-unit").fill("咸宁市审计局")
    helin.press("增列")
    return {"figure": figure.pk, "task": task.pk}


def the_revision_comes_in(helin: Person) -> str:
    """Uploaded as any document; the page says which one it seems to revise."""
    helin.go("/desk/documents/")
    helin.attach("input[name=file]", revised.NAME, revised.whole_revision().encode())
    helin.press("上传并读取")
    assert "看起来修订的是" in helin.page.inner_text("body")
    helin.follow("和它逐条对照")
    helin.press("逐条对照", "main")
    assert "已定77处，共82处" in helin.page.inner_text("body")
    return helin.page.url.split("?")[0]


def its_changes_are_gone_through(helin: Person, revision: str) -> None:
    """Taken over by keyboard; what is left out ends with a reason."""
    for _ in range(5):
        current = helin.page.locator("li.is-current")
        assert current.count() == 1
        if current.get_by_label("终止的理由").count():
            current.get_by_label("终止的理由").fill("新文件不再安排")
            helin.press("终止这一条", "li.is-current")
        else:
            by_key(helin, "y")
    assert "改动都定完了" in helin.text()
    helin.go(f"{revision}?show=figure")
    by_key(helin, "u")
    assert "还有1处改动没有定" in helin.page.inner_text("body")
    helin.press("采用新的", "li.is-current")


def they_look_at_it(town: Town, revision: str) -> None:
    phone = town.person("helin", PHONE)
    for kind in ("figure", "units", "gone", "all"):
        phone.go(f"{revision}?show={kind}")


def it_takes_the_place_of_the_old(helin: Person, revision: str) -> None:
    helin.go(f"{revision}?show=changed")
    helin.press("按修订件发布", ".page-head")
    assert "新增1条，终止1条" in helin.text()
    helin.press("按修订件发布", "form")
    assert "已按修订后的文件执行" in helin.page.inner_text("body")
    assert "每年不少于12,000人" in helin.text()


def what_the_database_says(progress: dict[str, int]) -> None:
    new: Any = read(lambda: Document.objects.get(file_name=revised.NAME))
    old: Any = read(lambda: Document.objects.get(file_name=REAL.name))
    assert (new.state, old.state, old.superseded_by_id) == ("in_force", "superseded", new.pk)
    figure: Any = read(lambda: Indicator.objects.get(pk=progress["figure"]))
    assert (figure.document_id, figure.target) == (new.pk, Decimal(12_000))
    assert read(figure.splits.filter(state="issued", total=10_000).count) == 1
    change: Any = read(lambda: PlanChange.objects.get(indicator=figure))
    assert (change.before["target"], change.after["target"], change.changed_by) == ("10000", "12000", "何琳")
    task: Any = read(lambda: Task.objects.get(pk=progress["task"]))
    assert (task.document_id, task.title, str(task.due_on)) == (new.pk, CORRECTED, "2026-09-30")
    codes: Any = read(lambda: set(task.units.values_list("unit_code", "role")))
    assert ("4212-audit", "added") in codes and ("4212-justice", "responsible") in codes
    ended: Any = read(lambda: Task.objects.get(title="举办返乡创业活动"))
    assert (ended.document_id, ended.ended_reason) == (old.pk, "新文件不再安排")
    assert read(Task.objects.filter(document=new, title="校友跟踪服务计划").count) == 1
    assert read(MeasureConfirmation.objects.filter(document_id=old.pk, ended_at=None).count) == 0
    assert read(MeasureConfirmation.objects.filter(document_id=new.pk, ended_at=None).count) != 0
    assert read(AuditEntry.objects.filter(action="revision.publish").count) == 1


def the_split_is_mended(town: Town, progress: dict[str, int]) -> None:
    """The finding says by how much, leads to the split, and is gone once that is issued anew."""
    helin, panjian = town.person("helin"), town.person("panjian")
    helin.go("/desk/findings/?kind=split")
    assert "各县合计比全市目标少2,000人" in helin.text()
    town.person("helin", PHONE).go("/desk/findings/")
    helin.follow("新增返乡创业")
    helin.press("按平均")
    helin.page.get_by_label("调整理由").first.fill("市政府修订目标")
    helin.press("存草稿")
    helin.press("报请下达")
    panjian.go(f"/desk/indicators/{progress['figure']}/split/")
    panjian.press("下达", "aside")
    helin.go("/desk/findings/?kind=split")
    assert "没有符合条件的问题" in helin.text()
