"""What if: people in, people out and money, by group, as counting one person at a time gives them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from guiyan.engine.population import PopulationError, open_facts, plan_of
from guiyan.engine.population.whatif import by_age, by_county, compare
from guiyan.engine.rules import CompiledMeasure, parse

from .world import ON, WORLD, Row, compiled, expected, measures, people, written

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
