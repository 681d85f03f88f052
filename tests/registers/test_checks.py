"""`check` is silent about what is right and names each planted fault."""

from __future__ import annotations

import pytest
from django.db import connection

from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions, checks
from tests.registers.factories import a_firm, a_person, a_returnee

pytestmark = pytest.mark.usefixtures("scoped_db")


@pytest.fixture
def who(pack: Pack) -> int:
    subject = actions.record(SYSTEM, register="person", values=a_person(1), source="shared")
    actions.record(SYSTEM, register="returnee", values=a_returnee(1), source="visit")
    actions.record(SYSTEM, register="firm", values=a_firm(), source="market")
    other = actions.record(SYSTEM, register="person", values=a_person(2), source="shared")
    actions.merge(SYSTEM, kept=subject, merged=other)
    return subject


def test_registers_in_order_give_no_findings(who: int) -> None:
    assert list(checks.findings()) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("UPDATE registers_subject SET canonical_id = 424242 WHERE id = %s", "registers.merged-root"),
        ("UPDATE registers_subject SET merged_into_id = NULL WHERE id <> %s", "registers.merged-step"),
        ("UPDATE reg_person SET field_from = '{\"name\": 424242}' WHERE subject_id = %s", "registers.unfounded"),
        ("DELETE FROM registers_hat WHERE register = 'person' AND subject_id = %s", "registers.hat"),
        ("UPDATE registers_hat SET region = region + 1 WHERE subject_id = %s", "registers.hat"),
        (
            "INSERT INTO reg_returnee__needs (entry_id, subject_id, holder_id, region, value)"
            " SELECT 424242, s.id, s.id, s.region, 'funds' FROM registers_subject s WHERE s.id = %s",
            "registers.list-value",
        ),
    ],
)
def test_each_planted_fault_is_found(who: int, fault: str, code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(fault, [who])
    assert code in {finding.code for finding in checks.findings()}
