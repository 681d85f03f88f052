"""What of a measure may be changed, and the measure that comes of it: everything else stays as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.engine.rules import Measure, RuleError, compile_measure, parse, print_expr, screen, tree
from guiyan.engine.rules.literals import limits, with_limits
from guiyan.engine.rules.stacking import Stacking
from guiyan.engine.rules.variants import changed_measure, changed_stacking, settings_of, settings_of_caps
from tests.engine.population.world import ON, PARAMETERS, STACKING, WORLD, trees


def measure(**version: Any) -> Measure:
    own = {"from": "2020-01-01", "conditions": {}, "benefit": {"kind": "grant", "amount_yuan": "5000"}, **version}
    return Measure.model_validate(
        {
            "id": "m0",
            "title": "m0",
            "for": "person",
            "clause": {"document": "d", "plan": "p", "section": "s"},
            "strength": "shall",
            "versions": [own],
        }
    )


def condition(when: str) -> dict[str, dict[str, str]]:
    return {"one": {"label": "条件", "when": when}}


def places(one: Measure) -> dict[str, str]:
    return {each.place: each.today for each in settings_of(one.versions[0], WORLD)}


@settings(deadline=None)
@given(trees)
def test_a_condition_with_its_own_values_put_in_is_itself(node: tree.Tree) -> None:
    own = {number: limit.value for number, limit in enumerate(limits(node, WORLD))}
    assert with_limits(node, WORLD, own) == node == with_limits(node, WORLD, {})


@settings(deadline=None)
@given(trees, st.data())
def test_one_value_put_in_is_the_only_one_that_changes(node: tree.Tree, data: st.DataObject) -> None:
    before = limits(node, WORLD)
    if not before:
        return
    place = data.draw(st.integers(0, len(before) - 1))
    other = tree.Number(77) if isinstance(before[place].value, tree.Number) else tree.Text("1999-12-31")
    after = limits(with_limits(node, WORLD, {place: other}), WORLD)
    assert [limit.value for limit in after] == [
        other if number == place else limit.value for number, limit in enumerate(before)
    ]


@settings(deadline=None, max_examples=50)
@given(st.lists(trees, min_size=1, max_size=3))
def test_the_values_of_today_change_nothing(nodes: list[tree.Tree]) -> None:
    conditions = {f"c{place}": {"label": "条件", "when": print_expr(node)} for place, node in enumerate(nodes)}
    one = measure(conditions=conditions, parameters=PARAMETERS)
    same = changed_measure(one, 0, WORLD, places(one))
    assert same.versions[0].benefit == one.versions[0].benefit
    assert {name: parse(each.when) for name, each in same.versions[0].conditions.items()} == {
        name: parse(each.when) for name, each in one.versions[0].conditions.items()
    }


def test_every_kind_of_value_can_be_changed() -> None:
    payments = {"by": "stage", "amounts_yuan": ["5", "10"]}
    tiers = [
        {"label": "一", "when": "a >= 3", "payments": payments},
        {"label": "二", "amount_yuan": ":sum", "rate_percent": "50"},
    ]
    one = measure(
        conditions={
            "young": {"label": "年轻", "when": "age BETWEEN 16 AND 45 AND flag"},
            "level": {"label": "学历", "when": "level >= 'middle' OR registered <= '2025-01-01'"},
        },
        parameters=PARAMETERS,
        benefit={"kind": "grant", "tiers": tiers},
        to="2026-12-31",
    )
    changes = {
        "conditions.young.1": "50",
        "conditions.level.0": "high",
        "conditions.level.1": "2026-01-01",
        "parameters.sum.421224": "45",
        "benefit.tiers.0.when.0": "2",
        "benefit.tiers.0.payments.1": "12.50",
        "benefit.tiers.1.rate_percent": "60",
        "to": "",
    }
    assert changes.keys() <= places(one).keys()
    (version,) = changed_measure(one, 0, WORLD, changes).versions
    assert parse(version.conditions["young"].when) == parse("age BETWEEN 16 AND 50 AND flag")
    assert parse(version.conditions["level"].when) == parse("level >= 'high' OR registered <= '2026-01-01'")
    assert version.parameters["sum"].by_region["421224"] == "45" and version.valid_to is None
    assert version.benefit.tiers[0].when == "a >= 2" and version.benefit.tiers[1].rate_percent == "60"
    assert version.benefit.tiers[0].payments is not None
    assert version.benefit.tiers[0].payments.amounts_yuan == ("5", "12.50")


def test_a_condition_that_is_switched_off_asks_nobody() -> None:
    one = measure(conditions={**condition("a >= 3"), "two": {"label": "条件", "when": "flag"}})
    without = changed_measure(one, 0, WORLD, {"conditions.one.off": "true"})
    assert list(without.versions[0].conditions) == ["two"]
    (found,) = screen([compile_measure(without, WORLD)], {"a": 0, "flag": True}, on=ON, kind="person")
    assert found.verdict == "yes"
    assert changed_measure(one, 0, WORLD, {"conditions.one.off": ""}) == one


def test_only_limits_and_sums_can_be_changed() -> None:
    one = measure(conditions=condition("a IN (1, 2) AND word = 'red' AND region_in(place, '4212')"))
    assert places(one) == {
        "conditions.one.off": "",
        "benefit.amount_yuan": "5000",
        "from": "2020-01-01",
        "to": "",
    }
    with pytest.raises(RuleError, match=r"nothing can be changed at conditions\.one\.0"):
        changed_measure(one, 0, WORLD, {"conditions.one.0": "3"})


@pytest.mark.parametrize(("place", "value"), [("from", "2026-13-01"), ("from", "soon")])
def test_what_is_no_day_is_refused(place: str, value: str) -> None:
    with pytest.raises(RuleError):
        changed_measure(measure(), 0, WORLD, {place: value})


def test_an_amount_that_is_none_is_refused_when_it_is_made_ready() -> None:
    with pytest.raises(RuleError):
        compile_measure(changed_measure(measure(), 0, WORLD, {"benefit.amount_yuan": "much"}), WORLD)


def test_caps_are_changed_by_name() -> None:
    (cap,) = settings_of_caps(STACKING, {"m1", "m7"})
    assert (cap.place, cap.today, cap.within) == ("caps.together", "28", "封顶")
    assert not settings_of_caps(STACKING, {"m7"}) and not settings_of_caps(Stacking(), {"m0"})
    assert changed_stacking(STACKING, {cap.place: "30.50"}).caps["together"].most_yuan == Decimal("30.50")
    for changes in ({"caps.other": "1"}, {cap.place: "-1"}):
        with pytest.raises(RuleError):
            changed_stacking(STACKING, changes)
