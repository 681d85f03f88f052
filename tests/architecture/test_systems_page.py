"""docs/systems.md says of all 108 systems where they stand, and names only what exists."""

from __future__ import annotations

import re

from tests.architecture.contract import ROOT

ROW = re.compile(r"^\| ([A-K]\d+) \|([^|]+)\|([^|]+)\|([^|]*)\|([^|]*)\|([^|]*)\|$", re.M)


def rows() -> list[tuple[str, ...]]:
    return ROW.findall((ROOT / "docs" / "systems.md").read_text(encoding="utf-8"))


def test_each_system_has_its_row() -> None:
    ids = [row[0] for row in rows()]
    assert len(ids) == len(set(ids)) == 108


def test_a_row_is_there_with_page_and_test_or_says_that_it_is_not() -> None:
    for _, name, today, _, page, test in rows():
        is_there = today.strip() != "not there yet"
        assert is_there == bool(test.strip()) == bool(page.strip()), name


def test_what_a_row_names_exists() -> None:
    for _, _, _, pack, _, tests in rows():
        named = [path.strip() for path in tests.split(",") if path.strip()]
        named += [path.removeprefix("../") for path in re.findall(r"\]\((.*?)\)", pack)]
        for path in named:
            assert (ROOT / path).exists(), path


def test_the_count_on_top_is_true() -> None:
    text = (ROOT / "docs" / "systems.md").read_text(encoding="utf-8")
    stated = int(re.search(r"Today (\d+) rows", text)[1])  # type: ignore[index]
    assert stated == sum(row[2].strip() != "not there yet" for row in rows())
