"""Two people at the same moment, on two real connections: one of them is first, and money is held once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from guiyan.cases import actions
from guiyan.cases.models import Case, Joint
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.ledger.models import Entitlement
from tests.cases import firms, listings, people
from tests.cases.test_together import begun, filled

pytestmark = pytest.mark.commits
Clock = Callable[[str], object]


def at_once(*doing: Callable[[], object]) -> list[object]:
    """Run each on a connection of its own, started together; what each gave, or the refusal it met."""
    gate, found = threading.Barrier(len(doing)), [None] * len(doing)

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            with entered(Scope.system()):
                gate.wait(timeout=30)
                found[place] = work()
        except Refused as refusal:
            found[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(doing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return list(found)


@pytest.fixture
def person(committed_db: object, at: Clock, tmp_path: Path) -> people.Person:
    at("2026-06-08 09:00")
    with entered(Scope.system()):
        people.with_budget()
        people.with_list(tmp_path)
        return people.a_returnee()


def test_a_double_click_on_submit_makes_one_case(person: people.Person) -> None:
    with entered(Scope.system()):
        draft = people.a_draft(person)

    def click() -> Case:
        return actions.submit_case(person.actor, case=draft, token=draft.submission_token)

    first, second = at_once(click, click)
    assert isinstance(first, Case) and isinstance(second, Case)
    assert first.number == second.number == "XN421224-2026-000001"
    with entered(Scope.system()):
        assert Case.objects.exclude(state="draft").count() == 1


def test_two_drafts_of_one_person_submitted_at_once_leave_one_request(person: people.Person) -> None:
    with entered(Scope.system()):
        clerk = people.as_actor("chenjing")
        own, clerks = people.a_draft(person), people.a_draft(person, by=clerk, entry="counter")
    outcomes = at_once(
        lambda: actions.submit_case(person.actor, case=own, token=own.submission_token),
        lambda: actions.submit_case(clerk, case=clerks, token=clerks.submission_token),
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Case", "Refused"]
    refusal = next(one for one in outcomes if isinstance(one, Refused))
    assert "已经申请过" in refusal.message


def test_two_approvals_at_the_same_moment_hold_the_money_once(person: people.Person) -> None:
    with entered(Scope.system()):
        case = people.checked(person)
        reviewer = people.as_actor("zhengwei")
        second = people.with_powers_of("xurong", "zhengwei")
    outcomes = at_once(
        lambda: actions.pass_review(reviewer, case=case, opinion="同意"),
        lambda: actions.pass_review(second, case=case, opinion="同意"),
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Case", "Refused"]
    assert "刚刚已由别人办理" in next(one for one in outcomes if isinstance(one, Refused)).message
    with entered(Scope.system()):
        assert ledger.entitlements_of(person.subject_id).count() == 1
        pots = {row.pot: row.balance_fen for row in ledger.pots("startup-subsidy", people.COUNTY)}
        assert (pots["budget"], pots["committed"]) == (95_000_00, 5_000_00)


def test_two_officers_cannot_put_one_case_into_two_batches(person: people.Person) -> None:
    with entered(Scope.system()):
        case = people.approved(person)
        officer = people.as_actor("huanglei")
    outcomes = at_once(
        lambda: actions.prepare_batch(officer, cases=[case]), lambda: actions.prepare_batch(officer, cases=[case])
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Batch", "Refused"]


def test_two_tabs_that_send_together_while_a_third_begins_make_each_request_once(person: people.Person) -> None:
    with entered(Scope.system()):
        joint = filled(person)

    def send() -> Joint:
        return actions.submit_joint(person.actor, joint=joint, token=joint.submission_token)

    def begin() -> Joint:
        return begun(person, "graduate-startup-subsidy")

    first, second, third = at_once(send, send, begin)
    assert isinstance(first, Joint) and isinstance(second, Joint) and first.number == second.number
    assert isinstance(third, Joint | Refused)
    with entered(Scope.system()):
        assert Case.objects.filter(state="submitted").count() == 2
        assert Joint.objects.exclude(number="").count() == 1


def test_the_same_things_sent_by_herself_and_at_the_counter_are_sent_once(person: people.Person) -> None:
    with entered(Scope.system()):
        clerk = people.as_actor("chenjing")
        own, clerks = filled(person), filled(person, by=clerk, entry="counter")
    outcomes = at_once(
        lambda: actions.submit_joint(person.actor, joint=own, token=own.submission_token),
        lambda: actions.submit_joint(clerk, joint=clerks, token=clerks.submission_token),
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Joint", "Refused"]
    with entered(Scope.system()):
        assert Case.objects.filter(state="submitted").count() == 2
        assert Joint.objects.exclude(number="").count() == 1


def test_two_reviews_of_one_step_give_it_once(committed_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    with entered(Scope.system()):
        people.with_list(tmp_path)
        firms.with_lists(tmp_path)
        listings.with_award()
        firm = firms.a_firm(1)
        waiting = [listings.checked(firm, "main", 1), listings.checked(firm, "star", 1)]
    found = at_once(*(lambda case=case: listings.passed(case) for case in waiting))  # type: ignore[misc]
    with entered(Scope.system()):
        assert sum(isinstance(one, Refused) for one in found) == 1
        (held,) = Entitlement.objects.filter(subject_id=firm.subject_id, measure_id=listings.AWARD, ended_at=None)
        assert (held.step, held.amount_fen) == ("2.1", listings.MILLION)
