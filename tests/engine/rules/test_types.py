"""Names and types are checked before anything runs; what can't be resolved is an error, never true."""

from __future__ import annotations

import pytest

from guiyan.engine.rules import Catalogue, FactError, RuleError, evaluate, facts_in
from guiyan.engine.rules.expression import resolved

from .world import WORLD, fact


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("aa = 1", "unknown fact `aa`. Did you mean a?"),
        ("a", "`a` is int, not bool"),
        ("flag = other_flag", "a bool can't be compared"),
        ("a = 'x'", "a text in quotes can't be compared with a int"),
        ("level = 1", "a code can't be compared with a int"),
        ("level = 'huge'", "one of low, middle, high is needed"),
        ("word < 'x'", "a text has no order"),
        ("place < '4212'", "a region has no order"),
        ("region_in(place, '42122')", "is not a region code"),
        ("region_in(a, '4212')", "`a` is int, not a region"),
        ("has(a, 'x')", "`a` is int, not a list"),
        ("amount(list, 'x') = 1", "`list` is list, not a map"),
        ("a + 1 = 2", "only in derived facts"),
        ("a IN (b)", "IN takes numbers, texts in quotes and parameters"),
        ("level IN ('low', 'huge')", "one of low, middle, high is needed"),
        ("a = a", "compared with itself"),
        ("list = 'x'", "can't be compared with a list"),
    ],
)
def test_a_wrong_rule_is_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(RuleError) as refused:
        evaluate(text, {}, WORLD)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"aa": 1}, "unknown fact `aa`. Did you mean a?"),
        ({"a": "1"}, "a whole number is needed, not '1'"),
        ({"a": True}, "a whole number is needed, not True"),
        ({"a": 1.0}, "a whole number is needed, not 1.0"),
        ({"a": 9}, "9 is not between 0 and 4"),
        ({"flag": 1}, "true or false is needed, not 1"),
        ({"flag": "yes"}, "true or false is needed, not 'yes'"),
        ({"level": "huge"}, "one of low, middle, high is needed"),
        ({"level": 0}, "one of low, middle, high is needed"),
        ({"place": "42122"}, "is not a region code"),
        ({"place": "中国"}, "is not a region code"),
        ({"list": "x"}, "a list of ids is needed"),
        ({"list": [1]}, "a list of ids is needed"),
        ({"sums": {"x": "1"}}, "a whole number is needed"),
        ({"word": 3}, "text is needed, not 3"),
    ],
)
def test_a_wrong_fact_is_refused_by_name(facts: dict[str, object], reason: str) -> None:
    with pytest.raises(FactError) as refused:
        evaluate("flag", facts, WORLD)
    assert reason in str(refused.value)
    assert next(iter(facts)) in str(refused.value)


def test_codes_compare_by_their_declared_order() -> None:
    assert evaluate("level >= 'middle'", {"level": "high"}, WORLD) is True
    assert evaluate("level >= 'middle'", {"level": "low"}, WORLD) is False


def test_region_codes_are_read_at_every_length() -> None:
    for written in ("421224", 421224, "421224107000", 421224107201):
        assert evaluate("region_in(place, '421224')", {"place": written}, WORLD) is True
    assert evaluate("region_in(place, '421224')", {"place": "421281"}, WORLD) is False
    assert evaluate("region_in(place, '421224')", {"place": "4212"}, WORLD) is False


def test_a_map_without_the_key_holds_nothing_for_it() -> None:
    assert evaluate("amount(sums, 'x') = 0", {"sums": {}}, WORLD) is True
    assert evaluate("amount(sums, 'x') = 0", {}, WORLD) is None


def test_derived_facts_that_go_in_a_circle_are_refused() -> None:
    circle = WORLD.with_facts([fact("one", "int", derive="two + 1"), fact("two", "int", derive="one + 1")])
    with pytest.raises(RuleError, match="circle: one → two → one"):
        resolved("one = 1", circle)


def test_a_derived_fact_must_give_its_declared_type() -> None:
    wrong = WORLD.with_facts([fact("born", "date"), fact("late", "int", derive="years_after(born, 5)")])
    with pytest.raises(RuleError, match="declared int"):
        resolved("late = 1", wrong)


def test_a_derived_fact_can_not_be_given() -> None:
    derived = WORLD.with_facts([fact("more", "int", derive="a + 1")])
    with pytest.raises(FactError, match="derived"):
        evaluate("more = 1", {"more": 1}, derived)


def test_a_derived_yes_or_no_may_use_arithmetic_inside() -> None:
    derived = WORLD.with_facts([fact("many", "bool", derive="a + b * 2 - 1 >= 5")])
    assert evaluate("many", {"a": 2, "b": 2}, derived) is True
    assert evaluate("many", {"a": 1, "b": 2}, derived) is False
    assert evaluate("many", {"a": 1}, derived) is None
    assert facts_in("many AND flag", derived) == ("a", "b", "flag")


def test_facts_with_different_codes_can_not_be_compared() -> None:
    other = WORLD.with_facts([fact("size", "code", codes={"small": "小", "large": "大"})])
    assert isinstance(other, Catalogue)
    with pytest.raises(RuleError, match="different codes"):
        resolved("level = size", other)
