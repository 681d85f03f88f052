"""Two people at the same moment on two real connections, wherever money or rights hang on who comes first."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guiyan.cases import actions, checks
from guiyan.cases.models import Batch, Case
from guiyan.kernel import jobs
from guiyan.kernel.actors import PUBLIC, SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import actions as ledger
from guiyan.ledger import checks as ledger_checks
from guiyan.ledger.models import Entitlement, LineResult, PaymentRequest
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice, Objection
from guiyan.registers import actions as registers
from tests.cases import people
from tests.cases.test_at_once import at_once

pytestmark = pytest.mark.commits
Clock = Callable[[str], object]


@dataclass
class Town:
    """Three people in one database that keeps what is done; each test takes a case of its own."""

    at: Clock

    def person(self, serial: int) -> people.Person:
        return people.a_returnee(serial, name=f"示例{'甲乙丙丁戊己庚'[serial - 1]}")


@pytest.fixture
def town(committed_db: object, at: Clock, tmp_path: Path) -> Town:
    at("2026-06-08 09:00")
    with entered(Scope.system()):
        people.with_budget()
        people.with_list(tmp_path)
    return Town(at)


def kinds(outcomes: list[object]) -> list[str]:
    return sorted("Refused" if isinstance(one, Refused) else type(one).__name__ for one in outcomes)


def sound() -> None:
    with entered(Scope.system()):
        assert [*checks.findings(), *ledger_checks.findings()] == []


def test_taking_back_and_accepting(town: Town) -> None:
    with entered(Scope.system()):
        person = town.person(1)
        case = people.submitted(person)
        officer = people.as_actor("zhoumin")
    outcomes = at_once(
        lambda: actions.accept_case(officer, case=case), lambda: actions.withdraw_case(person.actor, case=case)
    )
    assert kinds(outcomes) == ["Case", "Refused"]
    sound()


def test_signing_publishing_and_what_follows_happen_once(town: Town) -> None:
    with entered(Scope.system()):
        cases = [people.approved(town.person(serial)) for serial in (1, 2)]
        batch = actions.recheck_batch(people.as_actor("wuqiang"), batch=people.a_batch(*cases))
        signer = people.as_actor("xurong")
    assert kinds(at_once(*[lambda: actions.sign_batch(signer, batch=batch)] * 2)) == ["Batch", "Refused"]
    published = at_once(*[lambda: notices.publish_batch_notice(SYSTEM, batch=batch)] * 2)
    assert kinds(published) == ["Notice", "Notice"]
    with entered(Scope.system()):
        notice = Notice.objects.get()
        objection = notices.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某", contact="某")
        officer = people.as_actor("zhengwei")
    town.at("2026-06-16 09:00")
    decide_and_close(notice, objection, officer)
    pay_twice()
    sound()


def decide_and_close(notice: Notice, objection: Objection, officer: people.Actor) -> None:
    """Dismissed at the very moment the notice is closed: the line must not stay behind."""

    def dismiss() -> Objection:
        return notices.decide_objection(officer, objection=objection, upheld=False, answer="已返乡")

    outcomes = at_once(dismiss, dismiss, lambda: notices.close_notice(SYSTEM, notice=notice))
    assert kinds(outcomes) == ["Notice", "Objection", "Refused"]
    with entered(Scope.system()):
        assert [one.state for one in Case.objects.order_by("id")] == ["payable", "payable"]


def pay_twice() -> None:
    with entered(Scope.system()):
        batch, officer, treasury = Batch.objects.get(), people.as_actor("huanglei"), people.as_actor("sunli")
    asked = at_once(*[lambda: actions.request_batch_payment(officer, batch=batch)] * 2)
    assert kinds(asked) == ["Refused", "str"]
    with entered(Scope.system()):
        request = PaymentRequest.objects.get()
    file = io.StringIO()
    head = ("支付申请编号", "行号", "收款人", "金额（元）", "结果", "回单号", "日期", "退票原因")
    rows = [(request.number, n, "", "5000", "成功", f"HD{n}", "2026-06-17", "") for n in (1, 2)]
    csv.writer(file).writerows([head, *rows])
    one, other = file.getvalue().encode(), (file.getvalue() + "\n").encode()

    def take(content: bytes) -> object:
        return ledger.import_result(treasury, request=request, name="结果.csv", content=content)

    summaries = at_once(lambda: take(one), lambda: take(one), lambda: take(other))
    assert sorted(summary.paid for summary in summaries) == [0, 0, 2]  # type: ignore[attr-defined]
    with entered(Scope.system()):
        jobs.run_pending()
        assert LineResult.objects.count() == 2
        assert [one.state for one in Case.objects.order_by("id")] == ["closed", "closed"]


def test_an_objection_at_the_moment_the_notice_ends(town: Town) -> None:
    with entered(Scope.system()):
        case = people.approved(town.person(1))
        notice = notices.publish_batch_notice(SYSTEM, batch=people.signed(case))
    town.at("2026-06-16 09:00")
    outcomes = at_once(
        lambda: notices.close_notice(SYSTEM, notice=notice),
        lambda: notices.file_objection(PUBLIC, notice=notice, line_no=1, text="晚了", name="某", contact="某"),
    )
    assert kinds(outcomes) == ["Notice", "Refused"]
    sound()


def test_claims_under_two_ids_while_they_are_merged(town: Town) -> None:
    with entered(Scope.system()):
        one, other = town.person(1), town.person(2)

    def claim(subject_id: int, ref: str) -> object:
        return ledger.claim_entitlement(
            SYSTEM,
            measure_id="startup-subsidy",
            subject_id=subject_id,
            case_ref=ref,
            amount_fen=5_000_00,
            region=people.COUNTY,
            programme="startup-subsidy",
        )

    with entered(Scope.system()):
        claim(one.subject_id, "case:901")

    outcomes = at_once(
        lambda: claim(other.subject_id, "case:902"),
        lambda: registers.merge(SYSTEM, kept=other.subject_id, merged=one.subject_id),
    )
    with entered(Scope.system()):
        held = Entitlement.objects.count()
        twice = [found.code for found in ledger_checks.findings()]
    # Either the merging came first and the claim was refused, or the claim did and the collision is a finding.
    refused = any(isinstance(found, Refused) for found in outcomes)
    assert (held, twice) == ((1, []) if refused else (2, ["ledger.twice"]))


def test_two_batches_of_a_county_get_numbers_of_their_own(town: Town) -> None:
    with entered(Scope.system()):
        batches = [people.signed(people.approved(town.person(serial))) for serial in (1, 2)]
    published = at_once(*[lambda batch=batch: notices.publish_batch_notice(SYSTEM, batch=batch) for batch in batches])
    assert kinds(published) == ["Notice", "Notice"]
    town.at("2026-06-16 09:00")
    with entered(Scope.system()):
        jobs.run_pending()
        officer = people.as_actor("huanglei")
    asked = at_once(*[lambda batch=batch: actions.request_batch_payment(officer, batch=batch) for batch in batches])
    assert sorted(str(number)[-5:] for number in asked) == ["00001", "00002"]
    sound()
