"""Seals: every finished entry once, none of a running transaction, in a chain, and in a file outside the database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import psycopg
import pytest
from django.db import connection, transaction

from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.audit import sealing, seals
from guiyan.kernel.audit.log import INSERT
from guiyan.kernel.audit.models import AuditSeal
from guiyan.kernel.scope import Scope, entered
from tests.fixtures import TestDatabase
from tests.kernel.audit.finishing import seal_all, seal_exactly

VALUES: tuple[object, ...] = ("2026-06-08 09:00+08", "system", None, "slow.action", "case:1", [], "", None, "{}")


@pytest.fixture
def sealed(committed_db: TestDatabase) -> TestDatabase:
    """A database whose entries so far are all under one seal."""
    seal_all()
    return committed_db


@contextmanager
def another_session(database: TestDatabase) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.url("app")) as raw:
        yield raw


def write(action: str) -> None:
    with entered(Scope.system()):
        audit.record(SYSTEM, action, "case:1")


def table() -> list[seals.Seal]:
    with entered(Scope.system()):
        return [seal for seal, _ in sealing.stored()]


def test_what_is_committed_is_sealed_once(sealed: TestDatabase) -> None:
    write("a")
    write("b")
    seal_exactly(2)
    assert audit.seal_pending() == 0
    assert audit.verify() == []


def test_a_slow_transaction_is_never_skipped(sealed: TestDatabase) -> None:
    with another_session(sealed) as slow:
        slow.execute(INSERT, VALUES)
        write("after the slow one began")
        assert audit.seal_pending() == 0
        slow.commit()
    seal_exactly(2)
    assert audit.verify() == []


def test_entries_before_a_slow_transaction_do_not_wait_for_it(sealed: TestDatabase) -> None:
    write("before")
    with another_session(sealed) as slow:
        slow.execute(INSERT, VALUES)
        seal_exactly(1)
        slow.rollback()
    write("after")
    seal_exactly(1)
    assert audit.verify() == []


def test_each_seal_carries_on_where_the_last_one_ended(sealed: TestDatabase) -> None:
    for action in ("a", "b", "c"):
        write(action)
        seal_exactly(1)
    chain = table()
    assert [seal.number for seal in chain] == list(range(1, len(chain) + 1))
    for before, after in pairwise(chain):
        assert (after.from_txid, after.previous) == (before.upto_txid, before.digest)


def test_the_file_holds_every_seal(sealed: TestDatabase) -> None:
    write("a")
    seal_exactly(1)
    assert seals.read_file() == table()
    assert seals.file_path().is_relative_to(sealed.home)


def test_several_sealers_and_writers_at_once_seal_every_entry_once(sealed: TestDatabase) -> None:
    counts: list[int] = []
    faults: list[BaseException] = []

    def work(step: int) -> None:
        try:
            for number in range(6):
                write(f"{step}.{number}")
                counts.append(audit.seal_pending())
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(step,)) for step in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    seal_exactly(24 - sum(counts))
    assert audit.verify() == []


def test_a_seal_that_is_undone_never_reaches_the_file(sealed: TestDatabase) -> None:
    write("a")
    with transaction.atomic():
        seal_exactly(1)
        assert audit.seal_pending() == 0
        transaction.set_rollback(True)
    assert len(seals.read_file()) == len(table()) == 1
    seal_exactly(1)
    assert audit.verify() == []


def test_a_line_torn_by_a_crash_is_written_again(sealed: TestDatabase) -> None:
    path = seals.file_path()
    write("a")
    seal_exactly(1)
    whole = path.read_text()
    path.write_text(whole[:-40])
    assert audit.verify() == []
    write("b")
    seal_exactly(1)
    assert path.read_text().startswith(whole)
    assert audit.verify() == []


def test_seals_are_kept_by_the_database_too(sealed: TestDatabase) -> None:
    with pytest.raises(Exception, match="permission denied"), entered(Scope.system()):
        AuditSeal.objects.all().delete()
