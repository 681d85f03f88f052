"""`bin/guiyan match`: a file of people and a file of firms, with nothing else said, by every engine."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from guiyan.cli import match
from guiyan.engine.rules import screen
from guiyan.packs import find_pack, load_pack

ON = "2026-06-08"
PEOPLE: list[dict[str, Any]] = [
    {"is_returnee": True, "business_registrations": 1, "received": []},
    {"is_returnee": True, "business_registrations": 1},
    {"is_returnee": True, "business_registrations": 2, "received": []},
    {"is_graduate": True, "age_years": 45},
    {"is_graduate": True, "age_years": 46},
    {
        "is_graduate": True,
        "graduation_date": dt.date(2020, 2, 29),
        "business_registered_on": dt.date(2025, 2, 28),
        "jobs_led_excluding_founder": 2,
        "received": ["startup-subsidy"],
    },
    {
        "is_graduate": True,
        "graduation_date": dt.date(2020, 2, 29),
        "business_registered_on": dt.date(2025, 3, 1),
        "jobs_led_excluding_founder": 2,
        "received": [],
    },
    {"guarantee_loan_yuan": 100_000},
    {"guarantee_loan_yuan": 100_001, "is_second_startup": True, "operation_stable": True},
    {},
]
FIRMS: list[dict[str, Any]] = [
    {"size": "small", "is_graduate_led": True, "founder_age_years": 45},
    {"size": "large", "is_graduate_led": True, "founder_age_years": 45},
    {"size": "micro", "recognised_as": ["incubator-municipal"], "received": [], "received_yuan": []},
    {"recognised_as": ["returnee-project"]},
]
TYPES = {"received": pl.List(pl.String), "recognised_as": pl.List(pl.String)}


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    names = dict.fromkeys(name for row in rows for name in row if name != "received_yuan")
    columns = {name: pl.Series(name, [row.get(name) for row in rows], TYPES.get(name)) for name in names}
    pl.DataFrame({"subject_id": list(range(len(rows))), **columns}).write_parquet(path)
    return path


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(("kind", "rows"), [("person", PEOPLE), ("organisation", FIRMS)])
def test_everybody_gets_what_one_alone_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, rows: list[dict[str, Any]], engine: str
) -> None:
    file, out = written(tmp_path / "facts.parquet", rows), tmp_path / "out.parquet"
    arguments = ["--city", "xianning", "--facts-parquet", str(file), "--out", str(out), "--engine", engine, "--on", ON]
    assert match.run(arguments) == 0
    said = capsys.readouterr()
    summary = json.loads(said.out)
    pack = load_pack(find_pack("xianning"))
    expected = {
        (number, each.id, each.verdict, each.amount_max_fen, each.missing)
        for number, row in enumerate(rows)
        for each in screen(
            pack.compiled.values(),
            {name: value for name, value in row.items() if name != "received_yuan"},
            on=dt.date.fromisoformat(ON),
            kind=kind,
        )
        if each.verdict in ("yes", "unknown")
    }
    found = pl.read_parquet(out)
    assert found.columns == ["subject_id", "measure_id", "verdict", "amount_max_fen", "missing"]
    assert {(*row[:4], tuple(row[4])) for row in found.iter_rows()} == expected
    assert (summary["kind"], summary["subjects"]) == (kind, len(rows))
    assert {each["id"]: (each["yes"], each["unknown"]) for each in summary["measures"]} == {
        measure.id: tuple(sum(row[1:3] == (measure.id, verdict) for row in expected) for verdict in ("yes", "unknown"))
        for measure in pack.measures.values()
        if measure.kind == kind
    }
    assert f"{len(rows)} subjects" in said.err


def test_boundaries_are_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.parquet"
    file = written(tmp_path / "facts.parquet", PEOPLE)
    assert match.run(["--city", "xianning", "--facts-parquet", str(file), "--out", str(out), "--on", ON]) == 0
    rows = pl.read_parquet(out)
    yes = {row[:2] for row in rows.filter(pl.col("verdict") == "yes").iter_rows()}
    unknown = {row[:2]: row[4] for row in rows.filter(pl.col("verdict") == "unknown").iter_rows()}
    assert {number for number, name in yes if name == "graduate-loan-person"} == {3}
    assert {number for number, name in yes if name == "graduate-startup-subsidy"} == {5}
    assert {number for number, name in yes if name == "startup-subsidy"} == {0}
    assert unknown[1, "startup-subsidy"] == ["received"]
    assert (6, "graduate-startup-subsidy") not in yes | unknown.keys()
    assert (7, "counter-guarantee-waiver") in yes
    assert "warning: no column `credit_ok`: it is unknown of everybody" in capsys.readouterr().err


def test_after_its_term_a_measure_is_named_as_expired_and_given_to_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = written(tmp_path / "facts.parquet", FIRMS), tmp_path / "out.parquet"
    assert match.run(["--city", "xinxiang", "--facts-parquet", str(file), "--out", str(out), "--on", "2025-01-01"]) == 0
    assert json.loads(capsys.readouterr().out)["not_in_force"]["listing-award"] == "expired"
    assert pl.read_parquet(out).height == 0


@pytest.mark.parametrize(
    ("column", "arguments", "words"),
    [
        ({"age_year": [1]}, [], "unknown fact `age_year`"),
        ({"age_years": [200]}, [], "row 1, subject 0: column `age_years`"),
        ({"age_years": [20]}, ["--on", "2026-02-30"], "--on"),
        ({"age_years": [20]}, ["--out", "/nowhere/out.parquet"], "there is no folder"),
        ({"credit_ok": [True]}, [], "give --kind"),
    ],
)
def test_what_is_wrong_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: dict[str, Any], arguments: list[str], words: str
) -> None:
    pl.DataFrame({"subject_id": [0], **column}).write_parquet(tmp_path / "facts.parquet")
    out = ["--facts-parquet", str(tmp_path / "facts.parquet"), "--out", str(tmp_path / "out.parquet")]
    assert match.run(["--city", "xianning", *out, *arguments]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert not (tmp_path / "out.parquet").exists()
