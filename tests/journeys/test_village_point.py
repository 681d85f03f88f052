"""A village point applies for a resident who signed and said yes on her phone; her township decides in its own name.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import Unit
from guiyan.cases.models import Case, Mandate, WrittenDecision
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import ACCOUNT, PHOTO, read
from tests.kills.processes import Web, Worker
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
TOWN, ITEM = "421224107-government", "高校毕业生一次性创业补贴申领"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("village") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        read(lambda: (people.with_budget(), people.with_list(tmp_path_factory.mktemp("lists"))))
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_the_village_point_applies_and_the_township_decides(town: Town) -> None:
    helper, liu, tanming = town.person("lihuifang", PHONE), town.person("liuchunyan", PHONE), town.person("tanming")
    the_bureau_authorises_the_township(town.person("xurong"))
    a_mandate_is_brought(helper)
    nothing_can_be_entered_yet(helper)
    she_says_yes_on_her_phone(liu)
    number = the_request_is_entered(helper)
    town.person("caoyun").go(f"/desk/cases/{number}/", status=404)
    tanming.go(f"/desk/cases/{number}/")
    tanming.confirm("受理")
    read(lambda: [people.answer(check) for check in one(number).checks.all()])
    the_township_decides(town.person("yuhong"), number)
    she_reads_the_decision(liu, number)
    what_the_database_says(number)
    assert not town.faults, "\n".join(town.faults)


def the_bureau_authorises_the_township(xurong: Person) -> None:
    xurong.go("/desk/delegations/new/")
    xurong.page.get_by_label("授权办理：以乡镇自己的名义").check()
    xurong.choose("受托单位", str(read(lambda: Unit.objects.get(code=TOWN).name)))
    xurong.page.get_by_label(ITEM).check()
    xurong.fill("授权文件", "示例授权书2号")
    xurong.fill("从哪一天起", "2026-06-08")
    xurong.fill("到哪一天止", "2026-12-31")
    xurong.attach("input[name=paper]", "授权书.png", PHOTO)
    xurong.press("登记委托或授权", "main form")


def a_mandate_is_brought(helper: Person) -> None:
    helper.go("/desk/mandates/new/")
    helper.fill("委托人姓名", "刘春燕")
    helper.press("查找")
    helper.page.get_by_role("radio").first.check()
    helper.choose("委托办理的事项", ITEM)
    helper.fill("委托到哪一天", "2026-12-31")
    helper.attach("input[name=paper]", "委托书.png", PHOTO)
    helper.press("上传委托书")


def nothing_can_be_entered_yet(helper: Person) -> None:
    helper.go("/desk/cases/new/?entry=helper")
    assert "还没有经本人确认" in helper.text()
    assert not helper.has(ITEM)


def she_says_yes_on_her_phone(liu: Person) -> None:
    liu.go("/my/")
    liu.press("去确认")
    liu.press("确认委托")


def the_request_is_entered(helper: Person) -> str:
    """The desk's form on her phone: papers, what nobody knows yet, sent."""
    helper.go("/desk/cases/new/?entry=helper")
    helper.press(ITEM)
    for material in ("id_card", "diploma", "account"):
        form = f"form[action*='/materials/{material}/']"
        helper.attach(f"{form} input[type=file]", f"{material}.png", PHOTO)
        helper.press("上传", form)
    helper.page.get_by_role("radio", name="是").first.check()
    for label, text in (
        ("毕业学校", "湖北科技学院"),
        ("毕业日期", "2024-06-20"),
        ("带动就业", "3"),
        ("开户银行", "通山农商银行大畈支行"),
        ("银行卡号", ACCOUNT),
    ):
        helper.fill(label, text)
    helper.press("提交申请")
    assert "已提交" in helper.page.inner_text("body")
    return helper.number()


def the_township_decides(yuhong: Person, number: str) -> None:
    yuhong.go("/desk/")
    assert "审核" in yuhong.text()
    yuhong.go(f"/desk/cases/{number}/")
    yuhong.press("不予发放", ".action-bar")
    yuhong.page.get_by_label("其他原因").check()
    yuhong.fill("理由", "毕业证书上的学校和教育部门的记录不一致")
    yuhong.press("看决定书")
    yuhong.press("不予发放", "main")


def she_reads_the_decision(liu: Person, number: str) -> None:
    liu.go(f"/my/cases/{number}/")
    liu.press("看决定书")
    said = liu.text()
    assert "大畈镇" in said and "经授权以自己的名义办理" in said


def what_the_database_says(number: str) -> None:
    case: Any = read(lambda: one(number))
    decision: Any = read(lambda: WrittenDecision.objects.select_related("unit").get(case=case))
    mandate: Any = read(lambda: Mandate.objects.get(pk=case.mandate_id))
    assert (case.state, case.entry, case.entered_by_label) == ("refused", "helper", "李慧芳")
    assert (mandate.confirmed_way, decision.unit.code) == ("app", TOWN)


def one(number: str) -> Case:
    return Case.objects.get(number=number)
