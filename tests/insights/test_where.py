"""A rule over rows keeps exactly the rows for which the rule engine says yes."""

from __future__ import annotations

from datetime import date

import pytest

from guiyan.engine.rules import evaluate
from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.queries.where import NotAFilter, where
from tests.registers.factories import a_returnee

RULES = [
    "registration_checked",
    "NOT registration_checked",
    "jobs_led >= 3",
    "jobs_led <> 3",
    "NOT jobs_led > 3",
    "jobs_led BETWEEN 2 AND 4",
    "jobs_led IN (1, 4)",
    "wish = 'started'",
    "business_registered_on >= '2026-01-01'",
    "registration_checked AND jobs_led >= 3 OR wish = 'none'",
    "NOT (registration_checked AND jobs_led >= 3)",
]
PEOPLE: list[dict[str, object]] = [
    {"registration_checked": True, "jobs_led": 4, "wish": "started", "business_registered_on": date(2026, 1, 1)},
    {"registration_checked": False, "jobs_led": 3, "wish": "none", "business_registered_on": date(2025, 12, 31)},
    {"registration_checked": True, "jobs_led": 1, "wish": "planned"},
    {"jobs_led": 5},
    {},
]


@pytest.mark.parametrize("rule", RULES)
def test_a_row_is_kept_where_the_rule_says_yes_and_unknown_is_not_yes(scoped_db: object, pack: Pack, rule: str) -> None:
    catalogue = pack.registers["returnee"].catalogue
    expected = set()
    for serial, values in enumerate(PEOPLE, start=1):
        base = {k: v for k, v in a_returnee(serial).items() if k not in PEOPLE[0]}
        subject = actions.record(SYSTEM, register="returnee", values={**base, **values}, source="visit")  # type: ignore[dict-item]
        facts = {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
        if evaluate(rule, facts, catalogue) is True:
            expected.add(subject)
    rows = queries.dataset("returnee").rows.filter(where(rule, catalogue))
    assert set(rows.values_list("subject_id", flat=True)) == expected


def test_what_rows_can_not_be_filtered_by_is_an_error_not_everybody(scoped_db: object, pack: Pack) -> None:
    with pytest.raises(NotAFilter):
        where("jobs_led + 1 > 3", pack.registers["returnee"].catalogue)
