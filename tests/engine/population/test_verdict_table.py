"""Persons change, measures change, days pass: the table says after every step what a full run says."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.engine.population import PopulationError, open_facts
from guiyan.engine.population.facts_file import FactsFile
from guiyan.engine.population.verdict_table import VerdictTable
from guiyan.engine.rules import CompiledMeasure, parse

from .world import DOMAINS, ON, WORLD, Row, compiled, expected, measures, people, written

Facts = dict[str, Any]
LATER = [{"from": "2026-03-10"}, {"from": "2026-09-01", "to": "2026-12-31"}]
one_measure = measures(most=1).map(lambda found: found[0])
changed_facts = st.fixed_dictionaries(
    {name: st.none() | st.sampled_from(values) for name, values in DOMAINS.items() if name != "for_organisation"}
)
steps = st.one_of(
    st.tuples(st.just("person"), st.integers(0, 9), changed_facts),
    st.tuples(st.just("measure"), st.integers(0, 2), one_measure),
    st.tuples(st.just("day"), st.sampled_from([1, 2, 11, 31, 185, 366, 900]), st.none()),
)


def in_table(table: VerdictTable) -> set[Row]:
    query = "SELECT subject_id, measure_id, verdict, amount_max_fen, missing FROM verdict WHERE verdict <> 'no'"
    return {(row[0], row[1], row[2], row[3], tuple(row[4])) for row in table.connection.execute(query).fetchall()}


@contextmanager
def opened() -> Iterator[tuple[VerdictTable, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        table = VerdictTable(Path(folder, "verdicts.duckdb"))
        try:
            yield table, Path(folder, "facts.parquet")
        finally:
            table.close()


def facts_now(rows: list[Facts], path: Path) -> FactsFile:
    return open_facts(written(rows, path), WORLD, "person")


def named(measure: CompiledMeasure, name: str) -> CompiledMeasure:
    """The measure under another's id, so that it takes its place."""
    declared = measure.measure.model_copy(update={"id": name})
    return CompiledMeasure(declared, measure.catalogue, measure.versions)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(measures(), people(most=6), st.lists(steps, min_size=1, max_size=5))
def test_any_history_ends_as_a_full_run(rules: list[CompiledMeasure], rows: list[Facts], history: list[Any]) -> None:
    day = ON
    with opened() as (table, path):
        table.run_measures(rules, facts_now(rows, path), day)
        assert in_table(table) == expected(rules, rows, on=day)
        for kind, which, what in history:
            if kind == "person":
                rows[which % len(rows)] = what
                known = {name: value for name, value in what.items() if value is not None}
                table.run_subject(rules, which % len(rows), "person", known)
            elif kind == "measure":
                place = which % len(rules)
                rules[place] = named(what, rules[place].measure.id)
                table.run_measures([rules[place]], facts_now(rows, path), day)
            else:
                day += dt.timedelta(days=which)
                table.pass_to(rules, facts_now(rows, path), day)
            assert in_table(table) == expected(rules, rows, on=day)


BORN = [{"born": dt.date(2008, 3, 1), "for_person": True}, {"born": dt.date(2008, 3, 2)}, {"born": None}]
ADULT = compiled("adult", [parse("age >= 18")])


def test_a_passing_day_judges_only_who_comes_of_age() -> None:
    with opened() as (table, path):
        file = facts_now(BORN, path)
        table.run_measures([ADULT], file, ON)
        assert in_table(table) == {(2, "adult", "unknown", 1250, ("born",))}
        assert table.due(dt.date(2026, 3, 1)).rows() == [(0, "adult")]
        assert table.pass_to([ADULT], file, dt.date(2026, 3, 1)) == 1
        assert (0, "adult", "yes", 1250, ()) in in_table(table)
        assert table.due(dt.date(2026, 3, 1)).height == 0
        assert table.pass_to([ADULT], file, dt.date(2026, 3, 2)) == 1
        assert {row[:3] for row in in_table(table)} == {
            (0, "adult", "yes"),
            (1, "adult", "yes"),
            (2, "adult", "unknown"),
        }


def test_who_is_out_for_another_reason_is_not_asked_again_when_the_day_comes() -> None:
    both = compiled("adult", [parse("age >= 18"), parse("for_person")])
    rows = [{"born": dt.date(2008, 3, 1), "for_person": False}, {"born": dt.date(2008, 3, 1), "for_person": True}]
    with opened() as (table, path):
        table.run_measures([both], facts_now(rows, path), ON)
        assert table.due(dt.date(2026, 3, 1)).rows() == [(1, "adult")]


def test_versions_begin_and_end_with_their_day() -> None:
    rule = compiled("adult", [parse("age >= 18")], later=LATER)
    with opened() as (table, path):
        rows = [{"born": dt.date(2000, 1, 1), "for_person": True}]
        file = facts_now(rows, path)
        table.run_measures([rule], file, ON)
        for day in (dt.date(2026, 3, 10), dt.date(2026, 12, 31)):
            table.pass_to([rule], file, day)
            assert {row[2] for row in in_table(table)} == {"yes"}
        table.pass_to([rule], file, dt.date(2027, 1, 1))
        assert in_table(table) == set()


def test_a_subject_that_is_gone_leaves_nothing() -> None:
    with opened() as (table, path):
        table.run_measures([ADULT], facts_now(BORN, path), ON)
        table.run_subject([ADULT], 2, "person", None)
        assert in_table(table) == set()


def test_the_table_does_not_go_back_and_other_days_are_not_mixed_in() -> None:
    with opened() as (table, path):
        with pytest.raises(PopulationError, match="run the measures for everybody first"):
            table.run_subject([ADULT], 1, "person", {})
        file = facts_now(BORN, path)
        table.run_measures([ADULT], file, ON)
        with pytest.raises(PopulationError, match="can't go back"):
            table.pass_to([ADULT], file, ON - dt.timedelta(days=1))
        with pytest.raises(PopulationError, match="pass it to"):
            table.run_measures([ADULT], file, ON + dt.timedelta(days=1))
