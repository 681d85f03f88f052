"""`bin/guiyan bench match`: one JSON object, made-up people that are the same each time, a bound missed is exit 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from guiyan.cli import bench, bench_match
from guiyan.cli.bench_measures import distinct, made_measures
from guiyan.cli.bench_people import FACTS, write_people
from guiyan.engine.population import check, open_facts, plan_of
from guiyan.packs import find_pack, load_pack

CATALOGUE = load_pack(find_pack("xianning")).catalogue


def test_the_figures_stand_beside_their_reference(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ["match", "--people", "3000", "--measures", "4", "--rounds", "1", "--folder", str(tmp_path)]
    assert bench.run([*arguments, "--without", "openfisca"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["people"], found["measures"], found["missed"]) == (3000, 4, [])
    assert found["reference"] in ("polars-sum", "duckdb-sum")
    assert found["ratio"] == pytest.approx(found["seconds"] / found["reference_seconds"], rel=0.05)
    assert set(found["paths"]) == {"counts", "bitmaps", "rows", "duckdb"}
    assert found["paths"]["duckdb"]["equal"] is True
    assert all(each["peak_mb"] > 0 for each in found["paths"].values())
    assert list(tmp_path.iterdir()) == []


def test_made_up_people_are_possible_and_the_same_each_time(tmp_path: Path) -> None:
    frames = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_people(tmp_path / name, 2000, CATALOGUE)
        frames.append(pl.read_parquet(tmp_path / name))
    assert frames[0].equals(frames[1])
    assert len(FACTS) == 26
    unknown = [frames[0][name].null_count() / 2000 for name in FACTS]
    assert min(unknown) > 0.03 and max(unknown) < 0.25
    file = open_facts(tmp_path / "one", CATALOGUE)
    check(file)
    assert file.kind == "person"


def test_made_up_measures_ask_five_conditions_and_share_them() -> None:
    from datetime import date

    measures = made_measures(40, CATALOGUE)
    conditions = [each.when for one in measures for each in one.measure.versions[0].conditions.values()]
    assert (len(conditions), len(set(conditions))) == (200, distinct())
    few, many = (plan_of(made_measures(count, CATALOGUE), date(2026, 6, 8)) for count in (40, 200))
    assert len(few.questions) == len(many.questions)
    assert not any(measure.nobody for measure in many.measures)


def figures(ratio: float, peak: int, equal: bool = True) -> dict[str, dict[str, Any]]:
    own = {"ratio": ratio, "peak_mb": peak}
    return {"counts": own, "bitmaps": own, "rows": own, "duckdb": {**own, "equal": equal}}


@pytest.mark.parametrize(
    ("paths", "people", "missed"),
    [
        (figures(2.5, 600), 10_000_000, []),
        (figures(2.6, 600), 10_000_000, ["counts: ratio above 2.5"]),
        (figures(9.0, 900), 1_000_000, []),
        (figures(1.0, 601), 60_000_000, ["counts: more than 600 MB", "rows: more than 600 MB"]),
        (figures(1.0, 100, equal=False), 1000, ["duckdb differs from Polars"]),
    ],
)
def test_bounds_hold_from_ten_million_people_on(
    paths: dict[str, dict[str, Any]], people: int, missed: list[str]
) -> None:
    assert bench_match.missed(paths, people) == missed


def test_without_the_space_nothing_is_begun(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert bench_match.run(["--people", str(10**13), "--folder", str(tmp_path)]) == 1
    assert "MB are needed" in capsys.readouterr().err
