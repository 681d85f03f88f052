"""`bin/guiyan screen` and `pack check|schema` as programs see them: JSON out, words on standard error, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guiyan.cli import pack as pack_command
from guiyan.cli import screen as screen_command

from .folders import copied, edit


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(facts: object, *more: str, kind: str = "person", content: str | None = None) -> tuple[int, Any, str]:
        path = tmp_path / "facts.json"
        path.write_text(content if content is not None else json.dumps({"kind": kind, "facts": facts}))
        status = screen_command.run(["--city", "xianning", "--facts", str(path), "--on", "2026-06-08", *more])
        captured = capsys.readouterr()
        return status, json.loads(captured.out) if captured.out else None, captured.err

    return run


def subsidy(answer: Any) -> dict[str, Any]:
    (found,) = [measure for measure in answer["measures"] if measure["id"] == "startup-subsidy"]
    return found  # type: ignore[no-any-return]


def test_a_returning_founder_preliminarily_qualifies(ask: Any) -> None:
    status, answer, _ = ask({"is_returnee": True, "business_registrations": 1})
    assert status == 0
    assert subsidy(answer) == {
        "id": "startup-subsidy",
        "title": "一次性创业补贴",
        "verdict": "yes",
        "amount_max_yuan": 5000,
        "amount_min_yuan": 5000,
        "amount_note": None,
        "amount_missing": [],
        "rate_percent": None,
        "missing": [],
        "valid_until": None,
        "open_conditions": ["符合条件的"],
        "strength": "shall",
        "payer": "county-finance",
        "reasons": [
            {"condition": "returnee", "label": "返乡人员", "verdict": "yes"},
            {"condition": "first_time", "label": "初次办理注册登记", "verdict": "yes"},
            {"condition": "once", "label": "没有领过（每人只发一次）", "verdict": "yes"},
        ],
        "clause": {"document": "xianning-2025-homecoming", "plan": "返乡创业", "section": "二(七)"},
    }


@pytest.mark.parametrize(
    ("facts", "verdict", "missing"),
    [
        ({}, "unknown", ["is_returnee", "business_registrations"]),
        ({"is_returnee": True}, "unknown", ["business_registrations"]),
        ({"is_returnee": None}, "unknown", ["is_returnee", "business_registrations"]),
        ({"is_returnee": False}, "no", []),
        ({"business_registrations": 2}, "no", []),
        ({"business_registrations": 0}, "no", []),
        ({"is_returnee": True, "business_registrations": 1, "received": ["startup-subsidy"]}, "no", []),
        ({"is_returnee": True, "business_registrations": 1, "received": ["graduate-startup-subsidy"]}, "yes", []),
    ],
)
def test_verdict_and_missing_facts(ask: Any, facts: dict[str, Any], verdict: str, missing: list[str]) -> None:
    status, answer, _ = ask(facts)
    found = subsidy(answer)
    assert (status, found["verdict"], found["missing"]) == (0, verdict, missing)


GRADUATE = {"is_graduate": True, "graduation_date": "2021-06-30", "jobs_led_excluding_founder": 2}
FIRM = {"is_graduate_led": True, "founder_age_years": 45, "size": "small"}


@pytest.mark.parametrize(
    ("kind", "measure", "facts", "verdict", "most", "rate"),
    [
        ("person", "guarantee-loan-person", {}, "yes", 300_000, None),
        ("organisation", "guarantee-loan-firm", {"size": "micro"}, "yes", 5_000_000, None),
        ("organisation", "guarantee-loan-firm", {"size": "medium"}, "no", 5_000_000, None),
        ("person", "counter-guarantee-waiver", {"guarantee_loan_yuan": 100_000}, "yes", None, None),
        ("person", "counter-guarantee-waiver", {"guarantee_loan_yuan": 100_001}, "unknown", None, None),
        ("person", "graduate-loan-person", {"is_graduate": True, "age_years": 45}, "yes", 300_000, 50),
        ("person", "graduate-loan-person", {"is_graduate": True, "age_years": 46}, "no", 300_000, 50),
        ("organisation", "graduate-loan-firm", FIRM, "yes", 5_000_000, 50),
        ("organisation", "graduate-loan-firm", {**FIRM, "founder_age_years": 46}, "no", 5_000_000, 50),
        ("organisation", "returnee-project-award", {"recognised_as": ["returnee-project"]}, "yes", 50_000, None),
        ("organisation", "returnee-park-award", {"recognised_as": ["returnee-park-municipal"]}, "yes", 200_000, None),
        ("organisation", "incubator-award", {"recognised_as": ["incubator-municipal"]}, "yes", 200_000, None),
        ("person", "graduate-startup-subsidy", {**GRADUATE, "business_registered_on": "2026-06-30"}, "yes", 5000, None),
        ("person", "graduate-startup-subsidy", {**GRADUATE, "business_registered_on": "2026-07-01"}, "no", 5000, None),
    ],
)
def test_every_measure_of_the_plans_answers_at_its_boundary(
    ask: Any, kind: str, measure: str, facts: dict[str, Any], verdict: str, most: int | None, rate: int | None
) -> None:
    status, answer, _ = ask(facts, kind=kind)
    (found,) = [each for each in answer["measures"] if each["id"] == measure]
    assert (status, found["verdict"], found["amount_max_yuan"], found["rate_percent"]) == (0, verdict, most, rate)


def test_the_day_of_the_verdict_counts(ask: Any) -> None:
    facts = {"is_returnee": True, "business_registrations": 1}
    assert subsidy(ask(facts, "--on", "2025-06-08")[1])["verdict"] == "no"
    assert subsidy(ask(facts, "--on", "2025-06-09")[1])["verdict"] == "yes"


def test_an_organisation_is_asked_about_its_own_measures(ask: Any) -> None:
    status, answer, _ = ask({"employees": 3}, kind="organisation")
    assert status == 0 and "startup-subsidy" not in {measure["id"] for measure in answer["measures"]}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"age_year": 30}, "unknown fact `age_year`. Did you mean age_years?"),
        ({"age_years": "30"}, "fact `age_years` (年龄): a whole number is needed"),
        ({"age_years": 30.5}, "fact `age_years`"),
        ({"age_years": -1}, "fact `age_years`"),
        ({"is_returnee": "true"}, "fact `is_returnee`"),
        ({"return_date": "2026-02-30"}, "fact `return_date`"),
        ({"degree": "phd"}, "fact `degree`"),
        ({"hukou_region": "通山县"}, "fact `hukou_region`"),
        ({"received": "startup-subsidy"}, "fact `received`"),
        ({"received_yuan": {"startup-subsidy": "5000"}}, "fact `received_yuan`"),
    ],
)
def test_wrong_facts_are_refused_by_name(ask: Any, facts: dict[str, Any], words: str) -> None:
    status, answer, error = ask(facts)
    assert (status, answer) == (1, None) and words in error


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "needed is"),
        ('{"kind": "person"}', "needed is"),
        ('{"kind": "person", "facts": [], "more": 1}', "needed is"),
        ('{"kind": "firm", "facts": {}}', "`kind` is one of person, organisation"),
        ('{"kind": "person", "facts": {"age_years": 1, "age_years": 2}}', "`age_years` is given twice"),
    ],
)
def test_a_wrong_file_is_refused_in_words(ask: Any, content: str, words: str) -> None:
    status, answer, error = ask({}, content=content)
    assert (status, answer) == (1, None) and words in error


def test_a_missing_file_a_wrong_day_and_an_unknown_city_are_refused(
    ask: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screen_command.run(["--city", "xianning", "--facts", str(tmp_path / "none.json")]) == 1
    assert ask({}, "--on", "2026-13-01")[0] == 1
    assert screen_command.run(["--city", "wuhann", "--facts", str(tmp_path / "facts.json")]) == 1
    assert "unknown city" in capsys.readouterr().err


def test_wrong_usage_is_exit_status_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        screen_command.run([])
    assert stopped.value.code == 2


def test_screening_starts_neither_django_nor_a_database() -> None:
    program = "import sys, guiyan.cli.screen; print(sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "'guiyan'" in loaded and "'django'" not in loaded and "'psycopg'" not in loaded


def test_pack_check_says_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_command.run(["check", "xianning"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] and answer["regions"] == 1193 and len(answer["digest"]) == 64


def test_pack_check_refuses_a_wrong_pack_with_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path)
    edit(folder, "measures/startup-subsidy.yaml", "when: is_returnee", "when: age_year > 3")
    edit(folder, "items/startup-subsidy.yaml", "flow: subsidy-case", "flow: subsidy")
    assert pack_command.run(["check", str(folder)]) == 1
    error = capsys.readouterr().err
    assert "startup-subsidy.yaml:10: unknown fact `age_year`. Did you mean age_years?" in error
    assert "unknown flow `subsidy`" in error and "2 problem(s)" in error


def test_pack_schema_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_command.run(["schema", "item"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "item"


def test_a_folder_that_is_none_and_a_folder_named_as_a_file_are_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pack_command.run(["check", str(tmp_path / "nowhere")]) == 1
    assert "nowhere:1: there is no such folder" in capsys.readouterr().err
    copy = copied(tmp_path)
    (copy / "measures" / "folder.yaml").mkdir()
    assert pack_command.run(["check", str(copy)]) == 1
    assert "measures/folder.yaml:1: a file is needed here, not a folder" in capsys.readouterr().err
