"""The next question: by what a population would answer, by the answers so far, and for the amount at last."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from guiyan.cli.bench_questions import average, by_weights, in_order, sample
from guiyan.engine.rules import Catalogue, CompiledMeasure, Measure, compile_measure, next_question, screen
from guiyan.engine.rules.questions import NOBODY, Weights
from guiyan.packs import find_pack, load_pack

from .world import fact

FACTS = Catalogue(
    {
        each.id: each
        for each in (
            fact("rare", "bool"),
            fact("common", "bool"),
            fact("age", "int", least="0", most="150"),
            fact("word", "text"),
            fact("list", "list"),
            fact("level", "code", codes={"low": "低", "middle": "中", "high": "高"}),
        )
    }
)
ON = dt.date(2026, 6, 8)


def measure(id_: str, rule: str, **benefit: Any) -> CompiledMeasure:
    version = {
        "from": "2025-01-01",
        "conditions": {"c": {"label": rule, "when": rule}},
        "benefit": {"kind": "grant", **benefit},
    }
    declared = {
        "id": id_,
        "title": id_,
        "for": "person",
        "clause": {"document": "d", "plan": "p", "section": "s"},
        "strength": "shall",
        "versions": [version],
    }
    return compile_measure(Measure.model_validate(declared), FACTS)


def asked(rule: str, people: list[dict[str, Any]], **facts: Any) -> str | None:
    results = screen([measure("m", rule)], facts, on=ON, kind="person")
    return next_question(results, weights=Weights.counted(FACTS, people))


FEW = [{"rare": number == 0, "common": number != 0} for number in range(10)]


def test_the_answer_that_is_likely_to_settle_is_asked_for_first() -> None:
    assert asked("common AND rare", FEW) == "rare"  # most are not: one answer and it is a no
    assert asked("rare OR common", FEW) == "common"
    assert asked("common AND rare", []) == "common"  # without a population: the first


def test_numbers_codes_texts_and_lists_are_weighed_by_what_people_have() -> None:
    young = [{"age": 20 + number, "level": "low", "word": "red", "list": ["x"]} for number in range(10)]
    assert asked("age <= 100 AND age >= 29", young) == "age"
    assert asked("common AND age > 25", [*young, *FEW]) == "age"
    assert asked("common AND age > 20", [*young, *FEW]) == "common"
    assert asked("common AND level >= 'middle'", [*young, *FEW]) == "level"
    assert asked("common AND word = 'blue'", [*young, *FEW]) == "word"
    assert asked("common AND has(list, 'y')", [*young, *FEW]) == "list"
    assert asked("common AND has(list, 'x')", [*young, *FEW]) == "common"


@pytest.mark.parametrize(("age", "share"), [(17, 0), (18, 1)])
def test_a_value_between_two_cuts_counts_for_its_stretch(age: int, share: int) -> None:
    weights = Weights.counted(FACTS, [{"age": age}])
    (found,) = screen([measure("m", "age >= 18 AND age < 60 OR rare AND age < 18")], {}, on=ON, kind="person")
    assert found.undecided is not None and found.undecided.settled_by("age", weights) == share


def test_what_only_the_amount_waits_for_is_asked_last() -> None:
    tiers = [{"label": "a", "when": "level = 'high'", "amount_yuan": "2"}, {"label": "b", "amount_yuan": "1"}]
    both = [measure("m", "rare", tiers=tiers), measure("n", "common")]
    known = {"rare": True}
    assert next_question(screen(both, known, on=ON, kind="person")) == "common"
    assert next_question(screen(both, {**known, "common": True}, on=ON, kind="person")) == "level"
    assert next_question(screen(both, {"rare": False, "common": True}, on=ON, kind="person")) is None
    done = {**known, "common": True, "level": "low"}
    assert next_question(screen(both, done, on=ON, kind="person")) is None


def test_people_of_the_register_are_asked_less_than_in_order_and_less_than_everything() -> None:
    pack = load_pack(find_pack("xianning"))
    measures = [one for one in pack.compiled.values() if one.measure.kind == "person"]
    everybody = list(sample(pack, 80))
    weights = Weights.counted(pack.catalogue, everybody[::2])
    people = everybody[1::2]
    best = average(measures, people, by_weights(pack.catalogue, weights))
    assert best < average(measures, people, in_order(pack.catalogue)) < len(everybody[0])
    assert best <= average(measures, people, by_weights(pack.catalogue, NOBODY)) + 0.5
