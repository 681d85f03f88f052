"""Decided and missing are exact: compared with trying every completion of what is unknown."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

from hypothesis import given, settings

from guiyan.engine.rules import Catalogue, evaluate, facts_in, print_expr, tree
from guiyan.engine.rules.core import variables
from guiyan.engine.rules.exact import outlook
from guiyan.engine.rules.expression import resolved
from guiyan.engine.rules.screen import values_of

from .world import DOMAINS, WORLD, fact, some_facts, trees


def decided_and_missing(text: str, facts: dict[str, Any], catalogue: Catalogue) -> tuple[bool | None, set[str]]:
    core = resolved(text, catalogue)
    found = outlook(core, values_of(variables(core), catalogue.read(facts)))
    return found.decided, {variable.fact for variable in found.matter}


def by_trying_everything(text: str, facts: dict[str, Any]) -> tuple[bool | None, set[str]]:
    unknown = [name for name in facts_in(text, WORLD) if name not in facts]
    answers: dict[tuple[int, ...], bool | None] = {}
    for places in product(*(range(len(DOMAINS[name])) for name in unknown)):
        chosen = {name: DOMAINS[name][place] for name, place in zip(unknown, places, strict=True)}
        answers[places] = evaluate(text, {**facts, **chosen}, WORLD)
    outcomes = set(answers.values())
    missing = {
        name
        for number, name in enumerate(unknown)
        for places, answer in answers.items()
        for other in range(len(DOMAINS[name]))
        if answers[(*places[:number], other, *places[number + 1 :])] != answer
    }
    return (outcomes.pop() if len(outcomes) == 1 else None), missing


@settings(max_examples=300, deadline=None)
@given(trees, some_facts())
def test_decided_and_missing_are_what_trying_everything_gives(node: tree.Tree, facts: dict[str, Any]) -> None:
    text = print_expr(node)
    if len([name for name in facts_in(text, WORLD) if name not in facts]) <= 4:
        assert decided_and_missing(text, facts, WORLD) == by_trying_everything(text, facts)


def test_a_rule_that_holds_either_way_is_decided() -> None:
    assert decided_and_missing("a > 2 OR a <= 2", {}, WORLD) == (True, set())
    assert decided_and_missing("a > 2 AND a <= 2", {}, WORLD) == (False, set())


def test_a_fact_that_can_no_longer_change_the_verdict_is_not_missing() -> None:
    assert decided_and_missing("flag AND a = 1", {"a": 2}, WORLD) == (False, set())
    assert decided_and_missing("flag AND (a = 1 OR b = 1)", {"b": 1}, WORLD) == (None, {"flag"})


def test_declared_bounds_count() -> None:
    assert decided_and_missing("a >= 0", {}, WORLD) == (True, set())
    assert decided_and_missing("c = 4", {}, WORLD) == (False, set())


def test_facts_compared_in_a_chain_are_judged_together() -> None:
    assert decided_and_missing("a < b AND b < c AND c < a", {}, WORLD) == (False, set())
    assert decided_and_missing("a < b AND b < c", {}, WORLD) == (None, {"a", "b", "c"})


DATES = Catalogue(
    {
        each.id: each
        for each in (
            fact("graduated", "date"),
            fact("registered", "date"),
            fact("a", "int", least="0", most="4"),
            fact("b", "int", least="0", most="4"),
            fact("five_years_on", "date", derive="years_after(graduated, 5)"),
            fact("years_open", "int", derive="full_years(registered, on_day)"),
            fact("both", "int", derive="a + b"),
        )
    }
)


def test_dates_of_two_unknown_facts_can_still_be_either() -> None:
    text = "registered <= five_years_on"
    assert decided_and_missing(text, {}, DATES) == (None, {"graduated", "registered"})
    assert decided_and_missing(text, {"graduated": "2020-06-30"}, DATES) == (None, {"registered"})
    assert decided_and_missing(text, {"graduated": "2020-06-30", "registered": "2025-06-30"}, DATES) == (True, set())
    assert decided_and_missing(text, {"graduated": "2020-06-30", "registered": "2025-07-01"}, DATES) == (False, set())


def test_a_date_bound_twice_is_decided_only_when_no_day_fits() -> None:
    text = "registered <= five_years_on AND registered > '2026-01-01'"
    assert decided_and_missing(text, {"graduated": "2020-01-01"}, DATES) == (False, set())
    assert decided_and_missing(text, {"graduated": "2022-01-01"}, DATES) == (None, {"registered"})


def test_a_sum_of_unknown_facts_errs_towards_unknown() -> None:
    assert decided_and_missing("both >= 3", {}, DATES) == (None, {"a", "b"})
    assert decided_and_missing("both >= 3", {"a": 3}, DATES) == (True, set())
    assert decided_and_missing("both >= 3 AND both < 3", {}, DATES)[0] is None


def test_many_unknown_facts_are_judged_apart() -> None:
    names = [f"f{number}" for number in range(40)]
    wide = Catalogue({name: fact(name, "int") for name in names})
    text = " AND ".join(f"({name} > 5 OR {name} < 2)" for name in names)
    assert decided_and_missing(text, {}, wide) == (None, set(names))


def test_today_is_known_on_the_day_asked() -> None:
    assert evaluate("years_open >= 1", {"registered": "2025-06-08"}, DATES, on=dt.date(2026, 6, 8)) is True
    assert evaluate("years_open >= 1", {"registered": "2025-06-09"}, DATES, on=dt.date(2026, 6, 8)) is False
    assert evaluate("years_open >= 1", {"registered": "2025-06-09"}, DATES) is None
