"""Each fault somebody could plant, as the owner of the tables or of the file, is found and named."""

from __future__ import annotations

import json
from collections.abc import Callable

import psycopg
import pytest

from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.audit import seals
from guiyan.kernel.scope import Scope, entered
from tests.fixtures import TestDatabase
from tests.kernel.audit.finishing import seal_all, seal_exactly


@pytest.fixture
def log(committed_db: TestDatabase) -> TestDatabase:
    """Four seals: the pack's own entries, and three with one entry each."""
    seal_all()
    for action in ("a", "b", "c"):
        with entered(Scope.system()):
            audit.record(SYSTEM, action, "case:1", detail={"amount_fen": 500000})
        seal_exactly(1)
    assert audit.verify() == []
    return committed_db


def plant(database: TestDatabase, *statements: str) -> None:
    """Change tables behind the wall, as only their owner can."""
    with psycopg.connect(database.url("owner")) as owner:
        for name in ("audit_entry", "audit_seal"):
            owner.execute(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY".encode())
        for statement in statements:
            assert owner.execute(statement.encode()).rowcount >= 1
        for name in ("audit_entry", "audit_seal"):
            owner.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY".encode())


def found() -> set[tuple[str, str]]:
    return {(finding.code, finding.where) for finding in audit.verify()}


def test_a_changed_entry(log: TestDatabase) -> None:
    plant(log, "UPDATE audit_entry SET detail = '{\"amount_fen\": 100}' WHERE action = 'b'")
    assert found() == {("audit.entry_changed", "seal:3")}


def test_an_entry_put_to_somebody_else(log: TestDatabase) -> None:
    plant(log, "UPDATE audit_entry SET actor_id = 99 WHERE action = 'c'")
    assert found() == {("audit.entry_changed", "seal:4")}


def test_a_removed_entry(log: TestDatabase) -> None:
    plant(log, "DELETE FROM audit_entry WHERE action = 'b'")
    assert found() == {("audit.entry_removed", "seal:3")}


def test_an_entry_slipped_in_later(log: TestDatabase) -> None:
    copy = "at, recorded_at, txid, actor_kind, actor_id, action, target, targets, purpose, region, detail"
    plant(log, f"INSERT INTO audit_entry ({copy}) SELECT {copy} FROM audit_entry WHERE action = 'a'")
    assert found() == {("audit.entry_added", "seal:2")}


def test_a_removed_seal(log: TestDatabase) -> None:
    plant(log, "DELETE FROM audit_seal WHERE number = 2")
    assert found() == {("audit.seal_removed", "seal:2"), ("audit.seal_removed", "seal:3")}


def test_the_last_seals_removed(log: TestDatabase) -> None:
    plant(log, "DELETE FROM audit_seal WHERE number >= 3")
    assert found() == {("audit.seal_removed", "seal:3"), ("audit.seal_removed", "seal:4")}


def test_the_last_seals_and_their_entries_removed_together(log: TestDatabase) -> None:
    plant(log, "DELETE FROM audit_seal WHERE number = 4", "DELETE FROM audit_entry WHERE action = 'c'")
    assert found() == {("audit.seal_removed", "seal:4")}


def test_a_changed_seal(log: TestDatabase) -> None:
    plant(log, "UPDATE audit_seal SET root = repeat('0', 64) WHERE number = 3")
    codes = {code for code, where in found() if where == "seal:3"}
    assert codes == {"audit.seal_changed", "audit.entry_changed", "audit.file_differs"}


def test_the_whole_chain_written_anew_differs_from_the_file(log: TestDatabase) -> None:
    plant(log, "UPDATE audit_entry SET target = 'case:2' WHERE action = 'a'", "DELETE FROM audit_seal")
    path = seals.file_path()
    kept = path.read_text()
    path.unlink()
    seal_all()
    path.write_text(kept)
    assert {code for code, _ in found()} == {"audit.file_differs", "audit.seal_removed"}


def change_line(edit: Callable[[dict[str, object]], None], number: int) -> None:
    path = seals.file_path()
    lines = path.read_text().splitlines()
    fields = json.loads(lines[number - 1])
    edit(fields)
    lines[number - 1] = json.dumps(fields, sort_keys=True)
    path.write_text("\n".join(lines) + "\n")


def test_a_changed_line_of_the_file(log: TestDatabase) -> None:
    change_line(lambda fields: fields.update(entries=9), 2)
    assert found() == {("audit.file_changed", "seals.log")}


def test_a_line_of_the_file_removed(log: TestDatabase) -> None:
    path = seals.file_path()
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:1] + lines[2:]))
    assert found() == {("audit.file_shortened", "seal:2")}


def test_the_file_removed(log: TestDatabase) -> None:
    seals.file_path().unlink()
    assert {code for code, _ in found()} == {"audit.file_shortened"}


def test_a_file_of_another_installation(log: TestDatabase) -> None:
    first = seals.read_file()[0]
    other = seals.Seal(1, 0, 7, 1, "ab" * 32, first.previous, first.sealed_at)
    seals.file_path().write_text(other.line() + "\n")
    assert ("audit.file_differs", "seal:1") in found()
