"""What if: people in, people out and money, by group, as counting one person at a time gives them."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.engine.population import PopulationError, open_facts, plan_of
from guiyan.engine.population.engines import engine
from guiyan.engine.population.together import Together
from guiyan.engine.population.whatif import added, compare
from guiyan.engine.population.whatif_groups import by_age, by_county, by_month
from guiyan.engine.rules import CompiledMeasure, parse
from guiyan.engine.rules.stacking import Stacking

from .world import ON, STACKING, WORLD, Row, compiled, expected, measures, people, written

People = list[dict[str, Any]]


def told(found: pl.DataFrame) -> list[dict[str, Any]]:
    return list(found.iter_rows(named=True))


def by_hand(name: str, before: set[Row], after: set[Row], members: set[int]) -> dict[str, int]:
    def of(rows: set[Row], verdict: str) -> dict[int, int | None]:
        return {row[0]: row[3] for row in rows if row[0] in members and row[1:3] == (name, verdict)}

    was, is_ = of(before, "yes"), of(after, "yes")
    return {
        "before_people": len(was),
        "after_people": len(is_),
        "people_in": len(is_.keys() - was.keys()),
        "people_out": len(was.keys() - is_.keys()),
        "before_unknown": len(of(before, "unknown")),
        "after_unknown": len(of(after, "unknown")),
        "before_fen": sum(amount or 0 for amount in was.values()),
        "after_fen": sum(amount or 0 for amount in is_.values()),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(measures(), measures(), people())
def test_each_group_is_as_counted_by_hand(
    rules: list[CompiledMeasure], others: list[CompiledMeasure], rows: People
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = open_facts(written(rows, Path(folder, "facts.parquet")), WORLD, "person")
        found = compare(plan_of(rules, ON), plan_of(others, ON), file, {"county": by_county(file, "home")})
    before, after = expected(rules, rows), expected(others, rows)
    homes = [None if row.get("home") is None else str(row["home"] // 10**6 * 10**6) for row in rows]
    ids = list(dict.fromkeys(each.measure.id for each in (*rules, *others)))
    groups: list[str | None] = [*sorted({home for home in homes if home}), *({None} & set(homes))]
    everybody = set(range(len(rows)))
    assert told(found["all"]) == [
        {"measure_id": name, "group": None, **by_hand(name, before, after, everybody)} for name in ids
    ]
    assert told(found["county"]) == [
        {
            "measure_id": name,
            "group": group,
            **by_hand(name, before, after, {n for n, home in enumerate(homes) if home == group}),
        }
        for name in ids
        for group in groups
    ]


def test_a_lower_age_limit_by_age_group(tmp_path: Path) -> None:
    rows = [{"a": value, "for_person": True} for value in (0, 1, 2, 3, 4)] + [{"a": None, "for_person": True}]
    file = open_facts(written(rows, tmp_path / "facts.parquet"), WORLD)
    today, tomorrow = (plan_of([compiled("grant", [parse(f"a >= {limit}")])], ON) for limit in (3, 2))
    found = compare(today, tomorrow, file, {"age": by_age(pl.col("a"), (2, 4))})
    sums = {row["group"]: (row["people_in"], row["after_fen"] - row["before_fen"]) for row in told(found["age"])}
    assert sums == {"–1": (0, 0), "2–3": (1, 1250), "4–": (0, 0), None: (0, 0)}
    assert [row["after_unknown"] for row in told(found["all"])] == [1]


def test_only_regions_have_counties(tmp_path: Path) -> None:
    file = open_facts(written([{"a": 1, "for_person": True}], tmp_path / "facts.parquet"), WORLD)
    with pytest.raises(PopulationError, match="`a` is no region"):
        by_county(file, "a")


ALIKE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@ALIKE
@given(measures(), measures(), people())
def test_both_plans_are_as_each_comes_out_apart(
    rules: list[CompiledMeasure], others: list[CompiledMeasure], rows: People
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = open_facts(written(rows, Path(folder, "facts.parquet")), WORLD, "person")
        before, after = plan_of(rules, ON), plan_of(others, ON)
        found = compare(before, after, file, {"month": by_month(before, after, file)})
        apart = {side: engine("polars").count(plan, file) for side, plan in (("before", before), ("after", after))}
    for side, counts in apart.items():
        own = {one.measure: one for one in counts}
        for row in told(found["all"]):
            one = own.get(row["measure_id"])
            expect = (one.yes, one.unknown, one.amount_max_fen or 0) if one else (0, 0, 0)
            assert (row[f"{side}_people"], row[f"{side}_unknown"], row[f"{side}_fen"]) == expect
    sums = [name for name in found["all"].columns if name not in ("measure_id", "group")]
    by_month_again = found["month"].group_by("measure_id", maintain_order=True).agg(pl.col(sums).sum())
    assert told(by_month_again) == told(found["all"].select("measure_id", *sums))


@ALIKE
@given(measures(), measures(), people(), people())
def test_people_in_two_parts_add_up_to_all_at_once(
    rules: list[CompiledMeasure], others: list[CompiledMeasure], some: People, more: People
) -> None:
    before, after = plan_of(rules, ON), plan_of(others, ON)
    with tempfile.TemporaryDirectory() as folder:
        files = [
            open_facts(written(rows, Path(folder, f"{place}.parquet")), WORLD, "person")
            for place, rows in enumerate((some, more, [*some, *more]))
        ]
        one, other, both = (
            compare(
                before,
                after,
                file,
                {"county": by_county(file, "home"), "month": by_month(before, after, file)},
                Together(("m0", "m1")),
            )
            for file in files
        )
    sums = added([one, other])
    assert {name: told(each) for name, each in sums.items()} == {name: told(each) for name, each in both.items()}


def in_all_by_hand(amounts: dict[str, int], left: int | None, apart: frozenset[str]) -> int:
    """The largest first; `left` of the cap over m0 and m1; one alone of those apart."""
    total, had = 0, set[str]()
    for name in sorted(amounts, key=lambda each: (-amounts[each], each)):
        sum_ = amounts[name] if left is None or name not in ("m0", "m1") else min(amounts[name], left)
        if sum_ > 0 and not (name in apart and had & apart):
            had.add(name)
            total += sum_
            left = left if left is None or name not in ("m0", "m1") else left - sum_
    return total


@ALIKE
@given(measures(), people(), st.sampled_from([frozenset(), frozenset({"m0", "m1"}), frozenset({"m0", "m1", "m2"})]))
def test_money_in_all_is_after_caps_and_excludes(
    rules: list[CompiledMeasure], rows: People, apart: frozenset[str]
) -> None:
    plan = plan_of(rules, ON)
    ids = tuple(measure.measure.id for measure in rules)
    with tempfile.TemporaryDirectory() as folder:
        file = open_facts(written(rows, Path(folder, "facts.parquet")), WORLD, "person")
        found = compare(plan, plan, file, {}, Together(ids, (), (apart,)))
    (whole,) = [row for row in told(found["all"]) if row["measure_id"] == ""]
    outcome = expected(rules, rows)
    yes = {
        number: {row[1]: row[3] or 0 for row in outcome if row[:3:2] == (number, "yes")} for number in range(len(rows))
    }
    open_ = {row[0] for row in outcome if row[2] == "unknown"}
    assert whole["after_people"] == whole["before_people"] == sum(bool(sums) for sums in yes.values())
    assert whole["after_unknown"] == sum(number in open_ and not sums for number, sums in yes.items())
    capped = bool(rules[0].versions[0].amounts.ceilings)
    lefts = {number: cap_left(row) if capped else None for number, row in enumerate(rows)}
    assert whole["after_fen"] == sum(in_all_by_hand(sums, lefts[number], apart) for number, sums in yes.items())
    assert whole["before_fen"] == sum(in_all_by_hand(sums, lefts[number], frozenset()) for number, sums in yes.items())


def cap_left(row: dict[str, Any]) -> int:
    had = row.get("received_yuan")
    most = 28_00
    return most if had is None else max(0, most - 100 * (had.get("m0", 0) + had.get("m1", 0)))


def test_two_measures_under_a_cap_cost_the_cap(tmp_path: Path) -> None:
    """20 and 15 yuan under a cap of 28 are 28 for whoever meets both; under an exclusion 20."""
    rows = [{"a": value, "for_person": True, "received_yuan": {}} for value in (0, 1, 2)]
    file = open_facts(written(rows, tmp_path / "facts.parquet"), WORLD)
    pair = [("m0", "a >= 1", "20"), ("m1", "a >= 2", "15")]

    def plan(stacking: Stacking) -> Any:
        return plan_of([compiled(n, [parse(w)], benefit={"amount_yuan": y}, stacking=stacking) for n, w, y in pair], ON)

    found = compare(plan(Stacking()), plan(STACKING), file, {}, Together(("m0", "m1")))
    (row,) = [row for row in told(found["all"]) if row["measure_id"] == ""]
    assert (row["before_people"], row["before_fen"], row["after_fen"]) == (2, 55_00, 48_00)
    both = frozenset({"m0", "m1"})
    found = compare(plan(Stacking()), plan(Stacking()), file, {}, Together(("m0", "m1"), (), (both,)))
    assert [row["after_fen"] for row in told(found["all"]) if row["measure_id"] == ""] == [40_00]


def test_the_month_is_that_of_the_latest_day_which_conditions_ask_for(tmp_path: Path) -> None:
    days = [(dt.date(2020, 1, 31), dt.date(2020, 6, 30)), (dt.date(2025, 9, 1), dt.date(2020, 6, 30)), (None, None)]
    rows = [{"graduated": one, "registered": other, "for_person": True} for one, other in days]
    file = open_facts(written(rows, tmp_path / "facts.parquet"), WORLD)
    dated = compiled("dated", [parse("registered <= five_years_on")])
    undated = compiled("undated", [parse("for_person")])
    plan = plan_of([dated, undated], ON)
    found = compare(plan, plan, file, {"month": by_month(plan, plan, file)})
    each = {
        (row["measure_id"], row["group"]): (row["after_people"], row["after_unknown"]) for row in told(found["month"])
    }
    assert each == {
        ("dated", "202006"): (1, 0),
        ("dated", "202509"): (1, 0),
        ("dated", None): (0, 1),
        ("undated", None): (3, 0),
    }
