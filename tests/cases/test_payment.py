"""From the treasury's answers to the end: paid, returned and put right, asked back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions
from guiyan.cases.actions.payment import payment_came_back, payment_made, recovery_done
from guiyan.cases.models import Batch, Case, Message
from guiyan.kernel import jobs, workflow
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.ledger import queries as ledger
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture
def paying(scoped_db: object, at: Clock, tmp_path: Path) -> Case:
    """One case whose payment the treasury has been asked for."""
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)
    case = people.approved(people.a_returnee())
    batch = people.signed(case)
    jobs.run_pending()  # the notice is published
    at("2026-06-16 09:00")
    jobs.run_pending()  # and has run out
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    jobs.run_pending()
    case.refresh_from_db()
    assert case.state == "paying"
    return case


def test_a_receipt_pays_the_case_and_settles_a_batch_with_nothing_left_on_its_way(paying: Case) -> None:
    assert payment_made(paying).state == "paid"
    paying.refresh_from_db()
    batch = Batch.objects.get(lines__case=paying)
    assert (paying.state, batch.state) == ("closed", "settled")
    again = payment_made(paying)
    assert again.state == "closed"


def test_a_returned_payment_is_put_right_and_asked_for_again(paying: Case) -> None:
    case = payment_came_back(paying, "账号与户名不符")
    told = Message.objects.filter(case=case).order_by("-id")[0]
    assert case.state == "returned"
    assert ("账号与户名不符" in told.body, told.todo) == (True, "更正收款账户")
    with pytest.raises(Refused, match="银行卡号只能是数字"):
        actions.correct_account(people.as_actor("chenjing"), case=case, bank="通山农商银行", account_no="6200-X")
    case = actions.correct_account(
        people.as_actor("chenjing"), case=case, bank="通山农商银行", account_no="6200000000007777"
    )
    assert (case.state, case.account_tail) == ("payable", "7777")
    assert workflow.history(case)[-1].on_behalf.startswith("刘春燕")


def test_the_receivers_answer_events_of_the_ledger(paying: Case) -> None:
    publish("payment.paid", case_ref=paying.ref, line_id=1, batch_ref="batch:0")
    jobs.run_pending()
    paying.refresh_from_db()
    assert paying.state == "closed"


def test_the_treasurys_file_ends_the_case(paying: Case) -> None:
    line = ledger.lines_for(paying.ref).get()
    assert (line.payee, line.account_tail, line.amount_fen) == ("刘春燕", "0381", 5_000_00)


def test_money_paid_wrongly_is_asked_back(paying: Case) -> None:
    with pytest.raises(Refused):
        actions.start_recovery(people.as_actor("zhengwei"), case=paying, amount_fen=5_000_00, reason="重复享受")
    payment_made(paying)
    paying.refresh_from_db()
    assert recovery_done(paying).state == "closed"
