"""`bin/guiyan link` and `bench link`: one JSON object, Parquet in and out, refusals in words."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from guiyan.cli import bench, bench_link, link
from guiyan.cli.link_bench import errors, heldout, world
from guiyan.engine.linkage import load_settings
from guiyan.engine.values.id_numbers import verified_id_number
from tests.engine.linkage.people import person, written

NUMBER = "11010519491231002X"


def test_two_files_are_linked_and_summed_up(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    left = written([person("n1", "张伟", id_number=NUMBER), person("n2", "李娜")], tmp_path / "left.parquet")
    right = written([person("k1", "張偉", id_number=NUMBER)], tmp_path / "right.parquet")
    out = tmp_path / "out.parquet"
    assert link.run(["--left", str(left), "--right", str(right), "--out", str(out)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["left"], found["right"], found["auto"], found["review"]) == (2, 1, 1, 0)
    assert found["settings"] == load_settings().version
    links = pl.read_parquet(out)
    assert links.columns == ["left_id", "right_id", "probability", "decision", "reason"]
    assert links.row(0)[:2] == ("n1", "k1")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_wrong_file_is_refused_and_nothing_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    left = written([person("n1", "张伟")], tmp_path / "left.parquet")
    wrong = tmp_path / "wrong.parquet"
    pl.read_parquet(left).drop("school").write_parquet(wrong)
    out = tmp_path / "out.parquet"
    assert link.run(["--left", str(left), "--right", str(wrong), "--out", str(out)]) == 1
    said = capsys.readouterr()
    assert "no column school" in said.err and said.out == "" and not out.exists()


def test_weights_are_not_trained_on_too_few_numbers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    left = written([person("n1", "张伟", id_number=NUMBER)], tmp_path / "left.parquet")
    arguments = ["--left", str(left), "--right", str(left), "--out", str(tmp_path / "mine.json"), "--train", "试"]
    assert link.run(arguments) == 1
    assert "1000 pairs with the same verified number are needed" in capsys.readouterr().err


def test_the_bench_measures_both_error_models_beside_the_plain_join(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status = bench.run(["link", "--left", "600", "--right", "2000", "--without-tables", "--folder", str(tmp_path)])
    found = json.loads(capsys.readouterr().out)
    assert status == (1 if found["missed"] else 0)
    assert found["precision"] >= bench_link.PRECISION
    assert found["recall"] > found["reference_recall"]
    assert found["held_out"]["precision"] >= 0.98
    assert found["one"]["people"] > 0 and found["one"]["auto_right"] == found["one"]["auto"]
    assert {"seconds", "peak_mb", "review", "ratio", "reference_seconds", "machine"} <= set(found)


def test_a_missed_bound_is_named() -> None:
    good = {"precision": 0.999, "recall": 0.98, "seconds": 100, "peak_mb": 3000, "one": {"ms_95": 20}}
    large = bench_link.BOUNDED_FROM
    assert bench_link.missed(good, large) == []
    for wrong in ({"precision": 0.99}, {"recall": 0.9}, {"seconds": 601}, {"peak_mb": 9000}, {"one": {"ms_95": 151}}):
        assert len(bench_link.missed(good | wrong, large)) == 1
    assert bench_link.missed(good | {"seconds": 601}, (1_000_000, 2_000_000)) == []


def test_made_up_people_are_the_same_each_time_and_have_numbers_of_their_own(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        population = world.write_population(folder, 3_000, seed=3)
        world.write_register(population, folder / "known", 2_000, "k", errors.known, 3)
        world.write_register(population, folder / "new", 500, "n", heldout.new, 3)
        files.append([pl.read_parquet(folder / each) for each in ("known", "new")])
    assert all(a.equals(b) for a, b in zip(*files, strict=True))
    known, new = files[0]
    assert (len(known), len(new)) == (2_000, 500)
    numbers = known["id_number"].drop_nulls()
    assert numbers.n_unique() == len(numbers)
    assert all(verified_id_number(number) == number for number in numbers)
    both = set(known["id"].str.slice(1)) & set(new["id"].str.slice(1))
    assert 0.6 < len(both) / 500 < 0.8
