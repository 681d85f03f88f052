"""A township accepts for the bureau, the case is handed over, an opinion asked, a deputy reviews, it is urged and late.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import Unit
from guiyan.cases.models import Alert, Case
from guiyan.kernel.workflow.models import WorkflowLog
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import city, office, stage
from tests.journeys.browsing import Person, Town, chromium
from tests.journeys.stage import PHOTO, read
from tests.kills.processes import Web, Worker, until
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
TOWN = "421224107-government"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("beside") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        read(lambda: (people.with_budget(), people.with_list(tmp_path_factory.mktemp("lists"))))
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_a_case_goes_through_many_hands_and_the_record_names_them_all(town: Town) -> None:
    xurong, chenjing, tanming = town.person("xurong"), town.person("chenjing"), town.person("tanming")
    delegate(xurong)
    number = office.enter_at_the_counter(chenjing)
    tanming.go("/desk/")
    assert "受理" in tanming.text()
    tanming.go(f"/desk/cases/{number}/")
    tanming.confirm("受理")
    read(lambda: [people.answer(check) for check in one(number).checks.all()])
    hand_over(town.person("zhengwei"), number)
    ask(town.person("fangyun"), number)
    give_the_opinion(town.person("marketchecker"))
    urge(chenjing, number)
    stand_in(xurong)
    review_as_deputy(town.person("zhoumin"), number)
    city.move_the_clock(town.person("yunwei"), 20)
    until(lambda: bool(read(lambda: Alert.objects.filter(kind="supervision").count())), "the office is told")
    xurong.go("/desk/")
    assert "超期督促" in xurong.text()
    what_the_database_says(number)
    assert not town.faults, "\n".join(town.faults)


def delegate(xurong: Person) -> None:
    xurong.go("/desk/delegations/new/")
    xurong.page.get_by_label("委托受理：以本单位名义").check()
    xurong.choose("受托单位", read(lambda: Unit.objects.get(code=TOWN).name))  # type: ignore[arg-type]
    xurong.page.get_by_label(office.ITEM, exact=True).check()
    paper(xurong)
    xurong.press("登记委托或授权", "main form")


def paper(head: Person) -> None:
    head.fill("授权文件", "示例授权书1号")
    head.fill("从哪一天起", "2026-06-08")
    head.fill("到哪一天止", "2026-12-31")
    head.attach("input[name=paper]", "授权书.png", PHOTO)


def pick(officer: Person, label: str, name: str) -> None:
    """The line of the list that begins with a name."""
    lines = officer.page.get_by_label(label).locator("option").all_inner_texts()
    officer.choose(label, next(line for line in lines if line.startswith(name)))


def hand_over(zhengwei: Person, number: str) -> None:
    zhengwei.go(f"/desk/cases/{number}/")
    zhengwei.press("转办", ".action-bar")
    pick(zhengwei, "转给谁办", "方云")
    zhengwei.fill("转办的理由", "外出学习")
    zhengwei.press("转办", "main form")
    assert "已转给方云" in zhengwei.text()


def ask(fangyun: Person, number: str) -> None:
    fangyun.go(f"/desk/cases/{number}/")
    fangyun.press("加签", ".action-bar")
    pick(fangyun, "请谁加签", "高洁")
    fangyun.fill("请对方答复什么", "登记日期对不对")
    fangyun.press("加签", "main form")
    assert "回复以前这一步不能办" in fangyun.text()


def give_the_opinion(marketchecker: Person) -> None:
    marketchecker.go("/desk/")
    marketchecker.page.locator("a[href*='/opinions/']").first.click()
    marketchecker.look()
    marketchecker.page.get_by_label("同意", exact=True).check()
    marketchecker.page.locator("textarea[name=answer]").fill("登记日期没有问题")
    marketchecker.press("回复加签")


def urge(chenjing: Person, number: str) -> None:
    chenjing.go(f"/desk/cases/{number}/")
    chenjing.press("催办", ".action-bar")
    chenjing.press("催办", "main form")


def stand_in(xurong: Person) -> None:
    xurong.go("/desk/deputies/new/")
    xurong.choose("代谁的岗", "方云，创业服务科副科长")
    xurong.choose("由谁代", "周敏")
    xurong.fill("原因", "外出学习")
    paper(xurong)
    xurong.press("登记代岗授权", "main form")


def review_as_deputy(zhoumin: Person, number: str) -> None:
    zhoumin.go("/desk/deputies/")
    zhoumin.press("代岗办理", "main")
    zhoumin.go(f"/desk/cases/{number}/")
    zhoumin.confirm("同意")
    zhoumin.press("结束代岗")


def what_the_database_says(number: str) -> None:
    case = read(lambda: one(number))
    assert isinstance(case, Case)
    assert (case.state, case.accepted_under_id is not None) == ("approved", True)
    verbs = read(
        lambda: list(
            WorkflowLog.objects.filter(object_type="case", object_id=case.pk)
            .order_by("id")
            .values_list("verb", "actor_label", "on_behalf")
        )
    )
    assert isinstance(verbs, list)
    assert ("accept", "谭明", "通山县人社局（委托受理）") in verbs
    assert [verb for verb, _, _ in verbs][-5:] == ["transfer", "consult", "opinion", "urge", "pass_review"]
    assert verbs[-1][1] == "方云（由周敏代）"


def one(number: str) -> Case:
    return Case.objects.select_related("accepted_under").get(number=number)
