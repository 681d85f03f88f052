"""The web server is killed in the middle of a request: all of it is done or nothing, and it can be done again."""

from __future__ import annotations

import threading

import pytest

from guiyan.cases import actions
from guiyan.cases.models import Case
from guiyan.kernel import jobs
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.ledger.models import Entitlement, LineResult, ResultFile, Transfer
from guiyan.registers import actions as registers
from tests.access.world import answer
from tests.cases import people
from tests.kills.processes import Web, until
from tests.kills.stage import APPROVED, WAITING, Stage, approve, facts_of, findings, payable, undelivered
from tests.kills.visitor import GONE, Visitor

pytestmark = [pytest.mark.kills, pytest.mark.commits]


@pytest.fixture
def web(served: Stage, stage: Stage) -> Web:
    assert served.web is not None
    return served.web


def agree(officer: Visitor, case: Case) -> tuple[int, str]:
    return officer.send(f"/desk/cases/{case.number}/step/pass_review/", {"opinion": "同意"})


@pytest.mark.parametrize("failpoint", ["locked", "posted", "before_commit"])
def test_an_approval_killed_before_its_commit_leaves_nothing_and_is_done_once_when_repeated(
    stage: Stage, web: Web, failpoint: str
) -> None:
    case, officer = stage.reviewing.pop(), web.visitor("zhengwei")
    stage.arm(failpoint)
    assert agree(officer, case)[0] == GONE
    assert facts_of(case) == WAITING
    until(web.answers, "a new web process")
    assert agree(officer, case)[0] == 200
    assert facts_of(case) == APPROVED


def test_an_approval_killed_after_its_commit_is_whole_and_a_repetition_changes_nothing(stage: Stage, web: Web) -> None:
    case, officer = stage.reviewing.pop(), web.visitor("zhengwei")
    stage.arm("after_commit")
    assert agree(officer, case)[0] == GONE
    until(web.answers, "a new web process")
    assert facts_of(case) == APPROVED
    assert agree(officer, case)[0] == 200, "it is told to be done"
    assert facts_of(case) == APPROVED


def test_a_result_file_half_read_is_not_taken_at_all_and_counts_once_when_sent_again(stage: Stage, web: Web) -> None:
    cases = [approve(stage.reviewing.pop()) for _ in range(2)]
    request = payable(*cases)
    jobs.run_pending()
    treasury, file = web.visitor("sunli"), answer(request, [(1, "成功", "HD1", ""), (2, "退票", "", "账号不符")])
    before = written()
    stage.arm("result_half_read")
    assert upload(treasury, request.number, file)[0] == GONE
    assert written() == before
    until(web.answers, "a new web process")
    assert upload(treasury, request.number, file)[0] == 200
    assert upload(treasury, request.number, file)[0] == 200
    assert {name: count - before[name] for name, count in written().items()} == {"files": 1, "lines": 2, "transfers": 2}
    jobs.run_pending()
    assert undelivered() == []
    with entered(Scope.system()):
        states = [Case.objects.get(pk=case.pk).state for case in cases]
    assert sorted(states) == ["paid", "returned"]


def upload(treasury: Visitor, number: str, file: bytes) -> tuple[int, str]:
    return treasury.send(f"/desk/payments/{number}/results/", {}, {"file": ("结果.csv", file)})


def written() -> dict[str, int]:
    with entered(Scope.system()):
        return {
            "files": ResultFile.objects.count(),
            "lines": LineResult.objects.count(),
            "transfers": Transfer.objects.count(),
        }


def test_two_approvals_of_one_request_at_the_same_moment_hold_the_money_once(stage: Stage, web: Web) -> None:
    case = stage.reviewing.pop()
    assert at_once(web, case, case) == [200, 200], "to the same officer the second click is told to be done"
    assert facts_of(case) == APPROVED


def test_two_requests_of_one_person_approved_at_the_same_moment_are_paid_once(stage: Stage, web: Web) -> None:
    """Entered under two names that turn out to be one person; the other request is a finding until it is refused."""
    other, one = stage.reviewing.pop(0), stage.reviewing.pop(0)
    with entered(Scope.system()):
        registers.merge(SYSTEM, kept=one.subject_id, merged=other.subject_id)
    before = committed()
    statuses = at_once(web, one, other)
    assert sorted(statuses) == [200, 409]
    with entered(Scope.system()):
        assert Entitlement.objects.filter(case_ref__in=[one.ref, other.ref]).count() == 1
    assert committed() - before == 5_000_00
    assert ["cases.twice" in one for one in findings()] == [True]
    refuse_the_one_left(one, other)


def refuse_the_one_left(*cases: Case) -> None:
    with entered(Scope.system()):
        left = Case.objects.get(pk__in=[case.pk for case in cases], state="reviewing")
        actions.refuse_case(people.as_actor("zhengwei"), case=left, reason="同一人的另一件已经同意")


def at_once(web: Web, *cases: Case) -> list[int]:
    """One officer each, signed in apart, who press the button together."""
    officers = [web.visitor("zhengwei") for _ in cases]
    start, statuses = threading.Barrier(len(cases)), [GONE] * len(cases)

    def press(place: int) -> None:
        start.wait(timeout=60)
        statuses[place], _ = agree(officers[place], cases[place])

    threads = [threading.Thread(target=press, args=(place,)) for place in range(len(cases))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=180)
    return statuses


def committed() -> int:
    with entered(Scope.system()):
        pots = {row.pot: row.balance_fen for row in ledger.pots(people.ITEM, people.COUNTY)}
    return pots["committed"]
