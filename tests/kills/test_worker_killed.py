"""The worker is killed in the middle of a job: the next one does it, and its effect is there once."""

from __future__ import annotations

import psycopg
import pytest

from guiyan.cases.models import Case, Message
from guiyan.kernel import jobs
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger.exchange import outbox_folder
from guiyan.ledger.models import PaymentFile, Transfer
from guiyan.notices.models import Notice
from tests.kills.processes import Worker, until
from tests.kills.stage import Stage, approve, payable, sign, undelivered

pytestmark = [pytest.mark.kills, pytest.mark.commits]


def killed_and_replaced(stage: Stage, workers: list[Worker], failpoint: str) -> None:
    """A worker comes to the failpoint and is killed there; another takes over and does what is left."""
    stage.arm(failpoint)
    workers.append(Worker(stage.database))
    until(workers[-1].was_killed, f"the worker is killed at {failpoint}")
    forget_heartbeats(stage)
    workers.append(Worker(stage.database))
    until(lambda: undelivered() == [], "the new worker delivers what is left")


def forget_heartbeats(stage: Stage) -> None:
    """The half minute after which a silent worker counts as dead is over."""
    with psycopg.connect(stage.database.url("owner"), autocommit=True) as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


@pytest.mark.parametrize("failpoint", ["locked", "received", "before_commit", "after_commit"])
def test_a_signed_batch_becomes_public_once_wherever_the_worker_is_killed(
    stage: Stage, workers: list[Worker], failpoint: str
) -> None:
    case = approve(stage.reviewing.pop())
    jobs.run_pending()
    batch = sign(case)
    killed_and_replaced(stage, workers, failpoint)
    with entered(Scope.system()):
        assert Notice.objects.filter(batch=batch).count() == 1
        assert Case.objects.get(pk=case.pk).state == "noticed"
        assert Message.objects.filter(case=case, kind="noticed").count() == 1


def test_a_payment_file_written_before_the_worker_was_killed_is_the_one_that_counts(
    stage: Stage, workers: list[Worker]
) -> None:
    request = payable(approve(stage.reviewing.pop()))
    stage.arm("payment_file_written")
    workers.append(Worker(stage.database))
    until(workers[-1].was_killed, "the worker is killed when the file is written")
    files = sorted(outbox_folder().iterdir())
    assert [file.name for file in files] == [f"{request.number}.xlsx"]
    content = files[0].read_bytes()
    with entered(Scope.system()):
        assert PaymentFile.objects.filter(request=request).count() == 0
    forget_heartbeats(stage)
    workers.append(Worker(stage.database))
    until(lambda: has_file(request.pk), "the new worker writes the file down")
    assert sorted(outbox_folder().iterdir()) == files
    assert files[0].read_bytes() == content
    with entered(Scope.system()):
        assert Transfer.objects.filter(batch_ref=request.batch_ref, kind="request").count() == 1
    until(lambda: undelivered() == [], "the event of the file is delivered")


def has_file(request_id: int) -> bool:
    with entered(Scope.system()):
        return PaymentFile.objects.filter(request_id=request_id).exists()
