"""Rows of people for tests, as a file has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import strategies as st

SCHEMA: dict[str, pl.DataType] = {
    "id": pl.String(),
    "name": pl.String(),
    "gender": pl.String(),
    "birth_year": pl.Int32(),
    "school": pl.String(),
    "graduation_year": pl.Int32(),
    "native_region": pl.String(),
    "employer": pl.String(),
    "phone": pl.String(),
    "id_number": pl.String(),
}
Row = dict[str, Any]
NUMBERS = ("11010519491231002X", "440524188001010014", "130503670401001", "130503196704010016", "110105194912310021")


def person(id_: str, name: str | None, **more: Any) -> Row:
    return {**dict.fromkeys(SCHEMA), "id": id_, "name": name, **more}


def written(rows: list[Row], path: Path) -> Path:
    pl.DataFrame(rows, schema=SCHEMA).write_parquet(path)
    return path


def or_none(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@st.composite
def rows(draw: st.DrawFn, letter: str, most: int = 12) -> list[Row]:
    """People who are alike often enough to be taken for one another."""
    person = st.fixed_dictionaries(
        {
            "name": or_none(
                st.sampled_from(
                    [
                        "张伟",
                        "張偉",
                        "伟张",
                        "章伟",
                        "张薇",
                        "张伟强",
                        "张国强",
                        "李伟",
                        "张伟（曾用名：张卫）",
                        "张卫",
                        "zhang wei",
                        "高王",
                        "王高",
                        "",
                        "·",
                    ]
                )
            ),
            "gender": or_none(st.sampled_from(["男", "女", "1", "其他"])),
            "birth_year": or_none(st.sampled_from([1949, 1979, 1980, 1981, 1983, 1990, 0])),
            "school": or_none(st.sampled_from(["咸宁高中", "咸寧高中（南校区）", "通山一中"])),
            "graduation_year": or_none(st.sampled_from([1998, 1999, 2003])),
            "native_region": or_none(
                st.sampled_from(["42", "4212", "421224", "421224107", "421224107001", "421202", "430602", "错"])
            ),
            "employer": or_none(
                st.sampled_from(["咸宁市归雁农业科技有限公司", "归雁农业科技", "富士康科技集团", "无"])
            ),
            "phone": or_none(st.sampled_from(["13812345678", "+86 138 1234 5678", "13900000001", "138****5678"])),
            "id_number": or_none(st.sampled_from(NUMBERS)),
        }
    )
    return [
        {"id": f"{letter}{place}", **each}
        for place, each in enumerate(draw(st.lists(person, min_size=1, max_size=most)))
    ]
