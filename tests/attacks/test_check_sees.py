"""Faults planted behind the program's back that `bin/guiyan check` must name, each by its code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from guiyan.cases import actions
from guiyan.cases.models import Batch, Case
from guiyan.cli.check import findings
from guiyan.kernel import audit, jobs
from guiyan.kernel.actors import PUBLIC, SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger.models import PaymentRequest
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice
from guiyan.registers import actions as registers
from tests.attacks.test_treasury_files import row, take
from tests.cases import people
from tests.fixtures import TestDatabase

pytestmark = pytest.mark.commits
Clock = Callable[[str], object]

FAULTS = {
    "ledger.claim": "UPDATE ledger_entitlement SET amount_fen = amount_fen + 100 WHERE ending = ''",
    "ledger.void": "UPDATE ledger_entitlement SET ending = 'void', ended_at = now() WHERE ending = ''",
    "ledger.line": "UPDATE ledger_paymentline SET amount_fen = amount_fen + 100",
    "ledger.request-sum": "UPDATE ledger_paymentrequest SET total_fen = total_fen + 100",
    "ledger.result-file": "UPDATE ledger_resultfile SET paid = paid + 1",
    "ledger.unposted": "UPDATE ledger_lineresult SET outcome = 'returned'",
    "ledger.balance": "UPDATE ledger_account SET balance_fen = balance_fen + 100 WHERE pot = 'paid'",
    "notices.rows": "UPDATE notices_notice SET total_fen = total_fen + 100",
    "notices.row-amount": "UPDATE notices_noticerow SET amount_fen = amount_fen + 100",
    "notices.left-behind": "UPDATE cases_case SET state = 'noticed' WHERE state = 'closed'",
    "notices.held-by-nothing": "UPDATE notices_objection SET state = 'filed'",
    "notices.unpublished": "UPDATE cases_batch SET state = 'settled' WHERE state = 'open'",
    "cases.decision": "UPDATE cases_case SET state = 'refused' WHERE state = 'closed'",
    "release_changed": "UPDATE pack_release SET content = content || '{\"x\": 1}'",
}


def played_through(at: Clock, folder: Path) -> None:
    """One person paid, one objection dismissed, one batch begun."""
    people.with_budget()
    people.with_list(folder)
    case = people.approved(people.a_returnee(1, name="示例甲"))
    notice = notices.publish_batch_notice(SYSTEM, batch=people.signed(case))
    objection = notices.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某", contact="某")
    notices.decide_objection(people.as_actor("zhengwei"), objection=objection, upheld=False, answer="已返乡")
    at("2026-06-16 09:00")
    jobs.run_pending()
    actions.request_batch_payment(people.as_actor("huanglei"), batch=Batch.objects.get())
    jobs.run_pending()
    request = PaymentRequest.objects.get()
    take(request, row(request, 收款人="示例甲"))
    jobs.run_pending()
    people.a_batch(people.approved(people.a_returnee(2, name="示例乙")))
    assert Notice.objects.get().closed_at is not None
    assert sorted(Case.objects.values_list("state", flat=True)) == ["batched", "closed"]


def codes() -> set[str]:
    return {found.code for found in findings()}


def test_each_planted_fault_is_named(committed_db: TestDatabase, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    with entered(Scope.system()):
        played_through(at, tmp_path)
    with entered(Scope.system()):
        jobs.run_pending()
    audit.seal_pending()
    assert codes() == set()
    unseen = [code for code, planting in FAULTS.items() if code not in planted(committed_db, planting)]
    assert unseen == []
    assert codes() == set()


def planted(database: TestDatabase, statement: str) -> set[str]:
    """What is found while the fault stands; then it is taken back."""
    with psycopg.connect(database.url("super"), autocommit=True) as behind:
        tables = {name.split()[1] for name in [statement]}
        (table,) = tables
        behind.execute("SET session_replication_role = replica")  # past every trigger
        behind.execute(f"CREATE TABLE kept AS SELECT * FROM {table}")  # type: ignore[arg-type]
        behind.execute(statement)  # type: ignore[arg-type]
        try:
            return codes()
        finally:
            connections.close_all()
            columns = ", ".join(
                f'"{name}" = kept."{name}"'
                for (name,) in behind.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
                    [table],
                ).fetchall()
            )
            behind.execute(f"UPDATE {table} SET {columns} FROM kept WHERE kept.id = {table}.id")  # type: ignore[arg-type]
            behind.execute("DROP TABLE kept")


def test_two_live_requests_of_a_person_found_out_later(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    from guiyan.cases import checks

    at("2026-06-08 09:00")
    people.with_list(tmp_path)
    pair = [people.a_returnee(n, name="示例甲") for n in (1, 2)]
    for one in pair:
        people.submitted(one)
    assert list(checks.findings()) == []
    registers.merge(SYSTEM, kept=pair[1].subject_id, merged=pair[0].subject_id)
    assert [found.code for found in checks.findings()] == ["cases.twice"]
