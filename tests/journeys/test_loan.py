"""A graduate's loan from her phone to the quarter's subsidy: office, bank and guarantor, report, two officers.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.lending import checks
from guiyan.lending.models import Instalment, Loan, Referral, Repayment, Subsidy, SubsidyList
from guiyan.lending.reading import HEAD
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import city, stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import PHOTO, read
from tests.kills.processes import Web, Worker
from tests.plans.factories import published_plan
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
ITEM, TITLE = "graduate-loan-person", "高校毕业生创业贷款申请"
BANK, GUARANTOR = "示例农村商业银行通山支行", "咸宁市示例融资担保有限公司"
ANSWERS = (
    ("做什么生意", "民宿，8间客房"),
    ("想贷多少", "120000"),
    ("想贷多久", "12"),
    ("用途说明", "翻新客房4间，工料约13万元"),
    ("拿什么还", "客房收入每月约1.5万元"),
)


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("loan") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        read(lambda: people.with_list(tmp_path_factory.mktemp("lists")))
        read(lambda: published_plan(people.as_actor("helin")))
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_a_loan_from_the_phone_to_the_subsidy(town: Town) -> None:
    liu = town.person("liuchunyan", PHONE)
    number = apply(liu)
    accept(town.person("zhoumin"), number)
    read(lambda: [people.answer(check) for check in CaseCheck.objects.filter(case__number=number)])
    refer(town.person("zhengwei"), number)
    answer_as_bank(town.person("hejun"))
    answer_as_guarantor(town.person("shiyu"))
    liu.go(f"/my/cases/{number}/")
    assert "银行同意贷12万元" in liu.text() and "不用另找人反担保" in liu.text()
    pay_out(town.person("hejun"))
    liu.go(f"/my/cases/{number}/")
    assert "您的贷款" in liu.text() and "360元" in liu.text()
    liu.page.get_by_text("看每期还多少（12期）").click()
    assert "120,000.00" in liu.text()
    for working_days in (60, 30):
        city.move_the_clock(town.person("yunwei"), working_days)
    report(town.person("hejun"))
    reckon(town.person("huanglei"))
    confirm(town.person("wuqiang"))
    liu.go(f"/my/cases/{number}/")
    assert "2026年第三季度" in liu.text() and "540元" in liu.text()
    what_the_database_says(number)
    assert not town.faults, "\n".join(town.faults)


def apply(liu: Person) -> str:
    liu.go(f"/apply/{ITEM}/")
    assert "贷不贷、贷多少由银行和担保机构定" in liu.text()
    liu.press("开始填写")
    for label, text in ANSWERS:
        liu.fill(label, text)
    liu.choose("钱用来做什么", "租场地、装修")
    for name, value in (("is_graduate", "true"), ("recommended_by_incubator", "true"), ("is_second_startup", "false")):
        box = liu.page.locator(f"input[name={name}][value={value}]")
        if box.count():
            box.check()
    liu.attach("input[name=file-id_card]", "身份证.png", PHOTO)
    liu.press("下一步：核对")
    assert "银行和担保机构同时审" in liu.text()
    liu.press("提交申请")
    liu.go("/my/")
    liu.follow(TITLE)
    return liu.number()


def accept(zhoumin: Person, number: str) -> None:
    zhoumin.go(f"/desk/cases/{number}/")
    zhoumin.confirm("受理")
    assert "已受理" in zhoumin.page.inner_text("body")


def refer(zhengwei: Person, number: str) -> None:
    zhengwei.go(f"/desk/cases/{number}/")
    zhengwei.press("送银行和担保机构", ".action-bar")
    zhengwei.choose("银行", BANK)
    zhengwei.press("送银行和担保机构", "main form")
    assert "等银行和担保机构答复" in zhengwei.text()


def answer_as_bank(hejun: Person) -> None:
    hejun.go("/desk/")
    hejun.go("/desk/loan-requests/")
    hejun.page.locator("a[data-open]").first.click()
    hejun.look()
    assert "翻新客房4间" in hejun.text() and "手机号" not in hejun.page.locator(".kv").first.inner_text()
    hejun.fill("年利率", "3.6")
    hejun.press("同意贷款")
    assert "已同意" in hejun.text() or "同意" in hejun.text()


def answer_as_guarantor(shiyu: Person) -> None:
    shiyu.go("/desk/loan-requests/")
    shiyu.page.locator("a[data-open]").first.click()
    shiyu.look()
    assert "建议免除反担保" in shiyu.text() and "项目由返乡创业孵化园推荐" in shiyu.text()
    shiyu.page.get_by_label("免除反担保").check()
    shiyu.fill("理由", "孵化园推荐，按政策免除")
    shiyu.press("同意担保")


def pay_out(hejun: Person) -> None:
    hejun.go("/desk/")
    hejun.follow(TITLE)
    hejun.fill("借据号", "JJ-2026-0088")
    hejun.press("登记放款")
    hejun.press("看还款计划")
    assert "下一期" in hejun.text()


def report(hejun: Person) -> None:
    """July and August on time, September a day late, and a row that is wrong."""
    rows = [
        ["JJ-2026-0088", "刘春燕", f"LS-{day}", day, "还款", "", "360.00", "", ""]
        for day in ("2026-07-08", "2026-08-07", "2026-09-08")
    ]
    late = ["JJ-2026-0088", "", "LS-9", "2026-10-09", "还款", "", "360", "", ""]
    target = io.StringIO()
    csv.writer(target).writerows([HEAD, *rows, late, ["JJ-0", "", "X", "2026-10-09", "还款", "", "1", "", ""]])
    hejun.go("/desk/loan-reports/")
    hejun.attach("input[name=file]", "9月还款.csv", target.getvalue().encode("utf-8-sig"))
    hejun.press("导入报表")
    assert "没有登记过借据号JJ-0" in hejun.text() and "记入还款4笔" in hejun.text()
    hejun.go("/desk/loans/")
    hejun.page.locator("a[data-open]").first.click()
    hejun.look()


def reckon(huanglei: Person) -> None:
    for quarter in ("2026年第二季度", "2026年第三季度"):
        huanglei.go("/desk/loan-subsidies/")
        box = huanglei.page.get_by_label("哪个县、哪个季度")
        box.select_option(label=next(one for one in box.locator("option").all_inner_texts() if quarter in one))
        huanglei.press("计算贴息")
        if "第二" in quarter:
            assert "没有应贴的利息" in huanglei.text()
            sheet = read(lambda: SubsidyList.objects.get(quarter="2026Q2"))
            confirm_at(huanglei.town.person("wuqiang"), f"/desk/loan-subsidies/{sheet.pk}/")  # type: ignore[attr-defined]
    assert "要由另一人复核" in huanglei.text()


def confirm_at(wuqiang: Person, address: str) -> None:
    wuqiang.go(address)
    wuqiang.press("确认清单")


def confirm(wuqiang: Person) -> None:
    wuqiang.go("/desk/")
    wuqiang.follow("2026年第三季度贷款贴息")
    wuqiang.press("确认清单")
    assert "已确认" in wuqiang.text()


def what_the_database_says(number: str) -> None:
    case = read(lambda: Case.objects.get(number=number))
    loan = read(lambda: Loan.objects.get(case_number=number))
    assert isinstance(case, Case) and isinstance(loan, Loan)
    assert (case.state, case.amount_fen) == ("lent", 120_000_00)
    assert (loan.principal_fen, loan.bank.name, loan.counter_guarantee) == (120_000_00, BANK, "waived")
    interest = read(lambda: list(Instalment.objects.filter(loan=loan).values_list("interest_fen", flat=True)))
    assert interest == [360_00] * 12
    assert read(lambda: Repayment.objects.filter(loan=loan, void_at=None).count()) == 4
    paid = [row.on for row in read(lambda: list(Repayment.objects.order_by("on")))]  # type: ignore[attr-defined]
    assert paid[-1] == date(2026, 10, 9)
    subsidy = read(lambda: Subsidy.objects.get(quarter="2026Q3"))
    assert isinstance(subsidy, Subsidy)
    assert (subsidy.interest_fen, subsidy.basis_fen, subsidy.amount_fen) == (1_080_00, 1_080_00, 540_00)
    sheet = read(lambda: SubsidyList.objects.get(quarter="2026Q3"))
    assert (sheet.prepared_by_label, sheet.confirmed_by_label) == ("黄磊", "吴强")  # type: ignore[attr-defined]
    log = WorkflowLog.objects.filter(object_type="case", object_id=case.pk).order_by("id")
    verbs = read(lambda: list(log.values_list("verb", flat=True)))
    assert [verb for verb in verbs if "." not in verb] == [  # type: ignore[attr-defined]
        "begin", "submit", "accept", "finish_checks", "refer", "grant", "pay_out",
    ]  # fmt: skip
    assert read(lambda: set(Referral.objects.values_list("decision", flat=True))) == {"approved"}
    assert read(lambda: list(checks.findings())) == []
