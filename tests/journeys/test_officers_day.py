"""A county officer's days: twenty requests of two kinds, from what waits in the morning to the weekly report.

Two are wrong, one stands on last year's list, one came by a helper, one payment comes back. The residents' parts and
the checking bureaus' answers go in through the same actions as their pages; the bureau's own are done in the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.cases import actions
from guiyan.cases.models import Batch, Case, CaseCheck
from guiyan.insights.compute import compute_indicators
from guiyan.kernel.actors import SYSTEM
from guiyan.ledger import actions as ledger
from guiyan.ledger import queries as books
from guiyan.ledger.models import Entitlement, PaymentFile, PaymentRequest
from guiyan.notices.models import Notice
from guiyan.registers import actions as registers
from guiyan.registers.sample.numbers import id_number
from tests.cases import people
from tests.cases import test_graduate_subsidy as graduates
from tests.fixtures import TestDatabase
from tests.journeys import city, money, office, stage
from tests.journeys.browsing import Person, Town, chromium
from tests.journeys.stage import PHOTO, read
from tests.kills.processes import Web, Worker, check, until
from tests.plans.factories import published_plan
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
PLAIN, SECOND, ELSEWHERE, LISTED, HELPED, GRADUATES = range(101, 115), 121, 122, 123, 124, (125, 126)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("day") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            town = Town(browser, web.base)
            town.database = database  # type: ignore[attr-defined]
            yield town
        worker.stop()
        web.stop()


def test_twenty_requests_from_the_morning_to_the_weekly_report(town: Town, tmp_path: Path) -> None:
    numbers = read(lambda: the_morning(tmp_path))
    assert isinstance(numbers, dict)
    assert len(numbers) == 20
    the_acceptor_works_through_her_list(town.person("zhoumin"), numbers)
    read(answer_all_checks)
    the_reviewer_agrees_or_refuses(town.person("zhengwei"), numbers)
    batches = two_batches_are_signed(town)
    until(lambda: read(Notice.objects.count) == 2, "both notices are published")
    city.move_the_clock(town.person("yunwei"), 6)
    until(lambda: read(lambda: Batch.objects.filter(state="cleared").count()) == 2, "the notices are over")
    the_treasury_pays_and_one_comes_back(town, batches)
    until(lambda: states() == {"closed": 17, "refused": 2, "not_accepted": 1}, "all are closed")
    the_weekly_report_is_right(town)
    what_the_database_says(town, numbers)
    assert not town.faults, "\n".join(town.faults)


def the_morning(folder: Path) -> dict[int, str]:
    """serial → number: money, lists, the plan, and what residents and a helper sent before the office opened."""
    people.with_budget(200_000_00)
    ledger.set_budget(
        SYSTEM,
        programme=graduates.ITEM,
        region=people.COUNTY,
        amount_fen=100_000_00,
        source_doc="示例预算通知2号",
    )
    people.with_list(folder, id_number(people.BORN, "女", LISTED))
    graduates.paid_graduates(folder)
    published_plan(people.as_actor("helin"))
    compute_indicators(date(2026, 6, 8))
    numbers = {serial: people.submitted(resident(serial)).number for serial in PLAIN}
    numbers[SECOND] = people.submitted(resident(SECOND, firms=2)).number
    numbers[ELSEWHERE] = people.submitted(resident(ELSEWHERE)).number
    numbers[LISTED] = people.submitted(resident(LISTED)).number
    numbers[HELPED] = helped(resident(HELPED)).number
    for serial in GRADUATES:
        numbers[serial] = graduates.submitted(graduate(serial)).number
    return numbers


def resident(serial: int, firms: int = 1) -> people.Person:
    return people.a_returnee(serial, name=f"{SURNAMES[serial % len(SURNAMES)]}示例", firms=firms)


def graduate(serial: int) -> people.Person:
    person = resident(serial)
    registers.record(
        SYSTEM,
        register="person",
        values={"degree": "bachelor", "is_graduate": True, "graduation_date": date(2021, 6, 30)},
        source="shared",
        at=date(2026, 6, 1),
        subject_id=person.subject_id,
    )
    return person


def helped(person: people.Person) -> Case:
    """By the village helper, with a mandate that the resident confirmed."""
    helper = people.as_actor("lihuifang")
    mandate = actions.give_mandate(
        helper,
        subject_id=person.subject_id,
        item=people.ITEM,
        valid_to=date(2026, 12, 31),
        name="委托书.png",
        content=PHOTO,
    )
    actions.confirm_mandate(person.actor, mandate=mandate)
    case = people.a_draft(person, by=helper, entry="helper")
    return actions.submit_case(helper, case=case, token=case.submission_token)


def the_acceptor_works_through_her_list(zhoumin: Person, numbers: dict[int, str]) -> None:
    """What waits is what was sent; one belongs to another place and is not accepted."""
    zhoumin.go("/desk/?todo=受理")
    assert f"全部待办\n{len(numbers)}" in zhoumin.text()
    for serial, number in numbers.items():
        if serial == ELSEWHERE:
            step(zhoumin, number, "refuse_acceptance", "不予受理", "经营场所在外县，请到登记地申请")
        else:
            office.accept(zhoumin, number)
    zhoumin.go("/desk/")
    assert not read(lambda: Case.objects.filter(state="submitted").exists())


def step(officer: Person, number: str, verb: str, name: str, reason: str) -> None:
    """A step with a page of its own: the reason, then the button that repeats the verb."""
    officer.go(f"/desk/cases/{number}/step/{verb}/")
    for box in officer.page.locator("main input[name=grounds]").all()[:1]:
        box.check()
    officer.fill("理由", reason)
    if verb == "refuse":
        officer.press("看决定书")
    officer.press(name, "main")


def answer_all_checks() -> None:
    for row in CaseCheck.objects.filter(result="").order_by("id"):
        people.answer(row)


def the_reviewer_agrees_or_refuses(zhengwei: Person, numbers: dict[int, str]) -> None:
    """Who registered before and who had it last year are refused in writing; the rest are agreed to."""
    refused = {
        SECOND: "以前办理过注册登记，不是第一次",
        LISTED: "去年已经领过一次性创业补贴",
    }
    for serial, number in numbers.items():
        if serial in refused:
            step(zhengwei, number, "refuse", "不予发放", refused[serial])
        elif serial != ELSEWHERE:
            office.agree(zhengwei, number)


def two_batches_are_signed(town: Town) -> list[str]:
    """One a programme; three different people."""
    huanglei, wuqiang, xurong = town.person("huanglei"), town.person("wuqiang"), town.person("xurong")
    batches = [office.sum_up(huanglei) for _ in range(2)]
    for batch in batches:
        office.step_of_batch(wuqiang, batch, "复核通过")
        office.step_of_batch(xurong, batch, "签批")
    assert sorted(read(lambda: list(Batch.objects.values_list("line_count", flat=True)))) == [2, 15]  # type: ignore[call-overload]
    return batches


def the_treasury_pays_and_one_comes_back(town: Town, batches: list[str]) -> None:
    huanglei, sunli = town.person("huanglei"), town.person("sunli")
    for batch in batches:
        office.step_of_batch(huanglei, batch, "申请拨付")
    until(lambda: read(PaymentFile.objects.count) == 2, "both payment files are written")
    requests: Any = read(lambda: list(PaymentRequest.objects.order_by("pk")))
    for place, request in enumerate(requests):
        lines: Any = read(lambda request=request: request.lines.count())
        rows = [(n, "成功", f"HD{place}{n}", "") for n in range(1, lines + 1)]
        money.bring_in_results(sunli, request, [(1, "退票", "", "账号不存在"), *rows[1:]] if place == 0 else rows)
    until(lambda: states().get("returned") == 1, "one payment has come back")
    read(put_the_account_right)
    back: Any = read(lambda: Case.objects.get(state="payable").batch_lines.get(removed_at=None).batch.number)
    office.step_of_batch(huanglei, back, "申请拨付")
    until(lambda: read(PaymentFile.objects.count) == 3, "the third payment file is written")
    last: Any = read(lambda: PaymentRequest.objects.order_by("-pk")[0])
    money.bring_in_results(sunli, last, [(1, "成功", "HD99", "")])


def put_the_account_right() -> None:
    people.corrected(Case.objects.get(state="returned"))
    people.confirmed(Case.objects.get(state="account_check"))


def the_weekly_report_is_right(town: Town) -> None:
    """What was done in the first week, and the money of the second, to the person."""
    linzong = town.person("linzong")
    linzong.go("/desk/reports/weekly/?week=2026-06-08&place=421224000000")
    first = linzong.text()
    assert "收件20件" in first and "受理19件" in first and "审定17件" in first and "不予发放2件" in first, first
    linzong.go("/desk/reports/weekly/?week=2026-06-15&place=421224000000")
    second = linzong.text()
    assert "到账17笔" in second and "85,000元" in second and "退票1笔" in second, second


def what_the_database_says(town: Town, numbers: dict[int, str]) -> None:
    assert read(Entitlement.objects.filter(ended_at=None).count) == 17
    for programme, paid in ((people.ITEM, 15 * 5_000_00), (graduates.ITEM, 2 * 5_000_00)):
        pots: Any = read(lambda p=programme: {pot.pot: pot.balance_fen for pot in books.pots(p, people.COUNTY)})
        assert (pots["committed"], pots["requested"], pots["paid"]) == (0, 0, paid), programme
    listed: Any = read(lambda: Case.objects.get(number=numbers[LISTED]))
    assert read(lambda: listed.decision.kind) == "refused"
    assert check(town.database) == []  # type: ignore[attr-defined]


def states() -> dict[str, int]:
    """state → how many of the day's requests stand in it."""
    found: Any = read(lambda: list(Case.objects.exclude(number="").values_list("state", flat=True)))
    return {state: found.count(state) for state in set(found)}
