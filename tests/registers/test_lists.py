"""Pages of a register: every row once, in order, in either direction, within the officer's range."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.functions import Coalesce
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.cursor import Cursor, read_cursor
from guiyan.registers.queries import lists
from tests.registers.factories import CHONGYANG_TOWN, VILLAGE, a_firm, a_person

pytestmark = pytest.mark.usefixtures("scoped_db")


def some_firms(count: int, *, empty: int = 0) -> None:
    for serial in range(1, count + 1):
        day = None if serial <= empty else date(2026, 1, 1) + timedelta(days=serial % 3)
        values = a_firm(serial, name=f"示例商行{serial:02d}", registered_on=day, founder_id_number=None)
        actions.record(SYSTEM, register="firm", values=values, source="market")


def walk(sort: str, size: int, *, back: bool = False) -> list[int]:
    """All subjects in the order of the pages; `back` goes to the end first and returns."""
    pages = [queries.entry_list(SYSTEM, "firm", sort=sort, size=size)]
    while pages[-1].next is not None:
        pages.append(queries.entry_list(SYSTEM, "firm", sort=sort, size=size, cursor=pages[-1].next))
    if not back:
        return [line.subject_id for page in pages for line in page.lines]
    here = pages[-1]
    found = [line.subject_id for line in here.lines]
    while here.previous is not None:
        here = queries.entry_list(SYSTEM, "firm", sort=sort, size=size, cursor=here.previous)
        found = [line.subject_id for line in here.lines] + found
    return found


@pytest.mark.parametrize("sort", ["registered_on", "-registered_on", "name", "-name", "-checked_on"])
@pytest.mark.parametrize("size", [1, 2, 5, 50])
def test_pages_give_every_row_once_forward_and_back(pack: Pack, sort: str, size: int) -> None:
    some_firms(11, empty=4)
    forward = walk(sort, size)
    assert len(forward) == len(set(forward)) == 11
    assert forward == walk(sort, 50)
    assert walk(sort, size, back=True) == forward


def test_search_filter_and_region_narrow_the_list(pack: Pack) -> None:
    some_firms(5, empty=2)
    elsewhere = a_firm(
        9, name="崇阳县雁溪茶叶店", registered_region=CHONGYANG_TOWN, founder_id_number=None, kind="company"
    )
    actions.record(SYSTEM, register="firm", values=elsewhere, source="market")

    def total(**wanted: object) -> int:
        return queries.entry_list(SYSTEM, "firm", **wanted).total  # type: ignore[arg-type]

    assert (total(), total(search="雁溪"), total(search="cyx"), total(search="无此名")) == (6, 1, 1, 0)
    assert (total(region=421224000000), total(region=421223000000)) == (5, 1)
    assert (total(filters={"kind": "company"}), total(filters={"kind": "individual"})) == (1, 5)
    assert (total(filters={"registered_on": "2026"}), total(filters={"registered_on": "2026-01-02"})) == (4, 1)
    assert total(filters={"registered_on": "nonsense"}) == 0
    assert total(filters={"name": "ignored, because it is no filter"}) == 6


def plans(rows: QuerySet[Model]) -> str:
    with connection.cursor() as cursor:
        statement, parameters = rows.query.sql_with_params()
        cursor.execute(f"EXPLAIN {statement}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_counting_takes_the_index_that_narrows_and_a_search_walks_none(pack: Pack) -> None:
    some_firms(3)
    firm = pack.registers["firm"]
    rows = lists.seen_by(SYSTEM, pack, firm)
    kind = lists.narrowed(rows, firm, "", None, {"kind": "company"})
    assert kind.query.order_by == () and lists.countable(kind, firm, {"kind": "company"}, "").query.order_by
    assert lists.countable(rows, firm, {}, "").query.order_by == ("region",)
    assert lists.countable(rows, firm, {"registered_on": "2026"}, "").query.order_by == ("f_registered_on",)
    people = lists.called("示例")
    assert people is not None and len(people) == 3 and lists.called("") is None
    with lists.by_index():
        found = rows.filter(subject_id__among=people).order_by(Coalesce("f_name", "f_name"))
        assert "Sort" in plans(found) and "reg_firm_subject_id_key" in plans(found)
        assert "Seq Scan on reg_firm" not in plans(rows.filter(f_kind="company"))


def test_a_search_that_very_many_answer_means_the_first_of_them(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    some_firms(5)
    monkeypatch.setattr(lists, "MOST_CALLED", 3)
    assert queries.entry_list(SYSTEM, "firm", search="示例").total == 3
    assert lists.entries_for(SYSTEM, pack, pack.registers["firm"], {"q": "示例"}).count() == 5


def test_whoever_says_no_is_told_from_whom_nobody_asked(pack: Pack) -> None:
    for serial, says in ((1, True), (2, False), (3, None)):
        actions.record(SYSTEM, register="person", values=a_person(serial, is_veteran=says), source="shared")
    totals = [queries.entry_list(SYSTEM, "person", filters={"is_veteran": text}).total for text in ("true", "false")]
    assert totals == [1, 1]


def test_an_officer_sees_the_own_county_only(actor: Callable[[str], Actor]) -> None:
    some_firms(2)
    actions.record(
        SYSTEM,
        register="firm",
        values=a_firm(9, registered_region=CHONGYANG_TOWN, founder_id_number=None),
        source="market",
    )
    assert queries.entry_list(actor("zhoumin"), "firm").total == 2
    assert queries.entry_list(actor("caoyun"), "firm").total == 1
    assert queries.entry_list(actor("helin"), "firm").total == 3
    assert queries.entry_list(actor("sunli"), "firm").total == 0


def test_a_page_shows_who_reported_and_masks_numbers(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(residence_region=VILLAGE), source="shared")
    actions.record(SYSTEM, register="person", values={"phone": "15499990000"}, source="visit", subject_id=who)
    (line,) = queries.entry_list(SYSTEM, "person", columns=["name", "id_number"]).lines
    assert line.sources == {"shared", "visit"}
    assert str(line.values["id_number"]).startswith("4212**********")


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_cursor_starts_the_list_at_its_beginning(text: str) -> None:
    found = read_cursor(text)
    assert found is None or isinstance(found, Cursor)


@pytest.mark.parametrize("value", ["名", 3, None, date(2026, 1, 2), True])
def test_a_cursor_survives_the_address(value: str | int | date | None) -> None:
    cursor = Cursor("-name", value, 7, False)
    assert read_cursor(str(cursor)) == cursor
