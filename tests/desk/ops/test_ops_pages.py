"""The system pages: who may open them, what they say, what they change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from guiyan.kernel import audit, calendar, jobs, outbox
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.calendar.models import ClockMove
from guiyan.kernel.clock_moves import move_clock
from guiyan.kernel.errors import Refused
from guiyan.kernel.jobs.models import JobFailure
from guiyan.kernel.outbox import Event, registry
from guiyan.kernel.scope import Scope, entered
from tests.cases import people
from tests.cases.people import Person

SignIn = Callable[[str], Client]
PAGES = {"/desk/jobs/": "yunwei", "/desk/audit/": "shenji", "/desk/clock/": "yunwei"}


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def stuck(scoped_db: Scope, monkeypatch: pytest.MonkeyPatch) -> int:
    """A job whose receiver refuses; its id."""
    monkeypatch.setattr(registry, "_receivers", {})

    @outbox.receiver("indicator.computed", name="test.stuck")
    def refuse(event: Event) -> None:
        raise Refused("财政系统还没有这个批次。")

    outbox.publish("indicator.computed", indicator_id=7)
    jobs.run_pending(raise_failures=False)
    return JobFailure.objects.get().job_id


@pytest.mark.parametrize(("address", "username"), PAGES.items())
def test_only_those_whose_work_it_is_open_the_page(
    address: str, username: str, client_as: SignIn, scoped_db: Scope
) -> None:
    assert "<h1>" in text(client_as(username), address)
    for other in ("zhoumin", "liuchunyan"):
        assert client_as(other).get(address).status_code in (403, 404)


def test_the_page_of_jobs_says_why_one_did_not_succeed(client_as: SignIn, stuck: int) -> None:
    page = text(client_as("yunwei"), "/desk/jobs/")
    assert "财政系统还没有这个批次。" in page
    assert "等待重试" in page
    assert "指标已计算" in page and "1处，收到0处" in page and "indicator_id=7" in page


def test_a_retry_from_the_page_runs_the_job_again(
    client_as: SignIn, stuck: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Event] = []
    monkeypatch.setitem(registry._receivers, "indicator.computed", {"test.stuck": heard.append})
    assert client_as("yunwei").post(f"/desk/jobs/{stuck}/retry/").status_code == 302
    jobs.run_pending()
    assert len(heard) == 1
    assert client_as("zhoumin").post(f"/desk/jobs/{stuck}/retry/").status_code in (403, 404)


def test_the_audit_names_people_and_says_what_is_sealed(client_as: SignIn, scoped_db: Scope) -> None:
    audit.record(SYSTEM, "case.accept", "case:12", region=421224000000)
    page = text(client_as("shenji"), "/desk/audit/?target=case:12")
    assert ">受理<" in page and "待封存" in page and ">办件<" in page


@pytest.fixture
def looked_at(scoped_db: Scope) -> Person:
    """A returnee whom 何琳 saw in a list of three, and whose request 周敏 accepted."""
    person = people.a_returnee(name="金林林")
    case = people.accepted(person)
    seen = [f"subject:{case.subject_id}", "subject:990001", "subject:990002"]
    audit.record_read(people.as_actor("helin"), "register.returnee", seen, "名录列表")
    return person


def test_names_stand_where_the_reader_may_see_them_and_numbers_where_not(client_as: SignIn, looked_at: Person) -> None:
    page = text(client_as("shenji"), "/desk/audit/")
    assert "查看返乡人员名录" in page and "金林林等3人" in page
    assert "金林林，XN421224" in page
    page = text(client_as("yunwei"), "/desk/audit/")
    assert "金林林" not in page and ">3人<" in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("who=何琳", "查看返乡人员名录", ">受理</td>"),
        ("who=zhoumin", ">受理</td>", '<td class="nb">何琳'),
        ("done=受理", ">受理</td>", '<td class="nb">何琳'),
        ("done=查看名录", "查看返乡人员名录", ">受理</td>"),
        ("q=金林林", "金林林等3人", "装入单位和岗位</td>"),
        ("q=没有这个人", "没有符合条件的记录", "金林林"),
        ("day=2020-01-01", "没有符合条件的记录", "金林林"),
        ("action=read:", "查看返乡人员名录", ">受理</td>"),
    ],
)
def test_the_audit_is_searched_by_who_when_what_and_about_whom(
    client_as: SignIn, looked_at: Person, query: str, there: str, not_there: str
) -> None:
    page = text(client_as("shenji"), f"/desk/audit/?{query}")
    assert there in page and not_there not in page


def test_logins_of_one_person_in_a_row_are_one_line(client_as: SignIn, scoped_db: Scope) -> None:
    clerk = people.as_actor("chenjing")
    for _ in range(3):
        audit.record(clerk, "account.sign_in", f"user:{clerk.user_id}")
    page = text(client_as("shenji"), "/desk/audit/?who=陈静")
    assert page.count(">登录3次<") == 1 and ">登录<" not in page.replace('value="登录">登录<', "")


def test_a_filter_that_finds_nothing_says_so(client_as: SignIn, scoped_db: Scope) -> None:
    assert "没有符合条件的记录" in text(client_as("shenji"), "/desk/audit/?target=case:999999")


def test_the_audit_takes_as_many_queries_for_three_entries_as_for_one(
    client_as: SignIn, max_queries: Callable[[int], object], scoped_db: Scope
) -> None:
    client = client_as("shenji")
    text(client, "/desk/audit/")  # what a process reads once
    counts = []
    for number in (1, 2):
        for _ in range(number):
            audit.record(SYSTEM, "case.accept", "case:77")
        with max_queries(60) as captured:  # type: ignore[attr-defined]
            text(client, "/desk/audit/?target=case:77")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_moving_the_clock_is_shown_before_it_is_done(
    client_as: SignIn, at: Callable[[str], datetime], scoped_db: Scope
) -> None:
    at("2026-06-17 09:00")
    client = client_as("yunwei")
    page = text(client, "/desk/clock/?days=2&day=&reason=演示")
    assert "2026年6月22日" in page and "端午节" in page
    assert calendar.today().day == 17
    answer = client.post("/desk/clock/move/", {"days": "2", "day": "", "reason": "演示公示期满"})
    assert answer.status_code == 302
    assert f"{calendar.now():%Y-%m-%d %H}" == "2026-06-22 09"
    last = ClockMove.objects.order_by("-id")[0]
    assert (last.actor_label, last.reason) == ("严维", "演示公示期满")
    assert "演示公示期满" in text(client, "/desk/clock/")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"days": "", "day": "", "reason": "演示"}, "填一项"),
        ({"days": "2", "day": "2026-07-01", "reason": "演示"}, "填一项"),
        ({"days": "2", "day": "", "reason": ""}, "为什么调整"),
        ({"days": "99", "day": "", "reason": "演示"}, "一次最多60个工作日"),
        ({"days": "", "day": "2026-06-01", "reason": "演示"}, "只能向后调"),
        ({"days": "", "day": "2026-13-01", "reason": "演示"}, "日期不对"),
    ],
)
def test_a_move_that_cannot_be_is_answered_in_plain_words(
    client_as: SignIn, at: Callable[[str], datetime], asked: dict[str, str], words: str, scoped_db: Scope
) -> None:
    at("2026-06-17 09:00")
    answer = client_as("yunwei").post("/desk/clock/move/", asked)
    assert answer.status_code in (400, 409)
    assert words in answer.content.decode()
    assert calendar.today().day == 17


def test_a_day_beyond_the_calendar_names_the_year_and_the_file(
    client_as: SignIn, at: Callable[[str], datetime], scoped_db: Scope
) -> None:
    at("2026-12-30 09:00")
    page = text(client_as("yunwei"), "/desk/clock/?days=5&day=&reason=演示")
    assert "2027年" in page and "cities/xianning/calendar.yaml" in page


def test_nobody_moves_the_clock_outside_a_demo(client_as: SignIn, scoped_db: Scope, settings: object) -> None:
    settings.GUIYAN_DEMO = False  # type: ignore[attr-defined]
    with entered(Scope.system()), pytest.raises(Refused, match="演示环境"):
        move_clock(SYSTEM, to=calendar.now(), reason="x")
