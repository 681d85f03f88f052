"""Scalars stay what was written, until a field's type says what they are."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from guiyan.engine.values.declared import Declared, YamlBool, YamlInt, YamlRegion, YamlYuan
from guiyan.engine.values.regions import region_code, region_span
from guiyan.packs.yamltree import read_tree


def test_no_leading_zeros_and_times_of_day_survive(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("answer: no\ncode: 0421\nat: 8:30\nempty:\nnull_text: null\nlist: [on, 1_000, 0x10]\n")
    assert read_tree(path, "a.yaml").data == {
        "answer": "no",
        "code": "0421",
        "at": "8:30",
        "empty": None,
        "null_text": "null",
        "list": ["on", "1_000", "0x10"],
    }


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a:\n  b: 1\n  c:\n    - x\n    - {d: y}\n")
    tree = read_tree(path, "a.yaml")
    assert tree.line(("a", "b")) == 2
    assert tree.line(("a", "c", 1, "d")) == 5
    assert tree.line(("a", "missing", "deeper")) == 1


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("名: 值".encode("gbk"))
    (problem,) = read_tree(path, "a.yaml").problems
    assert "UTF-8" in problem.message


class Model(Declared):
    number: YamlInt = 0
    flag: YamlBool = False
    region: YamlRegion = 420000000000
    money: YamlYuan = Decimal(0)


@pytest.mark.parametrize(("written", "value"), [("0", 0), ("-7", -7), ("123", 123)])
def test_whole_numbers(written: str, value: int) -> None:
    assert Model.model_validate({"number": written}).number == value


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "007"},
        {"number": "1_000"},
        {"number": "1.0"},
        {"number": "0x10"},
        {"number": True},
        {"number": "9" * 30},
        {"flag": "yes"},
        {"flag": "1"},
        {"flag": 1},
        {"region": "0421"},
        {"region": "42122"},
        {"region": "42122４"},
        {"money": "1.005"},
        {"money": "-1"},
        {"money": "1e3"},
        {"money": "5,000"},
    ],
)
def test_what_only_looks_like_a_value_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"needed|too large"):
        Model.model_validate(wrong)


def test_regions_are_intervals() -> None:
    assert region_code("4212") == 421200000000
    assert region_span(421224000000) == (421224000000, 421225000000)
    assert region_span(421202900000) == (421202900000, 421202901000)
    assert region_span(421224107201) == (421224107201, 421224107202)
