"""Parameters by region, on random values and places: the same as the rule with the value of the place written in."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from guiyan.engine.rules import Measure, compile_measure, print_expr, screen, tree
from guiyan.engine.values import region_code, region_span

from .world import DOMAINS, INTS, OPS, WORLD

ON = dt.date(2026, 6, 8)
CODES = ["4212", "421224", "421224107", "421281"]
RULES = st.builds(lambda op, left: tree.Compare(op, left, tree.Name("limit")), st.sampled_from(OPS), INTS)
NEGATED = RULES | RULES.map(tree.Not) | st.builds(lambda one, two: tree.all_of([one, two]), RULES, RULES.map(tree.Not))


def verdict(rule: tree.Tree, parameter: dict[str, object], facts: dict[str, object]) -> tuple[str, set[str]]:
    version = {
        "from": "2025-01-01",
        "parameters": {"limit": {"label": "x", "type": "int", "set_by": "x", **parameter}},
        "conditions": {"c": {"label": "x", "when": print_expr(rule)}},
        "benefit": {"kind": "grant"},
    }
    declared = {
        "id": "m",
        "title": "m",
        "for": "person",
        "clause": {"document": "d", "plan": "p", "section": "s"},
        "strength": "shall",
        "versions": [version],
    }
    compiled = compile_measure(Measure.model_validate(declared), WORLD)
    (found,) = screen([compiled], facts, on=ON, kind="person")
    return found.verdict, set(found.missing)


def value_at(place: int, values: dict[str, str]) -> str | None:
    """Of the smallest region listed around the place."""
    around = [code for code in values if region_span(region_code(code))[0] <= place < region_span(region_code(code))[1]]
    return values[max(around, key=lambda code: len(code))] if around else None


VALUES = st.dictionaries(st.sampled_from(CODES), st.integers(0, 4).map(str), min_size=1)
FACTS = st.fixed_dictionaries({name: st.sampled_from(DOMAINS[name]) for name in ("a", "b", "c")})


@given(NEGATED, VALUES, FACTS, st.sampled_from(DOMAINS["place"]))
def test_the_value_of_the_place_counts(
    rule: tree.Tree, values: dict[str, str], facts: dict[str, object], place: int
) -> None:
    found = verdict(rule, {"by_region": values, "on": "place"}, {**facts, "place": place})
    value = value_at(place, values)
    assert found == (("no", set()) if value is None else verdict(rule, {"value": value}, facts))


@given(NEGATED, VALUES, FACTS)
def test_an_unknown_place_is_missing_where_it_would_decide(
    rule: tree.Tree, values: dict[str, str], facts: dict[str, object]
) -> None:
    everywhere = {
        verdict(rule, {"by_region": values, "on": "place"}, {**facts, "place": place})[0]
        for place in (*DOMAINS["place"], *(region_code(code) for code in CODES))
    }
    found = verdict(rule, {"by_region": values, "on": "place"}, facts)
    assert found == (("unknown", {"place"}) if len(everywhere) > 1 else (everywhere.pop(), set()))
