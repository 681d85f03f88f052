"""Events and jobs: written with their cause, delivered to everyone, each with its effect once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from guiyan.kernel import jobs, outbox
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.kernel.jobs.models import JobFailure
from guiyan.kernel.jobs.queue import failed_jobs, retry, waiting_jobs
from guiyan.kernel.jobs.run import Running
from guiyan.kernel.outbox import Event, registry
from guiyan.kernel.outbox.checks import findings
from guiyan.kernel.outbox.deliver import deliver
from guiyan.kernel.outbox.models import OutboxEvent, OutboxReceipt
from guiyan.kernel.scope import Scope, current


class Listener:
    """A receiver that remembers what it was given, and may be told to fail."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.trouble: Exception | None = None

    def __call__(self, event: Event) -> None:
        if self.trouble:
            raise self.trouble
        assert current() == Scope.system()
        self.heard.append(event)


@pytest.fixture
def listeners(scoped_db: Scope, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Listener, Listener]]:
    """Two receivers of indicator.computed, and nobody else listening to anything."""
    first, second = Listener(), Listener()
    monkeypatch.setattr(registry, "_receivers", {})
    outbox.receiver("indicator.computed", name="test.first")(first)
    outbox.receiver("indicator.computed", name="test.second")(second)
    yield first, second


def test_an_event_reaches_every_receiver_once(listeners: tuple[Listener, Listener]) -> None:
    outbox.publish("indicator.computed", indicator_id=7, period="2026-06")
    jobs.run_pending()
    jobs.run_pending()
    for listener in listeners:
        assert [(event.name, event.number("indicator_id"), event["period"]) for event in listener.heard] == [
            ("indicator.computed", 7, "2026-06")
        ]
    assert OutboxReceipt.objects.filter(event__event="indicator.computed").count() == 2


def test_an_event_of_a_change_taken_back_reaches_nobody(listeners: tuple[Listener, Listener]) -> None:
    before = len(waiting_jobs())
    with pytest.raises(Refused), transaction.atomic():
        outbox.publish("indicator.computed", indicator_id=7)
        raise Refused("不行")
    assert not OutboxEvent.objects.filter(event="indicator.computed").exists()
    assert len(waiting_jobs()) == before


def test_a_second_delivery_does_nothing(listeners: tuple[Listener, Listener]) -> None:
    outbox.publish("indicator.computed", indicator_id=7)
    jobs.run_pending()
    event = OutboxEvent.objects.get(event="indicator.computed")
    deliver(event_id=event.pk, receiver="test.first")
    assert len(listeners[0].heard) == 1


def test_a_failing_receiver_leaves_no_receipt_says_why_and_does_not_stop_others(
    listeners: tuple[Listener, Listener],
) -> None:
    listeners[0].trouble = Refused("财政系统还没有这个批次。")
    outbox.publish("indicator.computed", indicator_id=7)
    with pytest.raises(jobs.JobsFailed, match="财政系统还没有这个批次"):
        jobs.run_pending()
    assert len(listeners[1].heard) == 1
    assert set(OutboxReceipt.objects.values_list("receiver", flat=True)) == {"test.second"}
    waiting = [row for row in waiting_jobs() if row.name == "outbox.deliver"]
    assert [(row.attempts, row.reason) for row in waiting] == [(1, "财政系统还没有这个批次。")]
    assert waiting[0].scheduled_at is not None  # waits before it is tried again


def test_a_person_may_have_a_job_tried_again_at_once(listeners: tuple[Listener, Listener]) -> None:
    listeners[0].trouble = ValueError("坏了\nDETAIL: 421224199001010000")
    outbox.publish("indicator.computed", indicator_id=7)
    jobs.run_pending(raise_failures=False)
    failure = JobFailure.objects.get()
    assert failure.reason == "程序出错（ValueError）：坏了"
    assert "421224199001010000" not in failure.trace
    listeners[0].trouble = None
    retry(SYSTEM, failure.job_id)
    jobs.run_pending()
    assert len(listeners[0].heard) == 1


def test_a_job_that_failed_too_often_waits_for_a_person(
    listeners: tuple[Listener, Listener], monkeypatch: pytest.MonkeyPatch
) -> None:
    listeners[0].trouble = Refused("还不行")
    outbox.publish("indicator.computed", indicator_id=7)
    for _ in range(9):
        jobs.run_pending(raise_failures=False)
        for row in waiting_jobs():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE id = %s", [row.id])
    assert [(row.name, row.reason) for row in failed_jobs()] == [("outbox.deliver", "还不行")]
    listeners[0].trouble = None
    retry(SYSTEM, failed_jobs()[0].id)
    jobs.run_pending()
    assert len(listeners[0].heard) == 1
    assert failed_jobs() == []


def test_a_job_cut_off_is_run_again_and_a_running_one_is_not(scoped_db: Scope) -> None:
    number = jobs.defer("kernel.tick")
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, number])
    assert jobs.requeue_stalled() == 0
    assert jobs.requeue_stalled(here=Running(number or 0, worker, 0)) == 0
    assert jobs.requeue_stalled(here=Running(0, worker, 0)) == 1
    assert number in {row.id for row in waiting_jobs()}


def test_publishing_outside_a_transaction_is_refused(committed_db: object) -> None:
    with pytest.raises(transaction.TransactionManagementError, match=r"case\.paid"):
        outbox.publish("case.paid", case_id=1)


def test_unknown_events_are_refused_by_name(scoped_db: Scope) -> None:
    with pytest.raises(ValueError, match=r"case\.payed"):
        outbox.publish("case.payed", case_id=1)
    with pytest.raises(ValueError, match=r"case\.payed"):
        outbox.receiver("case.payed", name="x")


def test_a_job_asked_for_while_one_waits_is_asked_for_once(scoped_db: Scope) -> None:
    assert jobs.defer("kernel.tick", once_while_waiting="t") is not None
    assert jobs.defer("kernel.tick", once_while_waiting="t") is None


def test_moving_the_clock_runs_what_waits_for_a_time(
    scoped_db: Scope, at: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    from guiyan.kernel.jobs import registry as declared

    seen: list[str] = []
    monkeypatch.setattr(declared, "_jobs", dict(declared.jobs()))
    monkeypatch.setattr(declared, "_ticks", {})
    jobs.on_tick("test.tick")(lambda now: seen.append(f"{now:%Y-%m-%d}"))
    at("2026-06-08 09:00")
    at("2026-06-16 09:00")
    jobs.run_pending()
    assert seen == ["2026-06-16"]


@pytest.mark.parametrize(("seconds", "cron"), [(5, "* * * * * */5"), (60, "*/1 * * * *"), (3600, "0 */1 * * *")])
def test_periods_that_repeat_evenly_have_a_schedule(seconds: int, cron: str) -> None:
    from guiyan.kernel.jobs.registry import cron_of

    assert cron_of(seconds) == cron
    with pytest.raises(ValueError, match="evenly"):
        cron_of(seconds * 7 + 1)


def test_an_event_that_lost_its_job_is_found(listeners: tuple[Listener, Listener]) -> None:
    before = len(list(findings()))
    outbox.publish("indicator.computed", indicator_id=7)
    assert len(list(findings())) == before  # on its way
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args->>'receiver' = 'test.first'")
    assert [finding.code for finding in findings()][before:] == ["event_lost"]
    jobs.run_pending()
    assert len(list(findings())) == before + 1
