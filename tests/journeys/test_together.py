"""创业一件事 on a phone: what she told stands in the form, filled in once, sent together, one code for two requests.

Everything through the pages in a real browser, on a real web server and worker; read back from the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from guiyan.cases import answers, queries
from guiyan.cases.models import Case, Joint
from guiyan.kernel import releases
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import PHONE, Person, Town, chromium
from tests.journeys.stage import ACCOUNT, COUNTER_PERSON, PHOTO, read
from tests.kills.processes import Web, Worker
from tests.portal.conftest import confirmed
from tests.prepared import prepared_database

pytestmark = [pytest.mark.browser, pytest.mark.commits]
SUBSIDY, GRADUATE = "一次性创业补贴申领", "高校毕业生一次性创业补贴申领"
TYPED = (
    ("从哪里返乡", "广东省东莞市"),
    ("现在带动就业", "4"),
    ("做什么生意", "民宿"),
    ("毕业学校", "湖北科技学院"),
    ("开户银行", "通山农商银行大畈支行"),
    ("银行卡号", ACCOUNT),
)


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("together") / "home"
    with prepared_database(test_database, home, django_db_blocker) as database:
        stage.prepare()
        folder = tmp_path_factory.mktemp("lists")
        read(lambda: (people.with_budget(), people.with_list(folder), people.bring_in(folder, "paid-graduates", [])))
        read(lambda: [confirmed(one, "示例条款") for one in releases.current().measures])
        web, worker = Web(database), Worker(database)
        with chromium() as browser, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def test_one_form_starts_two_requests_and_one_code_shows_both(town: Town) -> None:
    liu, zhoumin = town.person("liuchunyan", PHONE), town.person("zhoumin")
    she_tells_what_she_knows(liu)
    she_chooses_both(liu)
    she_fills_in_once(liu)
    code = she_sends_them_together(liu)
    number = one_is_accepted_and_shows_the_other(zhoumin)
    anybody_with_the_code_sees_both(town.person("", PHONE), code)
    the_other_waits_for_itself(liu, number)
    what_the_database_says()
    a_clerk_enters_them_for_somebody(town.person("chenjing"))
    assert not town.faults, "\n".join(town.faults)


def she_tells_what_she_knows(liu: Person) -> None:
    """Some answers before she begins; nothing of them stands in an address."""
    for fact, answer in (("is_graduate", "是，大专或以上"), ("graduation_date", "2024-06-20")):
        liu.go(f"/can-i-get/q/{fact}/")
        if liu.page.get_by_role("radio").count():
            liu.page.locator("input[type=radio][value=true]").check()
        else:
            liu.page.locator("input[name=answer]").fill(answer)
        liu.press("下一题")
        assert "2024" not in liu.page.url


def she_chooses_both(liu: Person) -> None:
    liu.go("/services/")
    liu.follow("创业一件事")
    boxes = liu.page.locator("input[name=items]")
    assert [boxes.nth(place).is_checked() for place in range(boxes.count())] == [True, True]
    liu.press("开始填写")
    assert "您在“我能享受什么”里填的" in liu.text()


def she_fills_in_once(liu: Person) -> None:
    for label, text in TYPED:
        liu.fill(label, text)
    liu.page.locator("input[name=jobs_led_excluding_founder]").fill("3")
    liu.attach("input[name=file-id_card]", "身份证.png", PHOTO)
    liu.attach("input[name=file-diploma]", "毕业证书.png", PHOTO)
    liu.attach("input[name=file-account]", "银行卡.png", PHOTO)
    liu.press("下一步：核对")
    said = liu.text()
    assert SUBSIDY in said and GRADUATE in said and "2024年6月20日" in said


def she_sends_them_together(liu: Person) -> str:
    """Sent once; the address behind the code."""
    liu.press("一起提交")
    assert "2件都已提交" in liu.text()
    joint: Any = read(lambda: Joint.objects.get(number__gt=""))
    liu.press("看这几件事")
    assert joint.number in liu.text()
    return f"/p/{queries.joint_token(joint)}/"


def one_is_accepted_and_shows_the_other(zhoumin: Person) -> str:
    case: Any = read(lambda: Case.objects.get(title=SUBSIDY, state="submitted"))
    zhoumin.go("/desk/")
    assert "绿色通道" in zhoumin.text()
    zhoumin.go(f"/desk/cases/{case.number}/")
    assert "一起办的" in zhoumin.text() and GRADUATE in zhoumin.text()
    zhoumin.confirm("受理")
    return str(case.number)


def anybody_with_the_code_sees_both(visitor: Person, code: str) -> None:
    visitor.go(code)
    said = visitor.text()
    assert said.count("办完这一步") == 2 and "核验" in said and "刘春燕" not in said


def the_other_waits_for_itself(liu: Person, number: str) -> None:
    liu.go(f"/my/cases/{number}/")
    liu.follow(GRADUATE)
    assert "已提交" in liu.text()


def what_the_database_says() -> None:
    cases: Any = read(lambda: list(Case.objects.filter(joint__number__gt="").order_by("id")))
    assert [(case.title, case.state) for case in cases] == [(SUBSIDY, "checking"), (GRADUATE, "submitted")]
    given = [read(lambda case=case: answers.answers_of(case)) for case in cases]  # type: ignore[misc]
    assert given[0]["account_number"] == given[1]["account_number"] == ACCOUNT  # type: ignore[index]
    assert given[1]["graduation_date"] == "2024-06-20"  # type: ignore[index]
    assert cases[1].answer_sources["graduation_date"] == answers.TOLD
    assert all(case.green and case.submitted_at.date() == date(2026, 6, 8) for case in cases)


def a_clerk_enters_them_for_somebody(chenjing: Person) -> None:
    """At the counter: found by name, one form, each paper once, sent together."""
    chenjing.go("/desk/cases/new/?entry=counter")
    chenjing.fill("申请人姓名", COUNTER_PERSON)
    chenjing.press("查找")
    chenjing.press("创业一件事")
    for box in chenjing.page.locator("input[name=items]").all():
        box.check()
    chenjing.press("更新要填的")
    for material in ("id_card", "diploma", "account"):
        form = f"form[action*='/materials/{material}/']"
        chenjing.attach(f"{form} input[type=file]", f"{material}.png", PHOTO)
        chenjing.press("上传", form)
    chenjing.page.locator("input[name=is_graduate][value=true]").check()
    chenjing.page.locator("input[name=graduation_date]").fill("2024-06-20")
    for label, text in TYPED:
        chenjing.fill(label, text)
    chenjing.page.locator("input[name=jobs_led_excluding_founder]").fill("3")
    chenjing.press("一起提交")
    assert "2件都已提交" in chenjing.page.inner_text("body")
    sent: Any = read(lambda: Case.objects.filter(entry="counter", state="submitted").count())
    assert sent == 2
