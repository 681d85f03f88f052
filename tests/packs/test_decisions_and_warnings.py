"""Decisions over several measures, regions of parameters, versions, and measures that nobody can meet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guiyan.packs import Problem, load_pack
from guiyan.packs.editing import edited_versions

from .folders import copied, edit, problems

SUBSIDY, FIRST = "measures/startup-subsidy.yaml", "when: business_registrations = 1"
DECISION = "label: x, from: 2026-01-01, set_by: 市人社局, document: 〔2026〕1号"


def stacking(folder: Path, text: str) -> list[str]:
    (folder / "stacking.yaml").write_text(text, encoding="utf-8")
    return problems(folder)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (
            f"excludes:\n  one:\n    {{measures: [startup-subsidy, graduate-subsidy], {DECISION}}}",
            3,
            "Did you mean graduate-startup-subsidy",
        ),
        (
            f"excludes:\n  one:\n    {{measures: [startup-subsidy, incubator-award], {DECISION}}}",
            3,
            "one subject can't receive both",
        ),
        (f"excludes:\n  one:\n    {{measures: [startup-subsidy], {DECISION}}}", 3, "at least 2 is needed"),
        (f"caps:\n  one:\n    {{measures: [startup-subsidy], most_yuan: 5k, {DECISION}}}", 3, "5000 or 12.50"),
        (
            f"caps:\n  one:\n    {{measures: [startup-subsidy], most_yuan: 5, to: 2025-12-31, {DECISION}}}",
            2,
            "before it begins",
        ),
        ("limits: {}", 1, "unknown key `limits`"),
    ],
)
def test_a_wrong_decision_is_named_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    (found,) = stacking(copied(tmp_path), text)
    assert found.startswith(f"stacking.yaml:{line}: ") and reason in found


def test_a_decision_becomes_a_condition_of_its_measures(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    measures = "startup-subsidy, graduate-startup-subsidy"
    text = f"excludes:\n  one: {{measures: [{measures}], {DECISION.replace('2026-01-01', '2027-01-01')}}}"
    assert stacking(folder, text) == []
    conditions = load_pack(folder).compiled["startup-subsidy"].versions[0].conditions
    assert [condition.id for condition in conditions] == ["returnee", "first_time", "once", "excludes:one"]


def test_overlapping_versions_are_refused_at_the_line_of_the_later_one(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    more = "versions:\n  - {from: 2025-01-01, to: 2025-06-09, conditions: {}, benefit: {kind: grant}}\n"
    line = edit(folder, SUBSIDY, "versions:\n", more)
    (found,) = problems(folder)
    assert found == f"{SUBSIDY}:{line + 2}: the version from 2025-06-09 overlaps the one from 2025-01-01"


def test_a_version_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    line = edit(folder, SUBSIDY, "from: 2025-06-09\n", "from: 2025-06-09\n    to: 2025-06-08\n")
    (found,) = problems(folder)
    assert found.startswith(f"{SUBSIDY}:{line + 1}: ") and "ends before it begins" in found


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        ("{label: x, type: date, value: 2026-02-30, set_by: x}", "is not a day of the calendar"),
        ("{label: x, type: int, value: 5.5, set_by: x}", "a whole number is needed"),
        ("{label: x, type: int, by_region: {421224: 5}, set_by: x}", "belong together"),
        ("{label: x, type: int, by_region: {421224: 5}, on: age_years, set_by: x}", "not a region"),
        ("{label: x, type: int, by_region: {429999: 5}, on: hukou_region, set_by: x}", "unknown region `429999`"),
        ("{label: x, type: int, by_region: {421224: 5, 421224000000: 6}, on: hukou_region, set_by: x}", "twice"),
    ],
)
def test_a_wrong_parameter_is_named(tmp_path: Path, parameter: str, reason: str) -> None:
    folder = copied(tmp_path)
    edit(folder, SUBSIDY, "    conditions:\n", f"    parameters: {{p: {parameter}}}\n    conditions:\n")
    (found,) = problems(folder)
    assert found.startswith(f"{SUBSIDY}:") and reason in found


def test_a_condition_by_region_needs_a_value_for_every_county(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    parameter = "{label: x, type: int, by_region: {421224: 1}, on: hukou_region, set_by: x}"
    edit(folder, SUBSIDY, "    conditions:\n", f"    parameters: {{most: {parameter}}}\n    conditions:\n")
    edit(folder, SUBSIDY, FIRST, "when: business_registrations = most")
    (found,) = problems(folder)
    assert "咸安、嘉鱼、通城、崇阳、赤壁" in found


def warned(folder: Path) -> list[str]:
    found: list[Problem] = []
    load_pack(folder, warn=found.append)
    return [f"{Path(one.file).name}:{one.line}: {one.message}" for one in found]


def test_a_measure_that_nobody_can_meet_is_warned_of(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    assert warned(folder) == []
    (folder / "examples/startup-subsidy.yaml").write_text(
        "cases:\n  - {title: x, on: 2026-06-08, facts: {}, verdict: no}\n", encoding="utf-8"
    )
    edit(folder, SUBSIDY, FIRST, "when: business_registrations = 1 AND business_registrations > 1")
    (found,) = warned(folder)
    assert found == "startup-subsidy.yaml:9: nobody can meet `startup-subsidy`: condition `first_time` never holds"


def test_successive_payments_are_a_chain_of_their_own(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    steps = "tiers: [{label: 全部, payments: {by: jobs_led, amounts_yuan: [1000, 2000]}}]}"
    edit(folder, SUBSIDY, "amount_yuan: 5000}", steps)
    found = problems(folder)
    assert any("pays in several payments: name `startup-subsidy` in `less_received`" in one for one in found), found


def test_what_is_given_once_takes_nothing_off_itself(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder, SUBSIDY, "amount_yuan: 5000}", "amount_yuan: 5000, less_received: [startup-subsidy]}")
    found = problems(folder)
    assert any("`once_per` lets item `startup-subsidy` pay once only" in one for one in found), found


def test_a_sum_in_tiers_may_be_paid_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder, SUBSIDY, "amount_yuan: 5000}", "tiers: [{label: 全部, amount_yuan: 5000}]}")
    assert problems(folder) == []


def test_a_version_in_force_that_was_edited_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = load_pack(folder)
    edit(folder, SUBSIDY, "from: 2025-06-09\n", "from: 2025-06-09\n    to: 2027-12-31\n")
    assert list(edited_versions(before, load_pack(folder), dt.date(2026, 6, 8))) == []
    edit(folder, SUBSIDY, FIRST, "when: business_registrations <= 1 AND business_registrations >= 1")
    (words,) = edited_versions(before, load_pack(folder), dt.date(2026, 6, 8))
    assert "从2025-06-09起的版本已经施行，现在改了条件。" in words
    assert list(edited_versions(before, load_pack(folder), dt.date(2025, 6, 8))) == []
