"""A firm in a real browser: its project is recognised and gets its certificate, the award is paid, and paid once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.cases.models import Batch, Case, CaseCheck, Certificate
from guiyan.cases.queries import certificate_token
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.ledger.models import Entitlement, PaymentFile, PaymentRequest
from guiyan.notices.models import Notice
from guiyan.policies.actions import confirm_measure
from guiyan.registers import queries as registers
from tests.access.world import answer
from tests.cases import firms, people
from tests.fixtures import TestDatabase
from tests.journeys import city, office, stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import PHOTO, read
from tests.kills.processes import Web, Worker, check, until
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
FIRM, PROJECT = "通山县枫林谷民宿", "大畈镇枫林谷民宿项目"
RECOGNITION, AWARD = "returnee-project-recognition", firms.AWARD
ABOUT = (
    ("项目名称", PROJECT),
    ("做什么", "民宿"),
    ("开始经营的日期", "2026-03-20"),
    ("总投资", "800000"),
    ("现在用工", "4"),
    ("项目情况", "把老屋改成民宿，请本村的人打扫、做饭。"),
)


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("firm") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        firms_are_known(tmp_path_factory.mktemp("lists"))
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            # Playwright keeps an event loop on this thread; the test still reads the database as any other.
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            town = Town(browser, web.base)
            town.database = database  # type: ignore[attr-defined]
            yield town
        worker.stop()
        web.stop()


def firms_are_known(folder: Path) -> None:
    with entered(Scope.system()):
        firms.with_lists(folder)
        firms.with_budget()
        firms.registers_filled()
        confirm_measure(
            people.as_actor("helin"),
            measure_id=AWARD,
            document_id=1,
            document_title="示例实施方案",
            section="二(七)",
            quote="对认定为返乡创业项目的，给予奖补。",
            item_id=1,
            read_amount_yuan=None,
            region=421200000000,
        )


def test_a_firm_from_its_recognition_to_the_award(town: Town) -> None:
    liu = town.person("liuchunyan", PHONE)
    the_counter_can_do_it_too(town.person("chenjing"))
    recognition = ask_for_recognition(liu)
    batch = handled(town, recognition, ("townchecker", "pengyue"))
    after_the_notice(town, batch)
    office.step_of_batch(town.person("xurong"), batch, "作出认定")
    until(lambda: state(recognition) == "recognised", "the project is recognised")
    the_certificate_is_there(town, liu, recognition)
    award = ask_for_the_award(liu)
    second = handled(town, award, ("marketchecker",))
    after_the_notice(town, second)
    the_treasury_pays(town, second, award)
    is_refused_a_second_time(liu)
    what_the_database_says(town)
    assert not town.faults, "\n".join(town.faults)


def the_counter_can_do_it_too(chenjing: Person) -> None:
    """Found by name, the item chosen: then it is asked for which firm."""
    chenjing.go("/desk/cases/new/?entry=counter")
    chenjing.fill("申请人姓名", "刘春燕")
    chenjing.press("查找")
    chenjing.press("返乡创业项目认定申请")
    assert FIRM in chenjing.text()


def choose_the_firm(liu: Person, item: str) -> None:
    liu.go(f"/apply/{item}/")
    liu.page.get_by_label(FIRM).check()
    liu.press("开始填写")
    assert FIRM in liu.text()


def send(liu: Person) -> str:
    liu.press("下一步：核对")
    liu.press("提交申请")
    case: Any = read(lambda: Case.objects.exclude(number="").order_by("-id")[0])
    return str(case.number)


def ask_for_recognition(liu: Person) -> str:
    choose_the_firm(liu, RECOGNITION)
    for label, text in ABOUT:
        liu.fill(label, text)
    liu.attach("input[name=file-photos]", "现场.png", PHOTO)
    return send(liu)


def ask_for_the_award(liu: Person) -> str:
    choose_the_firm(liu, AWARD)
    assert "返乡创业项目" in liu.text()
    liu.fill("开户银行", "通山农商银行大畈支行")
    liu.page.get_by_label("账号", exact=True).fill("820100000000381")
    liu.attach("input[name=file-account]", "开户证明.png", PHOTO)
    return send(liu)


def handled(town: Town, number: str, checkers: tuple[str, ...]) -> str:
    """Accepted, checked by each, agreed to by another, in a batch that is rechecked and signed; the batch's number."""
    office.accept(town.person("zhoumin"), number)
    for checker in checkers:
        office.answer_all(town.person(checker), 1)
    until(lambda: read(CaseCheck.objects.filter(case__number=number, result="").count) == 0, "all have answered")
    office.agree(town.person("zhengwei"), number)
    batch = office.sum_up(town.person("huanglei"))
    office.step_of_batch(town.person("wuqiang"), batch, "复核通过")
    office.step_of_batch(town.person("xurong"), batch, "签批")
    until(lambda: state(number) == "noticed", "the notice is published")
    return batch


def after_the_notice(town: Town, batch: str) -> None:
    notice: Any = read(lambda: Notice.objects.get(batch__number=batch))
    visitor = town.person("", PHONE)
    visitor.go(f"/notices/{notice.number}/")
    assert FIRM in visitor.text()
    assert "刘*燕" in visitor.text()
    assert "补贴" not in visitor.text()
    city.move_the_clock(town.person("yunwei"), notice.days + 1)
    until(lambda: read(lambda: Batch.objects.get(number=batch).state) == "cleared", "the notice is over")


def the_certificate_is_there(town: Town, liu: Person, number: str) -> None:
    liu.go(f"/my/cases/{number}/")
    liu.press("看证书")
    assert PROJECT in liu.text()
    zhoumin = town.person("zhoumin")
    zhoumin.go(f"/desk/cases/{number}/")
    zhoumin.press("看证书")
    certificate: Any = read(Certificate.objects.get)

    visitor = town.person("", PHONE)
    visitor.go(f"/certificates/{certificate_token(certificate)}/")
    assert "证书有效" in visitor.text()
    visitor.go("/certificates/made-up/", status=404)


def the_treasury_pays(town: Town, batch: str, number: str) -> None:
    office.step_of_batch(town.person("huanglei"), batch, "申请拨付")
    until(lambda: read(PaymentFile.objects.count) == 1, "the payment file is written")
    request: Any = read(PaymentRequest.objects.get)
    sunli = town.person("sunli")
    sunli.go(f"/desk/payments/{request.number}/")
    content = answer(request, [(1, "成功", "HD1", "")], "50000.00", "2026-06-25")
    sunli.attach("input[name=file]", "结果.csv", content)
    sunli.press("导入结果")
    until(lambda: state(number) == "closed", "the award is paid and closed")


def is_refused_a_second_time(liu: Person) -> None:
    liu.go(f"/apply/{AWARD}/")
    liu.page.get_by_label(FIRM).check()
    liu.refused = 409
    liu.press("开始填写")
    assert "同一单位只能享受一次" in liu.text()


def what_the_database_says(town: Town) -> None:
    pots: Any = read(lambda: {pot.pot: pot.balance_fen for pot in ledger.pots(AWARD, people.COUNTY)})
    assert (pots["committed"], pots["requested"], pots["paid"]) == (0, 0, 5_000_000)
    held: Any = read(Entitlement.objects.get)
    firm: Any = read(lambda: registers.subject(held.subject_id))
    assert (firm.kind, firm.display_name) == ("organisation", FIRM)
    certificate: Any = read(Certificate.objects.get)
    assert (certificate.member, certificate.operator_id) == (PROJECT, firm.pk)
    assert check(town.database) == []  # type: ignore[attr-defined]


def state(number: str) -> str:
    case: Any = read(lambda: Case.objects.get(number=number))
    return str(case.state)
