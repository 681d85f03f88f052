"""How a batch ends when objections were upheld: it is closed, and no paid case waits for a line that will not come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cases import actions, checks
from guiyan.cases.actions.payment import payment_came_back, payment_made
from guiyan.cases.models import Batch, Case
from guiyan.kernel.actors import PUBLIC, SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice, Objection
from guiyan.notices.receivers import close_due
from tests.cases import people

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def published(count: int) -> tuple[Notice, list[Case]]:
    cases = [people.approved(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in range(1, count + 1)]
    return notices.publish_batch_notice(SYSTEM, batch=people.signed(*cases)), cases


def object_to(notice: Notice, line: int) -> Objection:
    return notices.file_objection(PUBLIC, notice=notice, line_no=line, text="没有返乡", name="某人", contact="示例")


def uphold(objection: Objection) -> None:
    notices.decide_objection(people.as_actor("zhengwei"), objection=objection, upheld=True, answer="核实没有返乡")


def end(at: Clock) -> None:
    close_due(at("2026-06-16 09:00"))  # type: ignore[arg-type]


def state_of(thing: Case | Batch) -> str:
    thing.refresh_from_db()
    return thing.state


def test_a_batch_whose_only_line_was_refused_ends_with_its_notice(at: Clock) -> None:
    notice, cases = published(1)
    uphold(object_to(notice, 1))
    end(at)
    assert (state_of(cases[0]), state_of(notice.batch)) == ("refused", "settled")
    assert list(checks.findings()) == []


def test_a_batch_whose_lines_are_all_held_ends_with_the_last_decision(at: Clock) -> None:
    notice, cases = published(2)
    objections = [object_to(notice, line) for line in (1, 2)]
    end(at)
    assert [state_of(one) for one in cases] == ["held", "held"]
    with pytest.raises(Refused, match="没有可以拨付"):
        actions.request_batch_payment(people.as_actor("huanglei"), batch=notice.batch)
    for objection in objections:
        uphold(objection)
    assert state_of(notice.batch) == "settled"


def test_the_last_line_refused_after_the_others_were_paid_closes_them(at: Clock) -> None:
    notice, cases = published(2)
    objection = object_to(notice, 1)
    end(at)
    actions.request_batch_payment(people.as_actor("huanglei"), batch=notice.batch)
    payment_made(cases[1])
    assert state_of(notice.batch) == "paying"
    uphold(objection)
    assert [state_of(cases[0]), state_of(cases[1]), state_of(notice.batch)] == ["refused", "closed", "settled"]


def test_a_payment_that_came_back_twice_and_was_put_right_twice(at: Clock) -> None:
    notice, (case,) = published(1)
    end(at)
    officer, clerk = people.as_actor("huanglei"), people.as_actor("chenjing")
    actions.request_batch_payment(officer, batch=notice.batch)
    payment_came_back(case, "账号不存在")
    assert payment_came_back(case, "账号不存在").state == "returned"
    people.corrected(case)
    with pytest.raises(Refused, match="不用更正"):
        actions.correct_account(clerk, case=case, bank="通山农商银行", account_no="6200000000008888")


def test_one_notice_that_cannot_be_closed_stops_no_other(at: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiyan.kernel import jobs
    from guiyan.notices import receivers

    cases = [people.approved(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in (1, 2)]
    first, second = [notices.publish_batch_notice(SYSTEM, batch=people.signed(one)) for one in cases]
    whole = receivers.close_notice

    def broken(actor: object, *, notice: Notice) -> Notice:
        if notice.pk == first.pk:
            raise Refused("示例：这一份关不上")
        return whole(SYSTEM, notice=notice)

    monkeypatch.setattr(receivers, "close_notice", broken)
    close_due(at("2026-06-16 09:00"))  # type: ignore[arg-type]
    jobs.run_pending(raise_failures=False)
    second.refresh_from_db()
    assert second.closed_at is not None
