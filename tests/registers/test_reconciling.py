"""Totals by place and source: what each source has alone, what they disagree on; parts add up to the whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions as registers
from guiyan.registers import queries
from guiyan.registers.queries.entries import first_row
from guiyan.registers.queries.reconciling import people_from, reconcile
from guiyan.registers.sealing import opened
from guiyan.registers.tables import attributes_of
from guiyan.registers.values import Value
from tests.portal.residents import resident
from tests.registers.factories import COUNTY, DAFAN, VILLAGE, an_away_person, csv_file
from tests.registers.surveyed import OTHER_VILLAGE

pytestmark = pytest.mark.usefixtures("scoped_db")
ActorOf = Callable[[str], Actor]
CITY = 421200000000


def report(serial: int, source: str, at: date | None = None, **values: object) -> int:
    return registers.record(
        SYSTEM,
        register="away",
        values=an_away_person(serial, **values),
        source=source,
        at=at,  # type: ignore[arg-type]
    )


@pytest.fixture
def three_channels() -> list[int]:
    """1: labour and visit, which disagree; 2: labour alone; 3: self alone, elsewhere; 4: visit, no village named."""
    first = report(1, "labour")
    report(1, "visit", away_in="in_city")
    second, third = report(2, "labour"), report(3, "self", home_region=OTHER_VILLAGE)
    return [first, second, third, report(4, "visit", home_region=COUNTY)]


def test_each_person_counts_once_and_parts_add_up(actor: ActorOf, three_channels: list[int]) -> None:
    county = reconcile(actor("zhoumin"), "away", COUNTY)
    assert [(one.place, one.total, one.own) for one in county.lines] == [(COUNTY, 1, True), (DAFAN, 3, False)]
    assert county.whole.total == 4 == sum(one.total for one in county.lines)
    town = reconcile(actor("zhoumin"), "away", DAFAN)
    assert [(one.place, one.total) for one in town.lines] == [(OTHER_VILLAGE, 1), (VILLAGE, 2)]
    assert town.whole.by_source == county.lines[1].by_source
    assert reconcile(actor("helin"), "away", CITY).whole == county.whole.__class__(
        CITY, 4, 1, county.whole.by_source, county.whole.only
    )


def test_what_only_one_source_has_and_what_they_disagree_on(actor: ActorOf, three_channels: list[int]) -> None:
    whole = reconcile(actor("zhoumin"), "away", COUNTY).whole
    told = {name: (whole.by_source[name], whole.only[name]) for name in ("labour", "visit", "self", "poverty")}
    assert told == {"labour": (2, 1), "visit": (2, 1), "self": (1, 1), "poverty": (0, 0)}
    assert whole.conflicts == 1
    report(1, "visit", at=date(2026, 12, 1))
    assert reconcile(actor("zhoumin"), "away", COUNTY).whole.conflicts == 0


def test_numbers_lead_to_their_people(actor: ActorOf, three_channels: list[int]) -> None:
    zhoumin = actor("zhoumin")

    def ids(**asked: object) -> list[int]:
        return [one.subject_id for one in people_from(zhoumin, "away", COUNTY, **asked)[0]]  # type: ignore[arg-type]

    first, second, third, fourth = three_channels
    assert ids() == sorted(three_channels) and ids(after=second) == [third, fourth]
    assert (ids(source="visit"), ids(only="labour"), ids(differing=True)) == ([first, fourth], [second], [first])
    assert ids(source="nobody") == ids()


def test_people_found_to_be_one_count_once(actor: ActorOf, three_channels: list[int]) -> None:
    registers.merge(SYSTEM, kept=three_channels[0], merged=three_channels[1])
    whole = reconcile(actor("zhoumin"), "away", COUNTY).whole
    assert (whole.total, whole.only["labour"]) == (3, 0)


def test_an_import_taken_back_does_not_count(actor: ActorOf, three_channels: list[int], tmp_path: Path) -> None:
    person = an_away_person(9)
    head = ["姓名", "身份证号", "户籍村（社区）", "在哪里务工"]
    path = csv_file(tmp_path / "a.csv", head, [[person["name"], person["id_number"], str(VILLAGE), "省外"]])
    run = registers.import_rows(SYSTEM, register="away", path=path, source="poverty")
    assert reconcile(actor("zhoumin"), "away", COUNTY).whole.only["poverty"] == 1
    registers.undo_import(SYSTEM, import_id=run.import_id or 0)
    assert reconcile(actor("zhoumin"), "away", COUNTY).whole.only["poverty"] == 0


@pytest.mark.parametrize("who", ["caoyun", "yuanmei", "sunli"])
def test_a_place_beyond_reach_is_not_counted_for_anybody(actor: ActorOf, three_channels: list[int], who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        reconcile(actor(who), "away", COUNTY)
    with pytest.raises((NotAllowed, NotFound)):
        people_from(actor(who), "away", VILLAGE)
    with pytest.raises((NotAllowed, NotFound)):
        reconcile(actor("zhoumin"), "away", CITY)


def test_a_level_is_one_statement(
    actor: ActorOf, three_channels: list[int], max_queries: Callable[..., object]
) -> None:
    zhoumin = actor("zhoumin")
    with max_queries(8):  # the statement, and telling the scope around it
        reconcile(zhoumin, "away", COUNTY)


def test_three_channels_make_one_person_with_a_source_for_each_field() -> None:
    """大数据、入户调查、个人自主填报: what the most trusted says stands, each field knows whose it is."""
    _, me = resident()
    with entered(Scope.system()):
        known = first_row(releases.current(), "person", me.subject_id)
        number = opened("id_number", bytes(getattr(known, attributes_of("id_number", True)[0])))
    base = {"name": "刘春燕", "id_number": number, "home_region": VILLAGE}
    visited = {"household": "3组1号", "away_in": "in_city"}
    for source, more in (("labour", {"away_in": "out_of_province"}), ("visit", visited)):
        registers.record(SYSTEM, register="away", values={**base, **more}, source=source)  # type: ignore[arg-type]
    own: dict[str, Value] = {"name": "刘春燕", "home_region": VILLAGE, "has_wish": True, "wish": "planned"}
    registers.self_report(me.actor, register="away", subject_id=me.subject_id, values=own)
    view = queries.entry_view(SYSTEM, "away", me.subject_id)
    told = {cell.field.id: (cell.value, cell.source) for cell in view.cells if cell.value is not None}
    assert told["away_in"] == ("out_of_province", "城乡劳动力信息库")
    assert told["household"] == ("3组1号", "入户调查")
    assert told["wish"] == ("planned", "本人填报")
    whole = reconcile(SYSTEM, "away", COUNTY).whole
    assert (whole.total, whole.conflicts) == (1, 1)
    assert {name for name, number in whole.by_source.items() if number} == {"labour", "visit", "self"}
