"""One tree, one meaning: columns give what the closures of one person give, on random rules and random people."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guiyan.engine.population import duckdb_engine, polars_engine
from guiyan.engine.population.engines import Engine
from guiyan.engine.population.facts_file import open_facts
from guiyan.engine.population.plan import plan_of
from guiyan.engine.population.results import Counted
from guiyan.engine.rules import CompiledMeasure

from .world import ON, WORLD, Row, expected, measures, people, read_rows, written

People = list[dict[str, Any]]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def counted(rules: list[CompiledMeasure], rows: People) -> list[Counted]:
    found = expected(rules, rows)
    return [counted_one(rule, [row for row in found if row[1] == rule.measure.id]) for rule in rules]


def counted_one(rule: CompiledMeasure, found: list[Row]) -> Counted:
    amounts = [row[3] for row in found if row[2] == "yes"]
    stated = any(tier.most_fen is not None for tier in rule.versions[0].amounts.tiers)
    money = sum(amount or 0 for amount in amounts) if stated else None
    return Counted(rule.measure.id, len(amounts), len(found) - len(amounts), money)


def assert_as_one_by_one(engine: Engine, rules: list[CompiledMeasure], rows: People, variant: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = open_facts(written(rows, Path(folder, "facts.parquet"), variant), WORLD)
        plan = plan_of(rules, ON)
        engine.write_rows(plan, file, Path(folder, "out.parquet"))
        assert read_rows(Path(folder, "out.parquet")) == expected(rules, rows)
        assert engine.count(plan, file) == counted(rules, rows)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(measures(), people(), st.integers(0, 1))
def test_polars_gives_the_rows_and_counts_of_one_person_at_a_time(
    rules: list[CompiledMeasure], rows: People, variant: int
) -> None:
    assert_as_one_by_one(polars_engine, rules, rows, variant)


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(measures(most=5), people(most=20), st.integers(0, 1))
def test_duckdb_gives_the_rows_and_counts_of_one_person_at_a_time(
    rules: list[CompiledMeasure], rows: People, variant: int
) -> None:
    assert_as_one_by_one(duckdb_engine, rules, rows, variant)


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
@settings(max_examples=2, deadline=None, suppress_health_check=SLOW, phases=[Phase.generate])
@given(measures(most=8), people(most=30), st.integers(0, 1))
def test_spark_gives_the_rows_and_counts_of_one_person_at_a_time(
    rules: list[CompiledMeasure], rows: People, variant: int
) -> None:
    pytest.importorskip("pyspark")
    from guiyan.engine.population import spark_engine

    assert_as_one_by_one(spark_engine, rules, rows, variant)


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
@given(measures(), people())
def test_bits_say_the_same(rules: list[CompiledMeasure], rows: People) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = open_facts(written(rows, Path(folder, "facts.parquet")), WORLD)
        bits = polars_engine.bitmaps(plan_of(rules, ON), file)
    words = {True: "yes", None: "unknown"}
    found = {
        (number, name, words[value])
        for name in bits.columns
        for number, value in enumerate(bits[name])
        if value is not False
    }
    assert bits.schema == dict.fromkeys(bits.columns, pl.Boolean)
    assert found == {row[:3] for row in expected(rules, rows)}
