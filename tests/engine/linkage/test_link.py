"""Who is linked, who is put before an officer, and who is not, in plain cases."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from guiyan.engine.linkage import LinkageError, link, load_settings, match_one, open_people
from tests.engine.linkage.people import SCHEMA, Row, person, written

SETTINGS = load_settings()
NUMBER, OTHER_NUMBER = "11010519491231002X", "130503196704010016"


def linked(
    left: list[Row], right: list[Row], folder: Path, *, best_only: bool = False
) -> list[tuple[str, str, str, str]]:
    """(left, right, decision, reason)"""
    out = folder / "out.parquet"
    files = [open_people(written(rows, folder / f"{name}.parquet")) for name, rows in (("l", left), ("r", right))]
    link(*files, out, SETTINGS, best_only=best_only)
    return [(each[0], each[1], each[3], each[4]) for each in pl.read_parquet(out).iter_rows()]


def decision(left: Row, right: Row, folder: Path) -> str | None:
    found = linked([left], [right], folder)
    return found[0][2] if found else None


def test_one_verified_number_and_one_name_are_one_person(tmp_path: Path) -> None:
    new, known = person("n", "张伟", id_number="110105491231002"), person("k", "張偉", id_number=NUMBER)
    assert decision(new, known, tmp_path) == "auto"


def test_two_verified_numbers_are_two_people_whatever_else_agrees(tmp_path: Path) -> None:
    same = {
        "gender": "男",
        "birth_year": 1949,
        "school": "咸宁高中",
        "phone": "13812345678",
        "employer": "归雁农业",
        "native_region": "421224",
    }
    assert (
        linked(
            [person("n", "尉迟归雁", id_number=NUMBER, **same)],
            [person("k", "尉迟归雁", id_number=OTHER_NUMBER, **same)],
            tmp_path,
        )
        == []
    )


def test_a_number_that_fails_its_check_says_nothing(tmp_path: Path) -> None:
    same = {"gender": "男", "birth_year": 1990, "phone": "13812345678", "native_region": "421224"}
    new, known = (
        person("n", "章玮", id_number="110105194912310021", **same),
        person("k", "张伟", id_number=NUMBER, **same),
    )
    assert decision(new, known, tmp_path) == "review"  # the verified number says born in 1949
    assert decision(new, person("k", "张伟", **same), tmp_path) == "auto"


def test_one_number_with_two_names_is_for_an_officer(tmp_path: Path) -> None:
    ((_, _, chosen, reason),) = linked(
        [person("n", "李娜", id_number=NUMBER)], [person("k", "张伟", id_number=NUMBER)], tmp_path
    )
    assert chosen == "review"
    assert "请人工核对：身份证号相同而姓名不同" in reason


@pytest.mark.parametrize(
    "name", ["張偉", "章玮", "伟张", "张伟（曾用名：张卫）", "张卫（原名张伟）", "Zhang Wei", "臧伟"]
)
def test_a_name_may_be_written_otherwise(name: str, tmp_path: Path) -> None:
    same = {"gender": "男", "birth_year": 1980, "phone": "13812345678", "native_region": "421224"}
    assert decision(person("n", name, **same), person("k", "张伟", **same), tmp_path) == "auto"


def test_a_name_and_a_year_alone_are_not_enough_where_few_are_known(tmp_path: Path) -> None:
    alike = {"birth_year": 1980, "gender": "男"}
    ((*_, chosen, reason),) = linked([person("n", "张伟", **alike)], [person("k", "张伟", **alike)], tmp_path)
    assert chosen == "review" and "看不出重名多少" in reason


def test_two_known_people_who_fit_as_well_are_both_for_an_officer(tmp_path: Path) -> None:
    same = {"gender": "男", "birth_year": 1980, "native_region": "421224", "school": "通山一中", "employer": "归雁农业"}
    found = linked([person("n", "尉迟归雁", **same)], [person(f"k{i}", "尉迟归雁", **same) for i in (1, 2)], tmp_path)
    assert [(right, chosen) for _, right, chosen, _ in found] == [("k1", "review"), ("k2", "review")]
    assert all("已知人员中另有人同样相符" in reason for *_, reason in found)


def test_the_one_who_fits_far_better_is_linked(tmp_path: Path) -> None:
    same = {"gender": "男", "birth_year": 1980, "native_region": "421224"}
    known = [
        person("k1", "尉迟归雁", **same),
        person("k2", "尉迟归雁", phone="13812345678", employer="归雁农业", **same),
    ]
    found = linked([person("n", "尉迟归雁", phone="13812345678", employer="归雁农业", **same)], known, tmp_path)
    assert [(right, chosen) for _, right, chosen, _ in found] == [("k2", "auto"), ("k1", "review")]
    assert "已知人员中另有人更相符" in found[1][3]


def test_one_to_one_keeps_the_best_of_each(tmp_path: Path) -> None:
    same = {"gender": "男", "birth_year": 1980, "native_region": "421224"}
    known = [person("k1", "尉迟归雁", **same), person("k2", "尉迟归雁", phone="13812345678", **same)]
    new = [person("n1", "尉迟归雁", phone="13812345678", **same), person("n2", "尉迟归雁", **same)]
    found = linked(new, known, tmp_path, best_only=True)
    assert [(left, right) for left, right, *_ in found] == [("n1", "k2"), ("n2", "k1")]


def test_the_reason_names_what_agrees_what_differs_what_is_missing_and_adds_up(tmp_path: Path) -> None:
    new = person("n", "張偉", gender="男", birth_year=1980, phone="13812345678", employer="归雁农业")
    known = person("k", "张伟", gender="男", birth_year=1980, phone="13812345678", employer="富士康科技集团")
    ((*_, reason),) = linked([new], [known], tmp_path)
    assert "相符：姓名相同+" in reason and "手机号相同+" in reason and "不符：工作单位不同−" in reason
    assert "有一方未填：身份证号、籍贯、毕业学校" in reason
    assert "张伟" not in reason and "13812345678" not in reason
    points = [float(each.replace("−", "-")) for each in __import__("re").findall(r"([+−][0-9.]+)分", reason)]
    assert sum(points[:-1]) == pytest.approx(points[-1], abs=0.5)


def test_families_that_share_a_phone_are_not_linked_without_looking(tmp_path: Path) -> None:
    home = {"phone": "13812345678", "native_region": "421224107", "gender": "男"}
    son, brother = person("n", "张国强", birth_year=1990, **home), person("k", "张国伟", birth_year=1990, **home)
    assert [each[2] for each in linked([son], [brother], tmp_path)] == ["review"]
    assert decision(son, person("k", "张明", birth_year=1962, **home), tmp_path) is None


def test_thousands_of_one_name_do_not_make_millions_of_pairs(tmp_path: Path) -> None:
    many = [person(f"k{place}", "张伟", gender="男") for place in range(3_000)]
    new = [person(f"n{place}", "张伟", gender="男") for place in range(500)]
    files = [open_people(written(rows, tmp_path / f"{name}.parquet")) for name, rows in (("l", new), ("r", many))]
    assert link(*files, tmp_path / "out.parquet", SETTINGS).pairs == 0


def test_working_in_parts_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("张伟", "李娜", "王芳", "刘洋", "陈静", "尉迟归雁")
    people = [person(f"p{i}", name, birth_year=1970 + i, phone=f"1381234567{i}") for i, name in enumerate(names)]
    new = [{**each, "id": f"n{each['id']}"} for each in people]
    whole = linked(new, people, tmp_path)
    monkeypatch.setattr("guiyan.engine.linkage.linking.PART", 2)
    monkeypatch.setattr("guiyan.engine.linkage.blocking.ROWS_IN_PART", 2)
    assert linked(new, people, tmp_path) == whole
    assert [(left, chosen) for left, _, chosen, _ in whole] == [(each["id"], "auto") for each in new]


def test_nobody_on_a_side_gives_an_empty_file(tmp_path: Path) -> None:
    assert linked([], [person("k", "张伟")], tmp_path) == []
    assert linked([person("n", "张伟")], [], tmp_path) == []
    assert match_one(person("n", "张伟"), [], SETTINGS) == []


def test_rows_of_nothing_are_linked_with_nobody(tmp_path: Path) -> None:
    assert linked([person("n", None)], [person("k", None), person("k2", "")], tmp_path) == []


def test_ids_keep_their_type(tmp_path: Path) -> None:
    rows = pl.DataFrame([{**person("", "张伟", id_number=NUMBER), "id": 7}], schema={**SCHEMA, "id": pl.Int64()})
    rows.write_parquet(tmp_path / "numbers.parquet")
    file = open_people(tmp_path / "numbers.parquet")
    link(file, file, tmp_path / "out.parquet", SETTINGS)
    assert pl.read_parquet(tmp_path / "out.parquet")["left_id"].to_list() == [7]


def refusal(folder: Path, frame: pl.DataFrame) -> str:
    frame.write_parquet(folder / "wrong.parquet")
    with pytest.raises(LinkageError) as raised:
        open_people(folder / "wrong.parquet")
    return str(raised.value)


def test_a_wrong_file_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    right = pl.DataFrame([person("a", "张伟"), person("b", "张伟")], schema=SCHEMA)
    assert "no column phone" in refusal(tmp_path, right.drop("phone"))
    assert "`id_number` is Float64" in refusal(tmp_path, right.with_columns(pl.lit(1.23e17).alias("id_number")))
    assert "`birth_year` is String" in refusal(tmp_path, right.with_columns(pl.lit("1980").alias("birth_year")))
    assert "'a' (2 times)" in refusal(tmp_path, right.with_columns(pl.lit("a").alias("id")))
    assert "1 of 2 rows have no id" in refusal(tmp_path, right.with_columns(pl.Series("id", [None, "b"], pl.String)))
    (tmp_path / "text.parquet").write_text("id,name")
    for wrong, words in (("text.parquet", "not a Parquet file"), ("absent.parquet", "no such file")):
        with pytest.raises(LinkageError, match=words):
            open_people(tmp_path / wrong)


def test_columns_of_nulls_and_numbers_where_text_was_meant_are_read(tmp_path: Path) -> None:
    frame = pl.DataFrame([person("a", "张伟")], schema=SCHEMA).with_columns(
        pl.lit(None).alias("school"), pl.lit(13812345678).alias("phone"), pl.lit(421224).alias("native_region")
    )
    frame.write_parquet(tmp_path / "people.parquet")
    file = open_people(tmp_path / "people.parquet")
    link(file, file, tmp_path / "out.parquet", SETTINGS)
    assert len(pl.read_parquet(tmp_path / "out.parquet")) == 1
