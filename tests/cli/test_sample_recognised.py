"""The demonstration knows who was recognised before: filled once, and every firm's answer is then known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiyan.cli.sample.recognised import FIRST_SERIAL, fill_recognised
from guiyan.registers import queries as registers
from guiyan.registers.models import Assertion
from guiyan.registers.sample.numbers import credit_code
from tests.cases import firms


def test_filling_it_twice_is_filling_it_once(scoped_db: object, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")
    assert fill_recognised() > 10
    reports = Assertion.objects.count()
    fill_recognised()
    assert Assertion.objects.count() == reports
    park = registers.subject_by_key("credit_code", credit_code("company", FIRST_SERIAL))
    assert park is not None
    day = date(2026, 6, 8)
    assert registers.facts_of(park, day)["recognised_as"] == ("returnee-park-municipal",)
    assert registers.facts_of(firms.a_firm().subject_id, day)["recognised_as"] == ()
