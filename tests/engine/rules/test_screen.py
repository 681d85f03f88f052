"""Screening: verdicts by version and day, reasons, what is missing, amounts, and the next question."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from guiyan.engine.rules import (
    Catalogue,
    CompiledMeasure,
    FactError,
    Measure,
    PlacedRuleError,
    ScreenResult,
    compile_measure,
    next_question,
    screen,
)

from .world import fact

FACTS = Catalogue(
    {
        each.id: each
        for each in (
            fact("is_returnee", "bool"),
            fact("registrations", "int", least="0"),
            fact("age_years", "int", least="0"),
            fact("loan_yuan", "int", least="0"),
            fact("recommended", "bool"),
            fact("received", "list"),
            fact("received_yuan", "map"),
            fact("employees", "int").model_copy(update={"kinds": ("organisation",)}),
        )
    }
)
ON = dt.date(2026, 6, 8)


def measure(id_: str = "m", **more: Any) -> CompiledMeasure:
    version = {
        "from": "2025-06-09",
        "conditions": {"returnee": {"label": "返乡人员", "when": "is_returnee"}},
        "benefit": {"kind": "grant", "amount_yuan": "5000"},
        **more.pop("version", {}),
    }
    declared = {
        "id": id_,
        "title": id_,
        "for": "person",
        "clause": {"document": "d", "plan": "p", "section": "s"},
        "strength": "shall",
        "versions": [version],
        **more,
    }
    return compile_measure(Measure.model_validate(declared), FACTS)


def conditions(**rules: str) -> dict[str, Any]:
    return {"conditions": {name: {"label": name, "when": rule} for name, rule in rules.items()}}


def one(compiled: CompiledMeasure, facts: dict[str, Any], on: dt.date = ON, **options: bool) -> ScreenResult:
    (found,) = screen([compiled], facts, on=on, kind="person", **options)
    return found


def test_each_condition_has_its_own_verdict() -> None:
    both = measure(version=conditions(returnee="is_returnee", first="registrations = 1"))
    found = one(both, {"registrations": 2})
    assert found.verdict == "no" and found.missing == ()
    assert [(reason.condition, reason.verdict) for reason in found.reasons] == [
        ("returnee", "unknown"),
        ("first", "no"),
    ]
    assert found.reasons[1].facts == ("registrations",)


def test_open_conditions_stand_beside_a_yes_and_do_not_make_it_unknown() -> None:
    found = one(measure(open_conditions=["符合条件的"]), {"is_returnee": True})
    assert (found.verdict, found.open_conditions) == ("yes", ("符合条件的",))


def test_once_per_person_asks_what_was_received() -> None:
    once = measure("once", once_per="person")
    assert one(once, {"is_returnee": True}).missing == ("received",)
    assert one(once, {"is_returnee": True}, assume_none_received=True).verdict == "yes"
    assert one(once, {"is_returnee": True, "received": ["once"]}, assume_none_received=True).verdict == "no"
    assert one(once, {"is_returnee": True, "received": ["other"]}).verdict == "yes"


def test_before_its_first_day_a_measure_is_no_and_after_its_last_expired() -> None:
    ended = measure(version={"to": "2026-06-08"})
    assert one(ended, {"is_returnee": True}, dt.date(2025, 6, 8)).verdict == "no"
    assert one(ended, {"is_returnee": True}, dt.date(2025, 6, 9)).verdict == "yes"
    assert one(ended, {"is_returnee": True}, dt.date(2026, 6, 8)).verdict == "yes"
    assert one(ended, {"is_returnee": True}, dt.date(2026, 6, 9)).verdict == "expired"
    assert one(ended, {}, dt.date(2026, 6, 9)).missing == ()


def test_the_version_of_the_day_decides() -> None:
    earlier = {"from": "2025-01-01", "benefit": {"kind": "grant", "amount_yuan": "3000"}, **conditions(a="is_returnee")}
    later = {
        "from": "2026-01-01",
        "benefit": {"kind": "grant", "amount_yuan": "5000"},
        **conditions(a="age_years < 46"),
    }
    both = measure(versions=[earlier, later])
    assert one(both, {"is_returnee": True}, dt.date(2025, 12, 31)).amount_max_fen == 300_000
    assert one(both, {"age_years": 45}, dt.date(2026, 1, 1)).amount_max_fen == 500_000
    assert one(both, {"age_years": 46}, dt.date(2026, 1, 1)).verdict == "no"


def test_overlapping_versions_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        measure(
            versions=[
                {"from": "2025-01-01", "to": "2026-01-01", "benefit": {"kind": "grant"}, **conditions(a="is_returnee")},
                {"from": "2026-01-01", "benefit": {"kind": "grant"}, **conditions(a="is_returnee")},
            ]
        )


def test_parameters_give_conditions_and_amounts_their_values() -> None:
    limits = {
        "parameters": {
            "oldest": {"label": "年龄上限", "type": "int", "value": "45", "set_by": "二(四)"},
            "most": {"label": "最高额", "type": "int", "value": "300000", "set_by": "二(四)"},
        },
        "benefit": {"kind": "loan", "amount_max_yuan": ":most", "rate_percent": "50"},
        **conditions(age="age_years <= oldest"),
    }
    found = one(measure(version=limits), {"age_years": 45})
    assert (found.verdict, found.amount_max_fen, found.amount_min_fen) == ("yes", 30_000_000, None)
    assert found.rate_percent == Decimal(50)
    assert one(measure(version=limits), {"age_years": 46}).verdict == "no"


def test_an_unpublished_amount_stays_unknown() -> None:
    hidden = {
        "parameters": {"sum": {"label": "补贴", "type": "int", "set_by": "略"}},
        "benefit": {"kind": "grant", "amount_yuan": ":sum"},
    }
    assert one(measure(version=hidden), {"is_returnee": True}).amount_max_fen is None


@pytest.mark.parametrize(
    ("version", "path", "reason"),
    [
        (conditions(a="is_returned"), ("versions", 0, "conditions", "a", "when"), "Did you mean is_returnee?"),
        (conditions(a="employees > 3"), ("versions", 0, "conditions", "a", "when"), "about organisation"),
        ({"benefit": {"kind": "grant", "amount_yuan": "5,000"}}, ("versions", 0, "benefit"), "5000 or 12.50"),
        ({"benefit": {"kind": "grant", "amount_yuan": ":x"}}, ("versions", 0, "benefit"), "unknown parameter"),
        (
            {"benefit": {"kind": "award", "amount_min_yuan": "2", "amount_max_yuan": "1"}},
            ("versions", 0, "benefit"),
            "larger",
        ),
        (
            {"parameters": {"age_years": {"label": "x", "type": "int", "value": "1", "set_by": "x"}}},
            ("versions", 0, "parameters", "age_years"),
            "has the name of a fact",
        ),
    ],
)
def test_a_wrong_measure_is_refused_where_it_is_wrong(version: Any, path: tuple[str | int, ...], reason: str) -> None:
    with pytest.raises(PlacedRuleError) as refused:
        measure(version=version)
    assert refused.value.path == path
    assert reason in str(refused.value)


def test_only_measures_for_this_kind_of_subject_are_screened() -> None:
    assert screen([measure()], {}, on=ON, kind="organisation") == []


def test_wrong_facts_are_refused() -> None:
    with pytest.raises(FactError, match="is_returnee"):
        one(measure(), {"is_returned": True})


def test_the_next_question_settles_most_measures() -> None:
    subsidy = measure("subsidy", version=conditions(a="is_returnee", b="registrations = 1"))
    loan = measure("loan", version=conditions(a="is_returnee", b="age_years <= 45"))
    waiver = measure("waiver", version=conditions(a="loan_yuan <= 100000 OR recommended"))
    results = screen([subsidy, loan, waiver], {}, on=ON, kind="person")
    assert next_question(results, FACTS) == "is_returnee"
    known = {"is_returnee": True, "registrations": 1, "age_years": 40}
    assert next_question(screen([subsidy, loan, waiver], known, on=ON, kind="person")) in ("loan_yuan", "recommended")


def test_nothing_is_asked_when_everything_is_decided() -> None:
    assert next_question(screen([measure()], {"is_returnee": False}, on=ON, kind="person")) is None
