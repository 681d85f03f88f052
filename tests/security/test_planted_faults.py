"""After a county's work `bin/guiyan check` finds nothing; after each planted fault it finds just that one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from guiyan.cli import check
from guiyan.kernel.files.models import StoredFile
from guiyan.kernel.files.store import place
from guiyan.kernel.scope import Scope, entered
from tests.access.world import World
from tests.kernel.audit.finishing import seal_all

pytestmark = pytest.mark.commits
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sealed(world: World) -> World:
    """All that was recorded is sealed: what nobody has sealed yet, nobody can prove."""
    seal_all()
    assert codes() == set()
    return world


def codes() -> set[str]:
    return {found.code for found in check.findings()}


@contextmanager
def planted(*statements: str, undo: tuple[str, ...]) -> Iterator[None]:
    """Change the database as its administrator can, past walls and triggers; put it right afterwards."""
    as_administrator(*statements)
    try:
        yield
    finally:
        as_administrator(*undo)


def as_administrator(*statements: str) -> None:
    from tests import database

    url = database.server().url("super", str(connection.settings_dict["NAME"]))
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        for statement in statements:
            done = administrator.execute(statement.encode())
            assert done.rowcount != 0, statement


def test_a_balance_changed_behind_the_trigger(sealed: World) -> None:
    change = (
        "UPDATE ledger_account SET balance_fen = balance_fen {} 1 WHERE code LIKE '%:budget%' OR code LIKE '%budget'"
    )
    with planted(change.format("+"), undo=(change.format("-"),)):
        assert codes() == {"ledger.balance"}
    assert codes() == set()


def test_a_payment_paid_twice(sealed: World) -> None:
    """The same right held by a second row: only somebody past all constraints can write it."""
    with planted(
        "UPDATE ledger_transfer SET amount_fen = amount_fen + 100 WHERE id = (SELECT min(id) FROM ledger_transfer)",
        undo=(
            "UPDATE ledger_transfer SET amount_fen = amount_fen - 100 WHERE id = (SELECT min(id) FROM ledger_transfer)",
        ),
    ):
        assert "ledger.balance" in codes()
    assert codes() == set()


def test_a_changed_audit_row(sealed: World) -> None:
    row = "WHERE id = (SELECT max(id) FROM audit_entry WHERE action = 'case.pass_review')"
    with planted(
        f"UPDATE audit_entry SET actor_id = actor_id + 1 {row}",
        undo=(f"UPDATE audit_entry SET actor_id = actor_id - 1 {row}",),
    ):
        assert codes() == {"audit.entry_changed"}
    assert codes() == set()


def test_a_removed_seal(sealed: World) -> None:
    with planted(
        "CREATE TABLE kept_seal AS SELECT * FROM audit_seal WHERE number = (SELECT max(number) FROM audit_seal)",
        "DELETE FROM audit_seal WHERE number = (SELECT max(number) FROM audit_seal)",
        undo=("INSERT INTO audit_seal OVERRIDING SYSTEM VALUE SELECT * FROM kept_seal", "DROP TABLE kept_seal"),
    ):
        assert codes() == {"audit.seal_removed"}
    assert codes() == set()


def test_a_changed_file_and_a_file_that_is_gone(sealed: World) -> None:
    with entered(Scope.system()):
        stored = StoredFile.objects.order_by("pk")[0]
    path = place(stored.sha256)
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content + b"\0")
    changed = codes()
    path.unlink()
    gone = codes()
    path.write_bytes(content)
    assert (changed, gone) == ({"file_changed"}, {"file_missing"})
    assert codes() == set()


def test_a_state_set_past_the_gate(sealed: World) -> None:
    number = sealed.cases["submitted"].pk
    with planted(
        f"UPDATE cases_case SET state = 'approved' WHERE id = {number}",
        undo=(f"UPDATE cases_case SET state = 'submitted' WHERE id = {number}",),
    ):
        assert "workflow_state" in codes()
    assert codes() == set()


def test_the_command_says_so_with_its_status(sealed: World) -> None:
    assert command() == (0, True)
    change = "UPDATE ledger_account SET balance_fen = balance_fen {} 1 WHERE id = (SELECT max(id) FROM ledger_account)"
    with planted(change.format("+"), undo=(change.format("-"),)):
        assert command() == (1, False)


def command() -> tuple[int, bool]:
    from tests import database

    dsn, name = database.server(), str(connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "GUIYAN_HOME": str(settings.GUIYAN_HOME),
        "GUIYAN_DEMO": "1",
        "DATABASE_URL": dsn.url("app", name),
        "DATABASE_OWNER_URL": dsn.url("owner", name),
        "PYTHONPATH": f"{ROOT}/src",
    }
    words = [sys.executable, "-m", "guiyan.cli.main", "check"]
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, timeout=300)
    return done.returncode, bool(json.loads(done.stdout)["ok"])
