"""创业首护人: a registration comes in by the API, its founder reads who helps on her phone, the helper calls her.

Everything in a real browser, on a real web server, worker and gateway; read back from the database.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts import api_keys
from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_by_username
from guiyan.cli.sms_peer import Peer
from guiyan.engagements.models import ServiceRecord
from guiyan.kernel import calendar, jobs
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import actions, states
from guiyan.outreach.models import Arrival, Delivery, Message, Telling
from guiyan.registers.models import Relation
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.journeys import stage
from tests.journeys.browsing import DESK, PASSWORD, PHONE, Town, chromium
from tests.journeys.stage import read
from tests.kills.processes import Web, Worker, until
from tests.outreach import stage as outreach
from tests.outreach.arriving import record
from tests.outreach.stage import SUBSIDY
from tests.prepared import prepared_database
from tests.registers.helping import specialist

pytestmark = [pytest.mark.browser, pytest.mark.commits]
FOUNDER, NAME, FIRM = "founder", "许示例", "通山县云水民宿1"
MINE = people.id_number(people.BORN, "女", 41)


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    server = Peer(0, tmp_path_factory.mktemp("peer") / "messages.jsonl")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def secret() -> dict[str, str]:
    return {}


@pytest.fixture(scope="module")
def town(
    test_database: TestDatabase,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    peer: Peer,
    secret: dict[str, str],
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("first")
    with (
        prepared_database(test_database, folder / "home", django_db_blocker) as database,
        pytest.MonkeyPatch.context() as patch,
    ):
        secret["key"] = prepare(folder)
        patch.setenv("GUIYAN_SMS_URL", peer.url)
        web, worker = Web(database), Worker(database)
        with chromium() as browser:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            yield Town(browser, web.base)
        worker.stop()
        web.stop()


def prepare(folder: Path) -> str:
    """Measures in force, a helper in her town, a resident who agreed to text messages; the regulator's key."""
    stage.prepare()
    with entered(Scope.system()):
        outreach.with_lists(folder)
        outreach.in_force(SUBSIDY, "guarantee-loan-firm")
        specialist(1, name="李慧芳", account="lihuifang")
        specialist(2, name="王秀")
        her = people.a_returnee(41, name=NAME, firms=0)
        User.objects.create(
            username=FOUNDER,
            name=NAME,
            subject_id=her.subject_id,
            password=PBKDF2PasswordHasher().encode(PASSWORD, "journey"),
        )
        actions.choose_channels(her.actor, choices={states.SMS: True})
        made = api_keys.create_key(
            actor_by_username("yunwei"),
            name="注册登记共享",
            holder="市市场监管局",
            scopes=("registrations",),
            per_minute=60,
            expires_on=calendar.today() + timedelta(days=30),
        )
    jobs.run_pending()
    return made.secret


def test_a_first_registration_is_cared_for_the_same_day(town: Town, peer: Peer, secret: dict[str, str]) -> None:
    it_comes_in(town, secret["key"])
    she_reads_it_on_her_phone(town)
    the_helper_calls(town)
    the_desk_sees_it(town)
    another_county_does_not(town)
    what_the_database_says(peer)
    they_look_at_it(town)
    assert not town.faults, "\n".join(town.faults)


def it_comes_in(town: Town, key: str) -> None:
    mine = {"founder_name": NAME, "founder_id_number": MINE}
    before = {"founder_name": stage.COUNTER_PERSON, "founder_id_number": people.id_number(people.BORN, "女", 21)}
    body = {"records": [record(1, **mine), record(2, **before), record(3, founder=3, registered_region="火星")]}
    first, again = send(town, key, body), send(town, key, body)
    assert [one["outcome"] for one in first["records"]] == ["new", "known", "refused"]
    assert [one["outcome"] for one in again["records"]] == ["same", "same", "refused"]
    until(lambda: state() == "helping", "the worker finds measures and a helper")
    until(lambda: len(peer_of(town)) == 1, "the text message goes out")


def send(town: Town, key: str, body: object) -> dict[str, list[dict[str, object]]]:
    asked = urllib.request.Request(
        f"{town.base}/api/v1/registrations",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
    )
    with urllib.request.urlopen(asked) as answer:
        return dict(json.load(answer))


def peer_of(town: Town) -> list[object]:
    return list(read(lambda: list(Delivery.objects.filter(channel="sms", outcome="sent"))))  # type: ignore[call-overload]


def she_reads_it_on_her_phone(town: Town) -> None:
    her = town.person(FOUNDER, PHONE)
    her.go("/my/")
    assert "我的创业首护人" in her.text() and "0715-0000000" in her.text()
    her.follow("您的首护人是李慧芳")
    text = her.text()
    assert FIRM in text and "6月10日前会联系您" in text and "5,000元" in text
    her.page.get_by_role("button", name="去申请一次性创业补贴").click()
    her.look()
    assert her.page.url.endswith("/apply/startup-subsidy/")


def the_helper_calls(town: Town) -> None:
    helper = town.person("lihuifang", PHONE)
    helper.go("/desk/")
    assert "首次联系" in helper.text()
    helper.follow(FIRM)
    helper.press("看手机号")
    assert "15412345678" in helper.text()
    helper.press("去记录联系")
    helper.page.get_by_label("电话", exact=True).check()
    helper.fill("做了什么", "电话里讲了补贴怎么申请")
    helper.press("记下首次联系")
    assert "已联系" in helper.text()


def the_desk_sees_it(town: Town) -> None:
    zhoumin = town.person("zhoumin")
    zhoumin.go("/desk/arrivals/?state=contacted")
    assert FIRM in zhoumin.text() and "短信已发出" in zhoumin.text()
    zhoumin.page.reload()
    assert FIRM in zhoumin.text() and "云水民宿2" not in zhoumin.text()
    zhoumin.follow(FIRM)
    assert "电话里讲了补贴怎么申请" in zhoumin.text() and "答复：去申请" in zhoumin.text()
    zhoumin.go("/desk/arrivals/?q=云水民宿2")
    zhoumin.follow("通山县云水民宿2")
    assert "创办人以前办过注册登记" in zhoumin.text()


def another_county_does_not(town: Town) -> None:
    caoyun = town.person("caoyun")
    caoyun.go("/desk/arrivals/")
    assert "还没有收到注册登记" in caoyun.text()
    caoyun.go(f"/desk/arrivals/{arrival().pk}/", 404)


def they_look_at_it(town: Town) -> None:
    """The same pages on a phone and on a desk: each is checked once a width."""
    for width in (PHONE, DESK):
        for page in ("", f"{arrival().pk}/"):
            town.person("zhoumin", width).go(f"/desk/arrivals/{page}")
        town.person("dengke", width).go("/desk/arrivals/upload/")
    town.person(FOUNDER).go("/my/policies/")


def state() -> object:
    return read(lambda: Arrival.objects.get(number=record(1)["number"]).state)


def arrival() -> Arrival:
    with entered(Scope.system()):
        return Arrival.objects.get(number=record(1)["number"])


def what_the_database_says(peer: Peer) -> None:
    with entered(Scope.system()):
        row, user = Arrival.objects.get(number=record(1)["number"]), User.objects.get(username=FOUNDER)
        assert (row.state, row.subject_id, row.contacted_by) == ("contacted", user.subject_id, "李慧芳")
        message = Message.objects.get()
        assert message.arrival_id == row.pk and message.opened_at is not None
        told = dict(Telling.objects.filter(message=message).values_list("measure", "answer"))
        assert told[SUBSIDY] == "applies" and "guarantee-loan-firm" in told
        given = Relation.objects.get(kind="first-helper")
        assert (given.to_subject_id, given.valid_to) == (user.subject_id, None)
        service = ServiceRecord.objects.get()
        assert (service.pk, service.kind, service.by_label) == (row.service_id, "call", "李慧芳")
        text = Delivery.objects.get(channel="sms", outcome="sent")
        assert peer.box.taken[f"guiyan-{text.pk}"]["id"] == text.receipt and len(peer.box.taken) == 1
        done = set(AuditEntry.objects.filter(target=row.ref).values_list("action", flat=True))
        assert done >= {"arrival.take", "arrival.follow", "arrival.contact"}
