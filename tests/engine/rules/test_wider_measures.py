"""Measures beyond the first: the grammar says what the plans of Xianning say, right at every boundary."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from guiyan.engine.rules import CompiledMeasure, Measure, ScreenResult, compile_measure, screen
from guiyan.packs import find_pack, load_pack

from .world import fact

FACTS = load_pack(find_pack("xianning")).catalogue.with_facts(
    [fact("five_years_after_graduation", "date", derive="years_after(graduation_date, 5)")]
)
CLAUSE = {"document": "xianning-2025-homecoming", "plan": "p", "section": "s"}


def compiled(kind: str, benefit: dict[str, str], *rules: str, **more: Any) -> CompiledMeasure:
    conditions = {f"c{number}": {"label": rule, "when": rule} for number, rule in enumerate(rules)}
    version = {"from": "2025-06-09", "conditions": conditions, "benefit": benefit}
    declared = {"id": "m", "title": "m", "for": kind, "clause": CLAUSE, "strength": "shall", "versions": [version]}
    return compile_measure(Measure.model_validate({**declared, **more}), FACTS)


WAIVER = compiled(
    "person",
    {"kind": "waiver"},
    "guarantee_loan_yuan <= 100000 OR recommended_by_incubator OR bank_rated_unsecured"
    " OR is_second_startup AND operation_stable AND credit_ok",
    strength="encouraged",
)
GRADUATE_LOAN = compiled(
    "person",
    {"kind": "loan", "amount_max_yuan": "300000", "rate_percent": "50"},
    "is_graduate",
    "age_years <= 45",
)
GRADUATE_SUBSIDY = compiled(
    "person",
    {"kind": "subsidy", "amount_yuan": "5000"},
    "is_graduate",
    "business_registered_on >= graduation_date AND business_registered_on <= five_years_after_graduation",
    "jobs_led_excluding_founder >= 2",
    once_per="person",
)
AWARD = compiled(
    "organisation",
    {"kind": "award", "amount_min_yuan": "100000", "amount_max_yuan": "200000"},
    "has(recognised_as, 'incubator-municipal')",
)


def asked(measure: CompiledMeasure, **facts: Any) -> ScreenResult:
    day = dt.date(2026, 6, 8)
    (found,) = screen([measure], facts, on=day, kind=measure.measure.kind, assume_none_received=True)
    return found


@pytest.mark.parametrize(
    ("facts", "verdict", "missing"),
    [
        ({"guarantee_loan_yuan": 100_000}, "yes", set()),
        ({"guarantee_loan_yuan": 100_001, "recommended_by_incubator": True}, "yes", set()),
        (
            {"guarantee_loan_yuan": 100_001, "recommended_by_incubator": False, "bank_rated_unsecured": False},
            "unknown",
            {"is_second_startup", "operation_stable", "credit_ok"},
        ),
        (
            {
                "guarantee_loan_yuan": 100_001,
                "recommended_by_incubator": False,
                "bank_rated_unsecured": False,
                "credit_ok": False,
            },
            "no",
            set(),
        ),
    ],
)
def test_any_of_four_ways_waives_the_counter_guarantee(facts: dict[str, Any], verdict: str, missing: set[str]) -> None:
    found = asked(WAIVER, **facts)
    assert (found.verdict, set(found.missing), found.strength) == (verdict, missing, "encouraged")


def test_forty_five_is_within_and_forty_six_is_not() -> None:
    assert asked(GRADUATE_LOAN, is_graduate=True, age_years=45).verdict == "yes"
    assert asked(GRADUATE_LOAN, is_graduate=True, age_years=46).verdict == "no"
    assert asked(GRADUATE_LOAN, is_graduate=True).missing == ("age_years",)


@pytest.mark.parametrize(
    ("graduated", "registered", "verdict"),
    [
        ("2021-06-30", "2026-06-30", "yes"),
        ("2021-06-30", "2026-07-01", "no"),
        ("2020-02-29", "2025-02-28", "yes"),
        ("2020-02-29", "2025-03-01", "no"),
        ("2021-06-30", "2021-06-29", "no"),
    ],
)
def test_the_fifth_anniversary_is_within_five_years(graduated: str, registered: str, verdict: str) -> None:
    facts = {"is_graduate": True, "jobs_led_excluding_founder": 2}
    found = asked(GRADUATE_SUBSIDY, graduation_date=graduated, business_registered_on=registered, **facts)
    assert found.verdict == verdict


def test_a_derived_date_asks_for_the_date_it_comes_from() -> None:
    found = asked(GRADUATE_SUBSIDY, is_graduate=True, business_registered_on="2026-01-01")
    assert found.missing == ("graduation_date", "jobs_led_excluding_founder")


def test_recognition_gives_an_award_with_two_ends() -> None:
    found = asked(AWARD, recognised_as=["incubator-municipal"])
    assert (found.verdict, found.amount_min_fen, found.amount_max_fen) == ("yes", 10_000_000, 20_000_000)
    assert asked(AWARD, recognised_as=["returnee-project"]).verdict == "no"
