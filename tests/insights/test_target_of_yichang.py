"""The 2% of Yichang computes from its own register of those away: as its pack declares it, on its own tables."""

from __future__ import annotations

from datetime import date

import pytest

from guiyan.insights.compute import figures
from guiyan.insights.periods import year_to
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import find_pack, load_pack
from guiyan.registers import actions as registers
from guiyan.registers import schema
from guiyan.registers.sample.numbers import credit_code, id_number
from guiyan.registers.values import Value
from tests.fixtures import TestDatabase
from tests.registers.factories import BORN
from tests.registers.test_schema import as_owner

YICHANG, YUANAN = 420500000000, 420525000000
DAY = date(2026, 6, 8)


def someone(serial: int, **values: Value) -> dict[str, Value]:
    held = {"name": "示例", "id_number": id_number(BORN, "女", serial), "home_region": YUANAN, "outside_city": True}
    return {**held, "since": date(2025, 3, 1), **values}


def a_business(serial: int, **values: Value) -> dict[str, Value]:
    held: dict[str, Value] = {"name": "示例", "credit_code": credit_code("company", serial), "kind": "company"}
    return {**held, "region": YUANAN, "registered_on": date(2026, 4, 1), "is_checked": True, **values}


@pytest.mark.commits
def test_new_businesses_are_divided_by_who_was_outside_the_city_at_the_end_of_last_year(
    committed_db: TestDatabase,
) -> None:
    whole = load_pack(find_pack("yichang"))
    pack = whole.model_copy(
        update={"registers": {name: whole.registers[name] for name in ("away", "returnee-business")}}
    )
    with as_owner(committed_db):
        schema.apply(pack)
    with entered(Scope.system()):
        releases.apply(SYSTEM, pack)
    away = [someone(1), someone(2), someone(3, returned_on=date(2026, 2, 1)), someone(4, outside_city=False)]
    away += [someone(5, since=date(2026, 1, 2)), someone(6, returned_on=date(2025, 7, 1))]
    businesses = [a_business(1), a_business(2, registered_on=date(2025, 12, 1)), a_business(3, is_checked=False)]
    for one in away:
        registers.record(SYSTEM, register="away", values=one, source="labour")
    for one in businesses:
        registers.record(SYSTEM, register="returnee-business", values=one, source="market")
    with entered(Scope.system()):
        found = figures(pack, pack.indicators["returnee-business-share"], year_to(DAY))
    assert (found[YUANAN].above, found[YUANAN].below) == (1, 3)
    assert found[YICHANG].value == found[YUANAN].value
