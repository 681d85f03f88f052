"""Entries between two systems: agreed to, signed, opened by the partner alone; proven, checked, brought in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guiyan.exchange import actions, queries, states
from guiyan.exchange.models import Package, Partner
from guiyan.exchange.sending import make_package
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.files.store import path_of
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions as registers
from guiyan.registers import queries as register_queries
from guiyan.registers.models import ImportFile
from guiyan.registers.rights.passed import passed_of
from tests.exchange.county import REGION, County
from tests.registers.factories import CHONGYANG_TOWN, a_returnee

pytestmark = pytest.mark.usefixtures("scoped_db")
HEAD = ("name", "id_number", "home_region", "return_date", "jobs_led", "no_such_field")


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path)


@pytest.fixture
def partner(county: County, actor: Callable[[str], Actor]) -> Partner:
    return actions.add_partner(actor("yunwei"), card=county.card.text, region=REGION, registers=["returnee", "carrier"])


def row(serial: int, **changes: str) -> list[str]:
    told = a_returnee(serial)
    values = {"name": f"示例{serial}", "id_number": str(told["id_number"]), "home_region": "421224107206"}
    values |= {"return_date": "2026-02-21", "jobs_led": "3", "no_such_field": "x", **changes}
    return [values[name] for name in HEAD]


def sent(who: Actor, by: Actor, partner: Partner, **changes: Any) -> Package:
    asked = actions.ask_package(
        who, **{"partner_id": partner.pk, "register": "returnee", "since": None, "reason": "按月下发", **changes}
    )
    actions.decide_package(by, package_id=asked.pk, agreed=True)
    make_package(asked.pk)
    return Package.objects.get(pk=asked.pk)


def file_of(package: Package, folder: Path) -> Path:
    assert package.file is not None
    return Path(shutil.copy(path_of(package.file), folder / f"{package.pk}.gyx"))


def test_a_package_holds_the_partners_place_in_full_and_opens_for_the_partner_alone(
    county: County, partner: Partner, actor: Callable[[str], Actor], tmp_path: Path
) -> None:
    registers.record(SYSTEM, register="returnee", values=a_returnee(1), source="shared")
    registers.record(SYSTEM, register="returnee", values=a_returnee(2, home_region=CHONGYANG_TOWN), source="shared")
    made = sent(actor("helin"), actor("zhengwei"), partner)
    path = file_of(made, tmp_path)
    manifest, rows = county.opens(path, actions.own_card())
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (manifest.number, manifest.entries, made.row_count) == (1, 1, 1) and len(rows) == 2
    assert told["id_number"] == a_returnee(1)["id_number"] and told["home_region"] == "421224107206"
    assert a_returnee(1)["id_number"].encode() not in path.read_bytes()  # type: ignore[union-attr]
    with pytest.raises(Refused, match="打不开"):
        County(tmp_path).opens(path, actions.own_card())
    with entered(Scope.system()):
        assert AuditEntry.objects.filter(action="read:register.returnee.exchange").count() == 1
        here, elsewhere = (
            register_queries.subject_by_key("id_number", str(told["id_number"])),
            a_returnee(2)["id_number"],
        )
        assert [(one.who, one.purpose) for one in passed_of([here or 0])] == [(f"发给{partner.name}", "按月下发")]
        assert passed_of([register_queries.subject_by_key("id_number", str(elsewhere)) or 0]) == ()


def test_packages_count_up_and_name_the_one_before(
    county: County, partner: Partner, actor: Callable[[str], Actor], tmp_path: Path
) -> None:
    first, second = (sent(actor("helin"), actor("zhengwei"), partner) for _ in range(2))
    make_package(second.pk)  # killed after it was made, and run again
    manifest, _ = county.opens(file_of(second, tmp_path), actions.own_card())
    assert (first.number, manifest.number, manifest.previous) == (1, 2, first.chain)
    assert Package.objects.get(pk=second.pk).number == 2


def test_nobody_sends_alone_and_nothing_is_made_before(partner: Partner, actor: Callable[[str], Actor]) -> None:
    helin = actor("helin")
    asked = actions.ask_package(helin, partner_id=partner.pk, register="returnee", since=None, reason="按月下发")
    make_package(asked.pk)
    assert Package.objects.get(pk=asked.pk).made_at is None
    with pytest.raises(NotAllowed):
        actions.decide_package(helin, package_id=asked.pk, agreed=True)
    with pytest.raises(Refused, match="理由"):
        actions.decide_package(actor("zhengwei"), package_id=asked.pk, agreed=False)
    actions.decide_package(actor("zhengwei"), package_id=asked.pk, agreed=False, note="这个月发过了")
    with pytest.raises(Refused, match="处理过"):
        actions.decide_package(actor("linzong"), package_id=asked.pk, agreed=True)
    with pytest.raises(Refused, match="还没有生成"):
        actions.fetch_package(helin, package_id=asked.pk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"register": "person"}, "没有约定"), ({"reason": " "}, "做什么用"), ({"since": "tomorrow"}, "不能晚于今天")],
)
def test_what_is_not_agreed_on_is_not_sent(
    partner: Partner, actor: Callable[[str], Actor], changes: dict[str, Any], words: str
) -> None:
    if changes.get("since"):
        changes = {"since": today() + timedelta(days=1)}
    with pytest.raises(Refused, match=words):
        sent(actor("helin"), actor("zhengwei"), partner, **changes)


def test_a_package_that_came_is_checked_like_a_file_and_brought_in(
    county: County, partner: Partner, actor: Callable[[str], Actor]
) -> None:
    helin = actor("helin")
    faulty = row(3, home_region="421223100000")  # of another county
    path = county.sends(actions.own_card(), "returnee", 1, HEAD, [row(1), row(2), faulty, row(4, id_number="12")])
    came = actions.receive_package(helin, path=path)
    file = ImportFile.objects.get(pk=came.import_file_id)
    assert queries.standings([came]) == {came.pk: states.CHECKING}
    assert (file.preview["created"], file.preview["refused"]) == (3, 1)
    registers.confirm_file(helin, file_id=file.pk)
    file.refresh_from_db()
    assert queries.standings([came]) == {came.pk: states.TAKEN} and file.source == "county"
    run = file.run
    assert run is not None and register_queries.imports_of(helin, "returnee")[0].pk == run.pk
    with entered(Scope.system()):
        here = register_queries.subject_by_key("id_number", str(a_returnee(1)["id_number"]))
        assert [one.who for one in passed_of([here or 0])] == [f"{partner.name}发来"]
    registers.undo_import(helin, import_id=run.pk)


def test_what_is_not_signed_not_ours_or_out_of_turn_is_refused_and_leaves_nothing(
    county: County, partner: Partner, actor: Callable[[str], Actor], tmp_path: Path
) -> None:
    helin, own = actor("helin"), actions.own_card()
    stranger = County(tmp_path / "stranger")
    stranger.folder.mkdir()
    for sender, words in ((stranger.card.fingerprint, "不认得"), (county.card.fingerprint, "签名")):
        path = stranger.sends(own, "returnee", 1, HEAD, [row(1)], sender=sender, previous="")
        with pytest.raises(Refused, match=words):
            actions.receive_package(helin, path=path)
    for changes, number, words in (
        ({"reader": "0" * 64}, 1, "不是发给本系统"),
        ({"region": 421223000000}, 1, "地方"),
        ({}, 2, "第1号还没有收"),
        ({"previous": "0" * 64}, 1, "对不上"),
        ({"register": "person"}, 1, "没有约定"),
        ({"register": "carrier"}, 1, "一个也没有|来源"),
    ):
        county.sent.clear()
        register = str(changes.pop("register", "returnee"))
        head = ("no_such_field",) if register == "carrier" else HEAD
        path = county.sends(own, register, number, head, [["x"]] if register == "carrier" else [row(1)], **changes)
        with pytest.raises(Refused, match=words):
            actions.receive_package(helin, path=path)
    for content in (b"", b"PK\x03\x04 not a zip", "姓名,身份证号".encode()):
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(Refused, match="不是往来包"):
            actions.receive_package(helin, path=tmp_path / "bad")
    assert not Package.objects.exists() and not ImportFile.objects.exists()


def test_the_same_package_again_is_refused_unless_it_was_dropped(
    county: County, partner: Partner, actor: Callable[[str], Actor]
) -> None:
    helin = actor("helin")
    path = county.sends(actions.own_card(), "returnee", 1, HEAD, [row(1)])
    came = actions.receive_package(helin, path=path)
    with pytest.raises(Refused, match="已经收过"):
        actions.receive_package(helin, path=path)
    registers.drop_file(helin, file_id=came.import_file_id or 0)
    again = actions.receive_package(helin, path=path)
    assert again.pk == came.pk and Package.objects.count() == 1


def test_with_a_partner_that_ended_nothing_goes_to_and_fro(
    county: County, partner: Partner, actor: Callable[[str], Actor]
) -> None:
    asked = actions.ask_package(
        actor("helin"), partner_id=partner.pk, register="returnee", since=None, reason="按月下发"
    )
    with pytest.raises(Refused, match="为什么停用"):
        actions.end_partner(actor("yunwei"), partner_id=partner.pk, reason="")
    actions.end_partner(actor("yunwei"), partner_id=partner.pk, reason="系统下线")
    with pytest.raises(Refused, match="已经停用"):
        actions.decide_package(actor("zhengwei"), package_id=asked.pk, agreed=True)
    with pytest.raises(Refused, match="已经停用"):
        path = county.sends(actions.own_card(), "returnee", 1, HEAD, [row(1)])
        actions.receive_package(actor("helin"), path=path)
    with pytest.raises(Refused, match="登记过"):
        actions.add_partner(actor("yunwei"), card=county.card.text, region=REGION, registers=["returnee"])


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"kind": "guiyan-card-1", "name": "x", "signing": "AA==", "sealing": "AA=="}']
)
def test_a_card_that_is_not_whole_is_refused(text: str, actor: Callable[[str], Actor]) -> None:
    with pytest.raises(Refused, match="完整的交换名片"):
        actions.add_partner(actor("yunwei"), card=text, region=REGION, registers=["returnee"])


def test_another_countys_officer_sees_none_of_it(partner: Partner, actor: Callable[[str], Actor]) -> None:
    made = sent(actor("helin"), actor("zhengwei"), partner)
    elsewhere = actor("caoyun")
    assert not queries.packages_to_decide(elsewhere).exists()
    with pytest.raises(NotFound):
        queries.package_by_id(elsewhere, made.pk)
