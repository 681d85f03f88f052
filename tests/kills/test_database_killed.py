"""PostgreSQL itself is killed, all of its processes, while a request or a job is under way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from guiyan.accounts.models import User
from guiyan.kernel import failpoints, jobs, postgres
from guiyan.kernel.postgres import processes
from guiyan.kernel.postgres.place import find_place
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger.exchange import outbox_folder
from guiyan.ledger.models import PaymentFile
from tests import database, template
from tests.fixtures import TestDatabase
from tests.kills.stage import APPROVED, WAITING, Stage, facts_of, fill, findings, payable, undelivered

pytestmark = [pytest.mark.kills, pytest.mark.commits]


@pytest.fixture(scope="module")
def cluster(
    test_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Stage]:
    """A server of its own for these tests, so that nobody else's is killed."""
    home = tmp_path_factory.mktemp("cluster")
    home.chmod(0o755)
    data = postgres.data_dir_of(home)
    dsn = postgres.ensure(data)
    database.use_home(home)
    with django_db_blocker.unblock():
        database.connect_django(dsn, dsn.dbname, "owner")
        template.fill()
        database.connect_django(dsn, dsn.dbname, "app")
        yield Stage(TestDatabase(dsn, dsn.dbname, home, ""), fill(home, reviewing=4))
        connections.close_all()
    database.connect_django(test_database.dsn, test_database.name, "app")
    database.use_home(test_database.home)
    postgres.destroy(data)


@pytest.fixture
def stage(cluster: Stage) -> Iterator[Stage]:
    yield cluster
    assert undelivered() == []
    assert findings() == []


def kill_server(data: Path) -> None:
    """The first process of the server, so that it cannot start others, then all the others."""
    first = postgres.status(data).pid
    assert first is not None
    for pid in [first, *processes.server_processes(find_place(data).data)]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def killed_at(cluster: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`killed_at("posted")`: when this process comes there, the server is killed, once."""
    data = postgres.data_dir_of(cluster.database.home)

    def arm(name: str) -> None:
        def hit(reached: str) -> None:
            if reached == name:
                monkeypatch.undo()
                kill_server(data)

        monkeypatch.setattr(failpoints, "hit", hit)

    return arm


def start_again(stage: Stage) -> None:
    connections.close_all()
    postgres.ensure(postgres.data_dir_of(stage.database.home))


def reviewer() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="zhengwei"))
    return client


@pytest.mark.parametrize("failpoint", ["locked", "posted", "before_commit"])
def test_a_request_whose_database_is_killed_changes_nothing_and_can_be_repeated(
    stage: Stage, killed_at: Callable[[str], None], failpoint: str
) -> None:
    case, client = stage.reviewing.pop(), reviewer()
    address = f"/desk/cases/{case.number}/step/pass_review/"
    killed_at(failpoint)
    assert client.post(address, {"opinion": "同意"}).status_code >= 400
    start_again(stage)
    assert facts_of(case) == WAITING
    assert client.post(address, {"opinion": "同意"}).status_code == 302
    assert facts_of(case) == APPROVED
    jobs.run_pending()


def test_what_was_committed_before_the_database_was_killed_is_there_and_its_work_goes_on(
    stage: Stage, killed_at: Callable[[str], None]
) -> None:
    """First after an approval's commit, then between a payment file and its record."""
    case, client = stage.reviewing.pop(), reviewer()
    killed_at("after_commit")
    client.post(f"/desk/cases/{case.number}/step/pass_review/", {"opinion": "同意"})
    start_again(stage)
    assert facts_of(case) == APPROVED
    jobs.run_pending()
    request = payable(case)
    killed_at("payment_file_written")
    with suppress(Exception):
        jobs.run_pending()
    start_again(stage)
    jobs.requeue_stalled(0)
    jobs.run_pending()
    with entered(Scope.system()):
        assert PaymentFile.objects.get(request=request).name == f"{request.number}.xlsx"
    assert [path.name for path in outbox_folder().iterdir()] == [f"{request.number}.xlsx"]
