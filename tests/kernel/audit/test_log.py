"""Entries: written with the action, without reading the log, gone when the action is undone."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM, FixedActor
from guiyan.kernel.audit import merkle
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.scope import Scope, entered
from tests.fixtures import TestDatabase

OFFICER = FixedActor("user", "周敏", user_id=7)
COUNTY = Scope(regions=((421224000000, 421225000000),), user_id=7)


def entries(action: str) -> list[AuditEntry]:
    with entered(Scope(audit=True)):
        return list(AuditEntry.objects.filter(action=action))


def test_an_action_is_logged_by_someone_who_may_not_read_the_log(committed_db: TestDatabase) -> None:
    with entered(COUNTY):
        audit.record(OFFICER, "case.accept", "case:12", region=421224107000, detail={"verb": "accept"})
        assert not AuditEntry.objects.exists()
    (entry,) = entries("case.accept")
    assert (entry.actor_id, entry.target, entry.region) == (7, "case:12", 421224107000)
    assert entry.detail == {"verb": "accept"}


def test_reading_a_list_is_one_entry_with_all_its_ids(committed_db: TestDatabase) -> None:
    with entered(COUNTY):
        audit.record_read(OFFICER, "person", ["subject:1", "subject:2"], "核对申请人", region=421224107000)
    (entry,) = entries("read:person")
    assert (entry.targets, entry.purpose) == (["subject:1", "subject:2"], "核对申请人")


def test_an_action_that_is_undone_leaves_no_entry(committed_db: TestDatabase) -> None:
    with pytest.raises(ValueError, match="undone"), entered(COUNTY):
        audit.record(OFFICER, "case.accept", "case:12")
        raise ValueError("undone")
    assert entries("case.accept") == []


def test_outside_a_scope_an_entry_can_be_written_and_not_read(committed_db: TestDatabase) -> None:
    audit.record(SYSTEM, "clock.tick", "clock:1")
    assert not AuditEntry.objects.exists()
    assert len(entries("clock.tick")) == 1


def test_writing_an_entry_reads_nothing_back_and_locks_nothing(committed_db: TestDatabase) -> None:
    with entered(COUNTY), connection.execute_wrapper(refuse_returning):
        audit.record(OFFICER, "case.accept", "case:12")
    assert len(entries("case.accept")) == 1


def refuse_returning(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    assert "RETURNING" not in sql
    assert "FOR UPDATE" not in sql and "advisory" not in sql
    return execute(sql, params, many, context)


def tree(leaves: list[bytes]) -> bytes:
    """The textbook definition: split at the largest power of two below the length."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else merkle.EMPTY
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node(tree(leaves[:half]), tree(leaves[half:]))


@given(st.lists(st.integers(), max_size=70))
def test_the_root_is_the_textbook_merkle_root(numbers: list[int]) -> None:
    rows = [(number,) for number in numbers]
    assert merkle.root(rows) == (tree([merkle.leaf(row) for row in rows]).hex(), len(rows))


@given(st.lists(st.integers(), min_size=1, max_size=20), st.data())
def test_any_change_changes_the_root(numbers: list[int], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(numbers) - 1))
    changed = [*numbers[:position], numbers[position] + 1, *numbers[position + 1 :]]
    removed = [*numbers[:position], *numbers[position + 1 :]]
    whole = merkle.root([(number,) for number in numbers])
    assert merkle.root([(number,) for number in changed]) != whole
    assert merkle.root([(number,) for number in removed]) != whole
