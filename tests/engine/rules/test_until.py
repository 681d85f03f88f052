"""`valid_until` is the last day on which nothing changes: compared with asking on every day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.engine.rules import Catalogue, CompiledMeasure, Measure, ScreenResult, compile_measure, screen
from guiyan.engine.rules.knowing import readable
from guiyan.engine.rules.stacking import Stacking
from guiyan.engine.rules.until import standing

from .world import fact

FACTS = Catalogue(
    {
        each.id: each
        for each in (
            fact("born", "date"),
            fact("registered", "date"),
            fact("graduated", "date"),
            fact("flag", "bool"),
            fact("received", "list"),
            fact("received_yuan", "map"),
            fact("age", "int", derive="full_years(born, on_day)"),
            fact("months", "int", derive="full_months(registered, on_day)"),
            fact("two_years_on", "date", derive="years_after(graduated, 2)"),
            fact("soon", "date", derive="days_after(on_day, 30)"),
            fact("lived", "int", derive="full_months(born, on_day)"),
        )
    }
)
ON = dt.date(2026, 6, 8)
WINDOW = 400


def measure(*versions: dict[str, Any], stacking: Stacking | None = None) -> CompiledMeasure:
    declared = {
        "id": "m",
        "title": "m",
        "for": "person",
        "clause": {"document": "d", "plan": "p", "section": "s"},
        "strength": "shall",
        "versions": list(versions),
    }
    return compile_measure(Measure.model_validate(declared), FACTS, stacking or Stacking())


def version(*rules: str, since: str = "2020-01-01", **more: Any) -> dict[str, Any]:
    conditions = {f"c{place}": {"label": rule, "when": rule} for place, rule in enumerate(rules)}
    return {"from": since, "conditions": conditions, "benefit": {"kind": "grant", "amount_yuan": "1"}, **more}


def asked(compiled: CompiledMeasure, on: dt.date = ON, **facts: Any) -> ScreenResult:
    (found,) = screen([compiled], facts, on=on, kind="person")
    return found


def until(compiled: CompiledMeasure, **facts: Any) -> str | None:
    found = asked(compiled, **facts).valid_until
    return None if found is None else found.isoformat()


@pytest.mark.parametrize(
    ("rule", "facts", "answer"),
    [
        ("age <= 45", {"born": "1981-06-09"}, "2027-06-08"),
        ("age < 45", {"born": "1981-06-09"}, "2026-06-08"),
        ("age <= 45", {"born": "1980-02-29"}, None),  # 46 already
        ("age < 30", {"born": "2000-02-29"}, "2030-02-27"),
        ("age < 28", {"born": "2000-02-29"}, "2028-02-28"),
        ("months >= 6", {"registered": "2025-12-31"}, "2026-06-29"),
        ("months >= 6", {"registered": "2025-08-31"}, None),
        ("months < 6", {"registered": "2026-08-31"}, "2027-02-27"),
        ("on_day <= two_years_on", {"graduated": "2024-07-01"}, "2026-07-01"),
        ("on_day <= two_years_on", {}, None),
        ("age <= 45 AND flag", {"born": "1981-06-09", "flag": False}, None),
        ("age <= 45 AND flag", {"born": "1981-06-09"}, "2027-06-08"),
        ("age >= 18 AND born > '2010-01-01'", {}, "2028-01-01"),
        ("age >= 18 AND NOT (age >= 18)", {}, None),
    ],
)
def test_the_last_day_by_the_calendar(rule: str, facts: dict[str, Any], answer: str | None) -> None:
    assert until(measure(version(rule)), **facts) == answer


def test_versions_and_the_end_of_a_measure_count() -> None:
    ending = measure(version("flag", to="2026-12-31"))
    assert until(ending, flag=True) == "2026-12-31"
    assert until(ending, flag=False) == "2026-12-31"
    same = measure(version("flag"), version("flag", since="2026-07-01", to="2026-09-30"))
    assert until(same, flag=True) == "2026-09-30"
    later = measure(version("flag", since="2027-01-01"))
    assert until(later, flag=True) == "2026-12-31"
    assert until(later, flag=False) is None
    assert asked(ending, dt.date(2027, 1, 1), flag=True).valid_until is None


def test_amounts_and_decisions_count() -> None:
    tiers = [{"label": "青年", "when": "age < 35", "amount_yuan": "2"}, {"label": "其他", "amount_yuan": "1"}]
    by_age = measure(version("flag", benefit={"kind": "grant", "tiers": tiers}))
    assert until(by_age, flag=True, born="1991-06-10") == "2026-06-09"
    decision = {"label": "x", "measures": ["m", "n"], "from": "2026-07-01", "to": "2026-07-31", "set_by": "x"}
    decided = Stacking.model_validate({"excludes": {"x": {**decision, "document": "y"}}})
    assert until(measure(version("flag"), stacking=decided), flag=True, received=["n"]) == "2026-06-30"
    assert until(measure(version("flag"), stacking=decided), flag=True, received=[]) is None


def test_what_can_not_be_told_is_taken_anew_each_day() -> None:
    assert until(measure(version("age >= 18 AND lived < 300"))) == ON.isoformat()


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)) | st.sampled_from(
    [dt.date(2027, 2, 28), dt.date(2028, 2, 28), dt.date(2028, 2, 29), dt.date(2028, 3, 1)]
)
EARLIER = st.dates(dt.date(2003, 1, 1), dt.date(2010, 12, 31)) | st.sampled_from(
    [dt.date(2004, 2, 29), dt.date(2008, 2, 28), dt.date(2008, 2, 29), dt.date(2008, 3, 1)]
)
OPS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
TOLD = (
    st.builds("age {} {}".format, OPS, st.integers(17, 25))
    | st.builds("born {} '{}'".format, OPS, EARLIER)
    | st.builds("months {} {}".format, OPS, st.integers(0, 30))
    | st.builds("registered {} '{}'".format, OPS, DAYS)
    | st.sampled_from(["on_day <= two_years_on", "on_day > two_years_on"])
    | st.builds("graduated {} '{}'".format, OPS, DAYS)
    | st.builds("soon {} '{}'".format, OPS, DAYS)
    | st.sampled_from(["flag", "has(received, 'n')"])
)
ANY = (
    TOLD
    | st.builds("lived {} {}".format, OPS, st.integers(200, 260))
    | st.builds("on_day {} two_years_on".format, OPS)
    | st.sampled_from(["registered <= on_day", "graduated < registered"])
)


def rules(atoms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        atoms,
        lambda inner: (
            st.builds("({} AND {})".format, inner, inner)
            | st.builds("({} OR {})".format, inner, inner)
            | st.builds("NOT ({})".format, inner)
        ),
        max_leaves=4,
    )


def measures(rule: st.SearchStrategy[str]) -> st.SearchStrategy[CompiledMeasure]:
    tiers = st.builds(
        lambda when: {
            "benefit": {
                "kind": "grant",
                "tiers": [{"label": "a", "when": when, "amount_yuan": "2"}, {"label": "b", "amount_yuan": "1"}],
            }
        },
        rule,
    )
    versions = st.builds(lambda one, more, end: {**version(one), **more, **end}, rule, st.just({}) | tiers,
                         st.just({}) | DAYS.map(lambda day: {"to": day.isoformat()}))  # fmt: skip
    later = st.builds(lambda one, day: [version(one, since=day.isoformat())], rule, DAYS)
    return st.tuples(versions, st.just([]) | later).map(lambda both: following(both[0], both[1]))


def following(first: dict[str, Any], later: list[dict[str, Any]]) -> CompiledMeasure:
    fits = [each for each in later if each["from"] > first.get("to", "")]
    return measure(first, *fits)


PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "born": EARLIER.map(dt.date.isoformat),
        "registered": DAYS.map(dt.date.isoformat),
        "graduated": DAYS.map(dt.date.isoformat),
        "flag": st.booleans(),
        "received": st.sampled_from([[], ["n"]]),
    },
)


def seen(found: ScreenResult) -> tuple[Any, ...]:
    sums = (found.amount_min_fen, found.amount_max_fen, found.rate_percent)
    return found.verdict, set(found.missing), sums, set(found.amount_missing)


def first_change(compiled: CompiledMeasure, facts: dict[str, Any], on: dt.date) -> dt.date | None:
    """By asking on every day of the window; the day-by-day answers themselves are checked against `screen` below."""
    values = readable(FACTS, facts, False)
    today = standing(compiled, values, on)
    days = (on + dt.timedelta(days=after) for after in range(1, WINDOW))
    return next((day for day in days if standing(compiled, values, day) != today), None)


@settings(max_examples=25, deadline=None)
@given(measures(rules(TOLD)), PEOPLE, DAYS)
def test_the_last_day_is_what_asking_every_day_gives(
    compiled: CompiledMeasure, facts: dict[str, Any], on: dt.date
) -> None:
    found, change = asked(compiled, on, **facts).valid_until, first_change(compiled, facts, on)
    if change is not None:
        assert found == change - dt.timedelta(days=1)
    else:
        assert found is None or found >= on + dt.timedelta(days=WINDOW - 1)


@settings(max_examples=12, deadline=None)
@given(measures(rules(ANY)), PEOPLE, DAYS)
def test_a_verdict_is_never_kept_too_long(compiled: CompiledMeasure, facts: dict[str, Any], on: dt.date) -> None:
    found, change = asked(compiled, on, **facts).valid_until, first_change(compiled, facts, on)
    assert change is None or (found is not None and found < change)


@settings(max_examples=150, deadline=None)
@given(measures(rules(ANY)), PEOPLE, DAYS)
def test_how_a_day_stands_is_what_screening_says(compiled: CompiledMeasure, facts: dict[str, Any], on: dt.date) -> None:
    found, stands = asked(compiled, on, **facts), standing(compiled, readable(FACTS, facts, False), on)
    sums = (stands.sums.least_fen, stands.sums.most_fen, stands.sums.rate_percent)
    assert seen(found) == (stands.verdict, stands.missing, sums, stands.sums.missing)
