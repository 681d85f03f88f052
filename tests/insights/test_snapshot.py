"""The facts of everybody, written in sets, are what is known of each one by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from guiyan.insights import snapshot
from guiyan.kernel import calendar
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.regions import COUNTRY, subtree
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.models import Relation, Subject
from guiyan.registers.sample.fill import fill
from tests.cases import people
from tests.registers.factories import COUNTY, a_person

pytestmark = pytest.mark.usefixtures("scoped_db")
Clock = Callable[[str], object]


@pytest.fixture
def day(at: Clock) -> date:
    at("2026-06-08 09:00")
    return calendar.today()


def rows(folder: Path, pack: Pack, kind: str, day: date, within: tuple[int, int] = COUNTRY) -> dict[int, Mapping]:
    written = snapshot.write_facts(folder / kind, pack, kind, day, within)
    frame = pl.read_parquet(written.folder / "*.parquet")
    assert frame.height == written.rows
    return {row["subject_id"]: row for row in frame.iter_rows(named=True)}


def told(row: Mapping[str, object]) -> dict[str, object]:
    """What is known in a row, beside who it is and what was received before."""
    return {name: plain(value) for name, value in row.items() if value is not None and name not in LEFT_OUT}


def plain(value: object) -> object:
    return frozenset(value) if isinstance(value, list | tuple) else value


LEFT_OUT = ("subject_id", "received")


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_each_row_says_what_the_registers_say_of_that_one(pack: Pack, day: date, tmp_path: Path, kind: str) -> None:
    fill(pack, count=120, seed=7, until=day)
    found = rows(tmp_path, pack, kind, day)
    everybody = Subject.objects.filter(kind=kind)
    assert set(found) == set(everybody.values_list("pk", flat=True)) and len(found) > 20
    for subject_id, row in found.items():
        wanted = {
            name: plain(value)
            for name, value in queries.facts_of(subject_id, day).items()
            if kind in pack.facts[name].kinds
        }
        assert told(row) == wanted, subject_id


def test_who_was_merged_has_one_row_with_what_all_records_say(pack: Pack, day: date, tmp_path: Path) -> None:
    kept, merged = people.a_returnee(1, firms=1).subject_id, people.a_returnee(2, firms=2).subject_id
    actions.merge(SYSTEM, kept=kept, merged=merged)
    found = rows(tmp_path, pack, "person", day)
    assert set(found) == {kept} and found[kept]["business_registrations"] == 3
    assert told(found[kept]) == {name: plain(value) for name, value in queries.facts_of(kept, day).items()}


@pytest.mark.parametrize(
    ("on", "age"),
    [("2026-02-28", 21), ("2026-03-01", 22), ("2028-02-28", 23), ("2028-02-29", 24)],
)
def test_who_is_born_on_29_february(pack: Pack, day: date, tmp_path: Path, on: str, age: int) -> None:
    born = date(2004, 2, 29)
    values = a_person(7, birth_date=born, id_number=people.id_number(born, "女", 7))
    actions.record(SYSTEM, register="person", values=values, source="shared")
    (row,) = rows(tmp_path, pack, "person", date.fromisoformat(on)).values()
    assert row["age_years"] == age


def test_a_firm_of_two_founders_has_no_founders_age(pack: Pack, day: date, tmp_path: Path) -> None:
    one, other = people.a_returnee(1).subject_id, people.a_returnee(2, firms=0).subject_id
    firm = Relation.objects.get(kind="founder", from_subject_id=one).to_subject_id
    assert rows(tmp_path, pack, "organisation", day)[firm]["is_returnee_led"] is True
    Relation.objects.create(
        kind="founder", from_subject_id=other, to_subject_id=firm, **head_of(Relation.objects.get(from_subject_id=one))
    )
    (tmp_path / "again").mkdir()
    assert rows(tmp_path / "again", pack, "organisation", day)[firm]["is_returnee_led"] is None


def head_of(relation: Relation) -> dict[str, object]:
    given = {field.name: getattr(relation, field.name) for field in Relation._meta.concrete_fields}
    return {
        name: value for name, value in given.items() if name not in ("id", "kind", "from_subject_id", "to_subject_id")
    }


def test_what_was_received_is_unknown_until_every_list_says_so(pack: Pack, day: date, tmp_path: Path) -> None:
    paid, not_paid = people.a_returnee(1), people.a_returnee(2)
    before = rows(tmp_path, pack, "person", day)
    assert {row["received"] for row in before.values()} == {None}
    for list_id, one in pack.lists.items():
        listed = [[people.id_number(people.BORN, "女", 1), "示例", "5000", "2024-05-06", "通山县人社局"]]
        if one.measure:
            people.bring_in(tmp_path, list_id, listed if one.measure == "startup-subsidy" else [])
    (tmp_path / "again").mkdir()
    after = rows(tmp_path / "again", pack, "person", day)
    assert after[paid.subject_id]["received"] == ["startup-subsidy"]
    assert after[not_paid.subject_id]["received"] == []


def test_only_those_of_the_place_are_written(pack: Pack, day: date, tmp_path: Path) -> None:
    people.a_returnee(1)
    people.a_returnee(2, region=421223100000)
    found = rows(tmp_path, pack, "person", day, subtree(COUNTY))
    assert [row["residence_region"] for row in found.values()] == [people.VILLAGE]


def test_nobody_is_a_file_with_its_columns_and_no_row(pack: Pack, day: date, tmp_path: Path) -> None:
    assert rows(tmp_path, pack, "person", day) == {}
    assert "is_returnee" in pl.read_parquet_schema(tmp_path / "person" / "part-00000.parquet")


def test_pieces_end_with_a_row(pack: Pack, day: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several part files hold what one would."""
    fill(pack, count=60, seed=7, until=day)
    whole = rows(tmp_path, pack, "person", day)
    monkeypatch.setattr(sys.modules["guiyan.insights.snapshot.writing"], "PIECE", 700)
    (tmp_path / "again").mkdir()
    assert rows(tmp_path / "again", pack, "person", day) == whole
    assert len(list((tmp_path / "again" / "person").iterdir())) > 5


def test_no_name_and_no_number_is_in_it(pack: Pack, day: date, tmp_path: Path) -> None:
    fill(pack, count=60, seed=7, until=day)
    for kind in ("person", "organisation"):
        for row in rows(tmp_path, pack, kind, day).values():
            known = Subject.objects.get(pk=row["subject_id"]).display_name
            assert known not in map(str, row.values())
