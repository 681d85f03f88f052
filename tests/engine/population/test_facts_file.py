"""A file that is not as it should be is refused by column, row and subject, and nothing is written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from guiyan.engine.population import PopulationError, check, check_subjects, engine, open_facts, plan_of
from guiyan.engine.rules import parse

from .world import ON, WORLD, compiled, read_rows

PERSON = {"for_person": [True, None, True]}


def facts(folder: Path, columns: dict[str, Any], **more: Any) -> Path:
    frame = pl.DataFrame({"subject_id": [7, 8, 9], **PERSON, **columns}, strict=False)
    frame.write_parquet(folder / "facts.parquet", **more)
    return folder / "facts.parquet"


def refusal(path: Path) -> str:
    with pytest.raises(PopulationError) as raised:
        file = open_facts(path, WORLD)
        check(file)
        check_subjects(file)
    return str(raised.value)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"agee": [1, 2, 3]}, "column `agee`: unknown fact `agee`. Did you mean age?"),
        ({"age": [1, 2, 3]}, "column `age` is derived from other facts"),
        ({"a": ["1", "2", "3"]}, "column `a` (a) is String; a whole number is needed"),
        ({"a": [1.0, 2.0, None]}, "column `a` (a) is Float64"),
        ({"flag": [0, 1, None]}, "column `flag` (flag) is Int64; bool is needed"),
        ({"born": [dt.datetime(2000, 1, 1)] * 3}, "column `born` (born) is Datetime"),
        ({"list": [[1], [], None]}, "column `list` (list) is List(Int64); list of text is needed"),
        ({"sums": [{"x": "1"}] * 3}, "column `sums` (sums) is Struct"),
        ({"kind": [1, 2, 3]}, "column `kind` is Int64; text is needed"),
    ],
)
def test_a_column_too_many_or_of_the_wrong_type_is_named(tmp_path: Path, columns: dict[str, Any], words: str) -> None:
    assert words in refusal(facts(tmp_path, columns))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"a": [4, None, 5]}, "row 3, subject 9: column `a` (a) is 5; a whole number from 0 to 4 is needed"),
        (
            {"level": ["low", "best", None]},
            "row 2, subject 8: column `level` (level) is 'best'; one of low, middle, high",
        ),
        ({"place": [421224, None, 42122]}, "row 3, subject 9: column `place` (place) is 42122; a region code"),
        ({"place": ["421224", "4212", "0421"]}, "row 3, subject 9: column `place` (place) is '0421'; a region code"),
        ({"place": ["421224", "4212", " 42"]}, "row 3, subject 9: column `place`"),
        ({"list": [["x"], [None], None]}, "row 2, subject 8: column `list`"),
        ({"sums": [{"x": 1}, {"x": -1}, None]}, "row 2, subject 8: column `sums`"),
        ({"kind": ["person", "firm", "person"]}, "row 2, subject 8: column `kind` is 'firm'"),
        ({"kind": ["person", None, "person"]}, "row 2, subject 8: column `kind` is None"),
        ({"subject_id": [7, None, 9]}, "row 2, subject None: column `subject_id` is empty"),
        ({"subject_id": [7, 9, 7]}, "subject 7 stands in 2 rows"),
    ],
)
@pytest.mark.parametrize("statistics", [True, False])
def test_the_first_row_with_an_impossible_value_is_named(
    tmp_path: Path, columns: dict[str, Any], words: str, statistics: bool
) -> None:
    assert words in refusal(facts(tmp_path, columns, statistics=statistics))


def test_what_is_no_parquet_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "facts.parquet").write_text("subject_id\n1\n")
    assert "is not a Parquet file" in refusal(tmp_path / "facts.parquet")
    assert "there is no such file" in refusal(tmp_path / "other.parquet")
    (tmp_path / "folder").mkdir()
    assert "there is no .parquet file" in refusal(tmp_path / "folder")


def test_parts_of_a_folder_have_the_same_columns_and_rows_are_counted_through(tmp_path: Path) -> None:
    pl.DataFrame({"subject_id": [1, 2], "for_person": [True, True], "a": [1, 2]}).write_parquet(tmp_path / "0.parquet")
    pl.DataFrame({"subject_id": [3], "for_person": [True], "a": [9]}).write_parquet(tmp_path / "1.parquet")
    assert "1.parquet: row 3, subject 3: column `a`" in refusal(tmp_path)
    pl.DataFrame({"subject_id": [3], "for_person": [True]}).write_parquet(tmp_path / "1.parquet")
    assert "its columns differ" in refusal(tmp_path)


def test_without_subjects_there_is_nothing_to_say(tmp_path: Path) -> None:
    pl.DataFrame({"for_person": [True]}).write_parquet(tmp_path / "facts.parquet")
    assert "there is no column `subject_id`" in refusal(tmp_path / "facts.parquet")


MEASURES = [
    compiled("for-people", [parse("for_person")]),
    compiled("for-firms", [parse("for_organisation")], kind="organisation"),
    compiled("for-all-people", [parse("flag")]),
]


def rows(path: Path, kind: str | None = None, name: str = "polars") -> set[tuple[int, str, str]]:
    file = open_facts(path, WORLD, kind)
    check(file)
    out = path.with_name("out.parquet")
    engine(name).write_rows(plan_of(MEASURES, ON), file, out)
    return {row[:3] for row in read_rows(out)}


def test_the_facts_tell_the_kind(tmp_path: Path) -> None:
    people = facts(tmp_path, {"flag": [True, False, None]})
    assert open_facts(people, WORLD).kind == "person"
    assert rows(people) == {
        (7, "for-people", "yes"),
        (8, "for-people", "unknown"),
        (9, "for-people", "yes"),
        (7, "for-all-people", "yes"),
        (9, "for-all-people", "unknown"),
    }
    columns = {"flag": [True, False, None], "for_organisation": [None, None, None]}
    assert open_facts(facts(tmp_path, columns), WORLD).kind == "person"


def test_a_file_without_anything_of_one_kind_is_refused_unless_the_kind_is_given(tmp_path: Path) -> None:
    pl.DataFrame({"subject_id": [1], "flag": [True]}).write_parquet(tmp_path / "facts.parquet")
    assert "give --kind" in refusal(tmp_path / "facts.parquet")
    assert rows(tmp_path / "facts.parquet", "person") == {(1, "for-people", "unknown"), (1, "for-all-people", "yes")}
    assert rows(tmp_path / "facts.parquet", "organisation") == {(1, "for-firms", "unknown")}


@pytest.mark.parametrize("name", ["polars", "duckdb"])
def test_people_and_firms_in_one_file_are_told_by_row(tmp_path: Path, name: str) -> None:
    both = {"for_person": [True, None, None], "for_organisation": [None, True, False]}
    expected = {(7, "for-people", "yes"), (7, "for-all-people", "unknown"), (8, "for-firms", "yes")}
    assert rows(facts(tmp_path, both), name=name) == expected
    told = {"for_person": [True, None, None], "kind": ["person", "organisation", "organisation"]}
    assert rows(facts(tmp_path, told), name=name) == {
        (7, "for-people", "yes"),
        (7, "for-all-people", "unknown"),
        (8, "for-firms", "unknown"),
        (9, "for-firms", "unknown"),
    }
    unclear = {"for_person": [True, None, None], "for_organisation": [None, True, None]}
    assert "row 3, subject 9: column `kind` can't be told" in refusal(facts(tmp_path, unclear))


@pytest.mark.parametrize("name", ["polars", "duckdb"])
def test_nothing_is_left_when_writing_fails(tmp_path: Path, name: str) -> None:
    file = open_facts(facts(tmp_path, {"flag": [True, False, None]}), WORLD)
    file.paths[0].write_bytes(b"PAR1 cut off")
    out = tmp_path / "out.parquet"
    out.write_text("from before")
    with pytest.raises(Exception, match=r".+"):
        engine(name).write_rows(plan_of(MEASURES, ON), file, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "out.parquet"]
    assert out.read_text() == "from before"


def test_no_measure_in_force_writes_an_empty_file(tmp_path: Path) -> None:
    path = facts(tmp_path, {})
    for name in ("polars", "duckdb"):
        out = tmp_path / f"{name}.parquet"
        engine(name).write_rows(plan_of(MEASURES, dt.date(2019, 1, 1)), open_facts(path, WORLD), out)
        assert pl.read_parquet(out).height == 0


@pytest.mark.parametrize("name", ["polars", "duckdb"])
def test_texts_may_be_subjects(tmp_path: Path, name: str) -> None:
    pl.DataFrame({"subject_id": ["甲", "乙"], "for_person": [True, False]}).write_parquet(tmp_path / "facts.parquet")
    assert {row[0] for row in rows(tmp_path / "facts.parquet", name=name)} == {"甲", "乙"}
