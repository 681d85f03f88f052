"""What is paid, by random tiers and people: compared with trying every completion of what is unknown."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guiyan.engine.rules import (
    CompiledMeasure,
    Measure,
    ScreenResult,
    compile_measure,
    evaluate,
    facts_in,
    print_expr,
    screen,
    tree,
)

from .world import DOMAINS, INTS, NUMBERS, OPS, WORLD, fact, some_facts, trees

ON = dt.date(2026, 6, 8)
FACTS = WORLD.with_facts([fact("received_yuan", "map", unit="元"), fact("received", "list")])
RECEIVED: list[dict[str, int]] = [{}, {"m": 1}, {"m": 3}, {"m": 6}, {"m": 1000}, {"n": 4}]
SUMS = st.integers(1, 6)
RULES = trees | st.builds(tree.Compare, st.sampled_from(OPS), INTS, NUMBERS)


@st.composite
def tiers(draw: st.DrawFn) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for place in range(draw(st.integers(1, 3))):
        tier: dict[str, Any] = {"label": f"t{place}", "when": print_expr(draw(RULES))}
        if draw(st.integers(0, 3)) == 0:
            tier["payments"] = {"by": "c", "amounts_yuan": [str(draw(SUMS)) for _ in range(draw(st.integers(2, 3)))]}
        else:
            low, high = sorted((draw(SUMS), draw(SUMS)))
            tier |= {"amount_min_yuan": str(low), "amount_max_yuan": str(high)}
        found.append(tier)
    return [*found, {"label": "rest", "amount_yuan": str(draw(SUMS))}]


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    received = draw(st.sampled_from([None, *RECEIVED]))
    return {**draw(some_facts()), **({} if received is None else {"received_yuan": received})}


def measure(declared: list[dict[str, Any]], less: bool) -> CompiledMeasure:
    benefit = {"kind": "award", "tiers": declared, "less_received": ["m"] if less else []}
    whole = {
        "id": "m",
        "title": "m",
        "for": "person",
        "clause": {"document": "d", "plan": "p", "section": "s"},
        "strength": "shall",
        "versions": [{"from": "2025-01-01", "conditions": {}, "benefit": benefit}],
    }
    return compile_measure(Measure.model_validate(whole), FACTS)


def asked(compiled: CompiledMeasure, facts: dict[str, Any]) -> ScreenResult:
    (found,) = screen([compiled], facts, on=ON, kind="person")
    return found


def by_definition(declared: list[dict[str, Any]], less: bool, facts: dict[str, Any]) -> tuple[int, int]:
    """The first tier that holds, everything being known, less what was received; in fen."""
    received = facts["received_yuan"].get("m", 0) if less else 0
    for tier in declared:
        if "when" in tier and not evaluate(
            tier["when"], {k: v for k, v in facts.items() if k != "received_yuan"}, FACTS
        ):
            continue
        low, high, before = int(tier.get("amount_min_yuan", 0)), int(tier.get("amount_max_yuan", 0)), 0
        if "amount_yuan" in tier:
            low = high = int(tier["amount_yuan"])
        if "payments" in tier:
            sums = [int(each) for each in tier["payments"]["amounts_yuan"]]
            if facts["c"] > len(sums):
                continue
            low = high = sums[facts["c"] - 1]
            before = sum(sums[: facts["c"] - 1])
        taken = max(0, received - before)
        return 100 * max(0, low - taken), 100 * max(0, high - taken)
    raise AssertionError("the last tier is for all that are left")


def facts_of(declared: list[dict[str, Any]], less: bool) -> list[str]:
    named = [fact for tier in declared if "when" in tier for fact in facts_in(tier["when"], FACTS)]
    named += ["c"] if any("payments" in tier for tier in declared) else []
    return [*dict.fromkeys(named), *(["received_yuan"] if less else [])]


@settings(max_examples=150, deadline=None)
@given(tiers(), st.booleans(), people())
def test_the_range_and_what_it_depends_on_are_what_trying_everything_gives(
    declared: list[dict[str, Any]], less: bool, facts: dict[str, Any]
) -> None:
    domains = {**DOMAINS, "received_yuan": RECEIVED}
    unknown = [name for name in facts_of(declared, less) if name not in facts]
    assume(len(unknown) <= 3)
    paid: dict[tuple[int, ...], tuple[int, int]] = {}
    for places in product(*(range(len(domains[name])) for name in unknown)):
        chosen = {name: domains[name][place] for name, place in zip(unknown, places, strict=True)}
        paid[places] = by_definition(declared, less, {**facts, **chosen})
    found = asked(measure(declared, less), facts)
    assert found.amount_min_fen == min(low for low, _ in paid.values())
    assert found.amount_max_fen == max(high for _, high in paid.values())
    if found.verdict != "no":
        depends = {
            name
            for number, name in enumerate(unknown)
            for places, sums in paid.items()
            for other in range(len(domains[name]))
            if paid[(*places[:number], other, *places[number + 1 :])] != sums
        }
        assert set(found.amount_missing) == depends


@settings(max_examples=100, deadline=None)
@given(tiers(), st.fixed_dictionaries({name: st.sampled_from(values) for name, values in DOMAINS.items()}),
       st.sampled_from(RECEIVED))  # fmt: skip
def test_whoever_is_left_nothing_is_a_no_and_all_others_are_not(
    declared: list[dict[str, Any]], facts: dict[str, Any], received: dict[str, int]
) -> None:
    everything = {**facts, "received_yuan": received, "received": []}
    _, most = by_definition(declared, True, everything)
    assert asked(measure(declared, True), everything).verdict == ("yes" if most else "no")
