"""The take-up of a run is reckoned from the records: who was told, opened, answered, applied, and was paid."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiyan.kernel import jobs
from guiyan.kernel.regions import COUNTRY
from guiyan.outreach import actions, queries
from guiyan.outreach.models import Message
from tests.access.world import answer
from tests.cases import people
from tests.outreach import stage
from tests.outreach.stage import COUNTY, SUBSIDY

pytestmark = pytest.mark.usefixtures("scoped_db", "morning")
STEPS = ("found", "told", "opened", "answered", "declined", "applied", "paid")


def steps_of(row: queries.FunnelRow) -> tuple[int, ...]:
    return tuple(row.at(step) for step in STEPS)


def test_each_step_counts_those_who_came_so_far(tmp_path: Path) -> None:
    people.with_budget()
    people.with_list(tmp_path)
    stage.with_lists(tmp_path)
    stage.in_force(SUBSIDY)
    before = people.a_returnee(9, name="早示例")
    people.submitted(before)  # she applied before anybody told her: she is told nothing
    persons = [people.a_returnee(n, name=f"示例{n}") for n in range(1, 5)]
    run = stage.sent(SUBSIDY)
    for person in persons[:3]:
        actions.open_message(person.actor, message=queries.my_messages(person.actor).get())
    declines = queries.my_telling(persons[0].actor, Message.objects.get(about_id=persons[0].subject_id).pk, SUBSIDY)
    actions.answer_measure(persons[0].actor, telling=declines, answer="declines")
    people.submitted(persons[1])
    funnel = queries.funnel_of(run)
    assert steps_of(funnel.whole) == (5, 4, 3, 2, 1, 1, 0)
    assert [(row.county, steps_of(row)) for row in funnel.rows] == [(COUNTY, (5, 4, 3, 2, 1, 1, 0))]
    assert queries.untold_counts(run) == [("已经在申请", 1)]
    applied = queries.people_at(run, "applied", measure="", place=COUNTRY, most=10)
    assert [one.about_id for one in applied] == [persons[1].subject_id]
    assert len(queries.people_at(run, "found", measure=SUBSIDY, place=COUNTRY, most=10)) == 5
    assert len(queries.people_at(run, "told", measure=SUBSIDY, place=COUNTRY, most=3, skip=3)) == 1


def test_who_was_paid_after_the_telling_is_the_last_step(tmp_path: Path, at: object) -> None:
    from guiyan.cases import actions as cases
    from guiyan.ledger import actions as ledger
    from guiyan.ledger.models import PaymentRequest

    people.with_budget()
    people.with_list(tmp_path)
    stage.with_lists(tmp_path)
    stage.in_force(SUBSIDY)
    person = people.a_returnee(1)
    run = stage.sent(SUBSIDY)
    case = people.approved(person)
    people.signed(case)
    jobs.run_pending()
    at("2026-06-18 09:00")  # type: ignore[operator]
    jobs.defer("kernel.tick")
    jobs.run_pending()
    batch = case.batch_lines.get().batch
    cases.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    jobs.run_pending()
    request = PaymentRequest.objects.get()
    content = answer(request, [(1, "成功", "HD1", "")], on="2026-06-18")
    ledger.import_result(people.as_actor("sunli"), request=request, name="r.csv", content=content)
    assert steps_of(queries.funnel_of(run).whole) == (1, 1, 0, 1, 0, 1, 1)
    assert queries.people_at(run, "paid", measure="", place=COUNTRY, most=5)[0].about_id == person.subject_id
