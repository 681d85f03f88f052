"""Amounts beyond one sum: tiers, successive payments, top-ups, ceilings, exclusions, and sums that differ by region."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from guiyan.engine.rules import (
    Catalogue,
    CompiledMeasure,
    Measure,
    PlacedRuleError,
    ScreenResult,
    compile_measure,
    screen,
)
from guiyan.engine.rules.stacking import Stacking

from .world import fact

BOARDS = {"none": "无", "main": "主板", "overseas": "境外", "neeq": "新三板"}
FACTS = Catalogue(
    {
        each.id: each
        for each in (
            fact("listed_on", "code", codes=BOARDS),
            fact("stage", "int", least="1", most="3"),
            fact("flag", "bool"),
            fact("place", "region"),
            fact("employees", "int", least="0"),
            fact("received", "list"),
            fact("received_yuan", "map", unit="元"),
        )
    },
    {"421224000000": "通山县", "421200000000": "咸宁市"},
)
ON = dt.date(2026, 6, 8)
LISTED = {"listed": {"label": "已上市或挂牌", "when": "listed_on <> 'none'"}}
LISTING = {
    "kind": "award",
    "less_received": ["listing"],
    "tiers": [
        {"label": "境外", "when": "listed_on = 'overseas'", "amount_yuan": "3000000"},
        {
            "label": "境内",
            "when": "listed_on = 'main'",
            "payments": {"by": "stage", "amounts_yuan": ["1000000", "2000000", "2000000"]},
        },
        {"label": "新三板", "when": "listed_on = 'neeq'", "amount_yuan": "1000000"},
    ],
}


def measure(
    id_: str, benefit: dict[str, Any], conditions: Any = None, stacking: Stacking | None = None, **more: Any
) -> CompiledMeasure:
    version = {"from": "2025-06-09", "conditions": conditions or {}, "benefit": benefit, **more.pop("version", {})}
    declared = {
        "id": id_,
        "title": id_,
        "for": "organisation",
        "clause": {"document": "d", "plan": "p", "section": "s"},
        "strength": "shall",
        "versions": [version],
        **more,
    }
    return compile_measure(Measure.model_validate(declared), FACTS, stacking or Stacking())


def one(compiled: CompiledMeasure, on: dt.date = ON, assume: bool = True, **facts: Any) -> ScreenResult:
    (found,) = screen([compiled], facts, on=on, kind="organisation", assume_none_received=assume)
    return found


def paid(compiled: CompiledMeasure, **facts: Any) -> tuple[str, int | None, int | None]:
    """Verdict, least and most, in 万元 or yuan: fen / 1,000,000 is 万元."""
    found = one(compiled, **facts)
    ends = (found.amount_min_fen, found.amount_max_fen)
    return found.verdict, *(None if each is None else each // 1_000_000 for each in ends)


AWARD = measure("listing", LISTING, LISTED)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"listed_on": "overseas"}, ("yes", 300, 300)),
        ({"listed_on": "main", "stage": 1}, ("yes", 100, 100)),
        ({"listed_on": "main", "stage": 2}, ("yes", 200, 200)),
        ({"listed_on": "main", "stage": 3}, ("yes", 200, 200)),
        ({"listed_on": "neeq"}, ("yes", 100, 100)),
        ({"listed_on": "neeq", "stage": 2}, ("yes", 100, 100)),
    ],
)
def test_the_first_tier_that_holds_gives_the_amount(facts: dict[str, Any], answer: tuple[str, int, int]) -> None:
    assert paid(AWARD, **facts) == answer


@pytest.mark.parametrize(
    ("facts", "before", "answer"),
    [
        ({"listed_on": "main", "stage": 2}, 1_000_000, ("yes", 200, 200)),
        ({"listed_on": "main", "stage": 3}, 3_000_000, ("yes", 200, 200)),
        ({"listed_on": "main", "stage": 1}, 1_000_000, ("no", 0, 0)),
        ({"listed_on": "main", "stage": 2}, 2_000_000, ("yes", 100, 100)),
        ({"listed_on": "main", "stage": 3}, 5_000_000, ("no", 0, 0)),
        ({"listed_on": "overseas"}, 1_000_000, ("yes", 200, 200)),
        ({"listed_on": "overseas"}, 3_000_000, ("no", 0, 0)),
        ({"listed_on": "overseas"}, 9_000_000, ("no", 0, 0)),
        ({"listed_on": "neeq"}, 1_000_000, ("no", 0, 0)),
    ],
)
def test_later_payments_and_better_boards_give_the_difference(
    facts: dict[str, Any], before: int, answer: tuple[str, int, int]
) -> None:
    assert paid(AWARD, **facts, received_yuan={"listing": before}) == answer


def test_nothing_left_is_a_no_with_its_reason() -> None:
    found = one(AWARD, listed_on="neeq", received_yuan={"listing": 1_000_000})
    (reason,) = [each for each in found.reasons if each.verdict == "no"]
    assert (reason.condition, reason.label) == ("rest", "还没有领满（先前领过的从中扣除）")


def test_an_unknown_tier_is_a_range_and_leaves_the_verdict_alone() -> None:
    found = one(AWARD, listed_on="main")
    assert (found.verdict, found.missing, found.amount_missing) == ("yes", (), ("stage",))
    assert {reason.verdict for reason in found.reasons} == {"yes"}
    assert (found.amount_min_fen, found.amount_max_fen) == (100_000_000, 200_000_000)
    assert found.tier == "" and one(AWARD, listed_on="main", stage=2).tier == "境内（第2次）"


def test_what_was_received_can_leave_the_verdict_to_the_stage() -> None:
    found = one(AWARD, listed_on="main", received_yuan={"listing": 1_000_000})
    assert (found.verdict, found.missing) == ("unknown", ("stage",))


def test_payments_of_the_same_sum_are_not_told_apart() -> None:
    two = measure("m", {"kind": "award", "tiers": [
        {"label": "小", "when": "employees < 10", "amount_yuan": "100"},
        {"label": "中", "when": "employees < 20", "amount_yuan": "200"},
        {"label": "大", "amount_yuan": "200"},
    ]})  # fmt: skip
    assert one(two, employees=10).amount_missing == ()
    assert one(two).amount_missing == ("employees",)
    same = measure("m", {"kind": "award", "tiers": [
        {"label": "甲", "when": "flag", "amount_yuan": "200"},
        {"label": "乙", "amount_yuan": "200"},
    ]})  # fmt: skip
    assert one(same).amount_missing == () and one(same).amount_max_fen == 20_000


def test_what_was_received_and_is_unknown_is_asked_for_the_verdict_and_for_the_amount() -> None:
    found = one(AWARD, listed_on="overseas", assume=False)
    assert (found.verdict, found.missing, found.amount_missing) == ("unknown", ("received_yuan",), ("received_yuan",))
    assert (found.amount_min_fen, found.amount_max_fen) == (0, 300_000_000)


def test_rates_stand_in_tiers_too() -> None:
    loan = measure("m", {"kind": "loan", "tiers": [
        {"label": "小微", "when": "employees <= 20", "amount_max_yuan": "5000000", "rate_percent": "50"},
        {"label": "其他", "amount_max_yuan": "3000000", "rate_percent": "30"},
    ]})  # fmt: skip
    assert one(loan, employees=20).rate_percent == Decimal(50)
    assert one(loan, employees=21).rate_percent == Decimal(30)
    assert one(loan).rate_percent is None and one(loan).amount_max_fen == 500_000_000


BY_PLACE = {"label": "标准", "type": "int", "on": "place", "set_by": "x"}


def test_the_smallest_region_around_the_subject_counts() -> None:
    values = {"by_region": {"4212": "5000", "421224": "6000"}, **BY_PLACE}
    grant = measure("m", {"kind": "grant", "amount_yuan": ":sum"}, version={"parameters": {"sum": values}})
    assert one(grant, place="421224107000").amount_max_fen == 600_000
    assert one(grant, place="421281000000").amount_max_fen == 500_000
    outside, unknown = one(grant, place="110000"), one(grant)
    assert (outside.amount_max_fen, outside.unpublished) == (None, True)
    assert (unknown.verdict, unknown.amount_missing) == ("yes", ("place",))
    assert (unknown.amount_min_fen, unknown.amount_max_fen) == (500_000, 600_000)


def test_a_condition_by_region_is_met_nowhere_else_not_even_when_negated() -> None:
    values = {"by_region": {"4212": "10", "421224": "5"}, **BY_PLACE}
    rule = {"a": {"label": "a", "when": "NOT (employees > limit)"}}
    some = measure("m", {"kind": "grant"}, rule, version={"parameters": {"limit": values}})
    assert one(some, place="421224107000", employees=6).verdict == "no"
    assert one(some, place="421281000000", employees=6).verdict == "yes"
    assert one(some, place="110000", employees=1).verdict == "no"
    assert one(some, employees=6).missing == ("place",)
    assert one(some, employees=11).verdict == "no"
    assert one(some).reasons[0].sentence == "并非（employees超过标准（咸宁市10，通山县5））"


def test_a_region_without_a_value_is_not_published_and_no_condition_can_ask_it() -> None:
    values = {"by_region": {"4212": "5000", "421224": None}, **BY_PLACE}
    version = {"parameters": {"sum": values}}
    grant = measure("m", {"kind": "grant", "amount_yuan": ":sum"}, version=version)
    assert one(grant, place="421224").unpublished
    with pytest.raises(PlacedRuleError, match="has no value for 421224"):
        measure("m", {"kind": "grant"}, {"a": {"label": "a", "when": "employees > sum"}}, version=version)


DECISION = {"from": "2026-01-01", "set_by": "市人社局", "document": "〔2026〕1号"}


def test_an_exclusion_counts_from_its_day() -> None:
    decided = Stacking.model_validate({"excludes": {"x": {"label": "只领一项", "measures": ["a", "b"], **DECISION}}})
    first = measure("a", {"kind": "grant", "amount_yuan": "1"}, stacking=decided)
    assert one(first, dt.date(2025, 12, 31), received=["b"]).verdict == "yes"
    assert one(first, dt.date(2026, 1, 1), received=["b"]).verdict == "no"
    assert one(first, dt.date(2026, 1, 1), received=["a", "c"]).verdict == "yes"
    assert one(first, dt.date(2026, 1, 1), received=["b"]).reasons[0].label == "只领一项"
    assert one(first, dt.date(2025, 12, 31), assume=False).verdict == "yes"
    assert one(first, dt.date(2026, 1, 1), assume=False).missing == ("received",)


def test_a_cap_over_several_measures_leaves_the_rest() -> None:
    cap = {"label": "合计不超过5万元", "measures": ["a", "b"], "most_yuan": "50000", "to": "2026-12-31", **DECISION}
    decided = Stacking.model_validate({"caps": {"x": cap}})
    first = measure("a", {"kind": "grant", "amount_min_yuan": "20000", "amount_max_yuan": "30000"}, stacking=decided)
    assert paid(first, received_yuan={"b": 10_000}) == ("yes", 2, 3)
    assert paid(first, received_yuan={"b": 25_000}) == ("yes", 2, 2)
    assert one(first, received_yuan={"a": 20_000, "b": 29_999}).amount_max_fen == 100
    assert paid(first, received_yuan={"a": 20_000, "b": 30_000}) == ("no", 0, 0)
    assert one(first, dt.date(2027, 1, 1), received_yuan={"b": 50_000}).amount_max_fen == 3_000_000


@pytest.mark.parametrize(
    ("benefit", "path", "reason"),
    [
        ({"tiers": [{"label": "x", "when": "flag", "amount_yuan": "1"}]}, ("tiers",), "in no tier"),
        ({"tiers": [{"label": "x", "when": "flags", "amount_yuan": "1"}]}, ("tiers", 0), "unknown fact"),
        ({"tiers": [{"label": "x", "amount_yuan": "1,0"}]}, ("tiers", 0), "5000 or 12.50"),
        ({"amount_yuan": "5", "less_received": ["y"], "rate_percent": ":r"}, (), "unknown parameter"),
        ({"rate_percent": "50", "less_received": ["y"]}, (), "not stated"),
        (
            {"tiers": [{"label": "x", "payments": {"by": "flag", "amounts_yuan": ["1", "2"]}}]},
            ("tiers", 0, "payments", "amounts_yuan", 0),
            "can't be compared",
        ),
        (
            {"tiers": [{"label": "x", "when": "flag", "payments": {"by": "stage", "amounts_yuan": ["1", "2"]}}]},
            ("tiers",),
            "in no tier",
        ),
    ],
)
def test_a_wrong_benefit_is_refused_where_it_is_wrong(benefit: Any, path: tuple[Any, ...], reason: str) -> None:
    with pytest.raises(PlacedRuleError, match=reason) as refused:
        measure("m", {"kind": "award", **benefit})
    assert refused.value.path == ("versions", 0, "benefit", *path)


@pytest.mark.parametrize(
    "benefit",
    [
        {"amount_yuan": "1", "tiers": [{"label": "x", "amount_yuan": "1"}]},
        {"tiers": [{"label": "x", "amount_yuan": "1"}, {"label": "y", "when": "flag", "amount_yuan": "2"}]},
        {"tiers": [{"label": "x", "amount_yuan": "1", "payments": {"by": "stage", "amounts_yuan": ["1", "2"]}}]},
    ],
)
def test_amounts_are_said_in_one_way(benefit: Any) -> None:
    with pytest.raises(ValueError, match=r"tiers|payments|without `when`"):
        measure("m", {"kind": "award", **benefit})
