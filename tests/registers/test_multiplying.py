"""Copies of people made inside the database are stored as the real path stores people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection

from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions, checks, queries
from guiyan.registers.models import Assertion, Hat, SearchTerm, Subject, SubjectKey
from guiyan.registers.sample.multiply import multiply
from tests.registers.factories import a_person, a_returnee

pytestmark = pytest.mark.usefixtures("scoped_db")
MOVES = {"id", "subject_id", "holder_id", "canonical_id", "entry_id", "field_from"}


@pytest.fixture
def originals(pack: Pack) -> list[int]:
    found = []
    for serial, name in enumerate(("刘春燕", "欧阳晓", "王建"), 1):
        who = actions.record(SYSTEM, register="person", values=a_person(serial, name=name), source="shared")
        later = {"phone": f"1549999000{serial}", "degree": "college"}
        actions.record(SYSTEM, register="person", values=later, source="visit", subject_id=who, at=date(2026, 6, 7))
        found.append(who)
    needs = a_returnee(2, name="欧阳晓", needs=("funds", "site"))
    actions.record(SYSTEM, register="returnee", values=needs, source="self")
    return found


@pytest.fixture
def copies(pack: Pack, originals: list[int]) -> list[int]:
    multiply([pack.registers["person"], pack.registers["returnee"]], 2)
    return list(Subject.objects.filter(pk__gt=originals[-1]).order_by("pk").values_list("pk", flat=True))


def rows(table: str, subject_id: int) -> Iterator[dict[str, Any]]:
    """Of one subject, without ids and digests, in the order in which they were made."""
    whose = "id" if table == "registers_subject" else "subject_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {whose} = %s ORDER BY id", [subject_id])
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            yield {k: v for k, v in zip(names, row, strict=True) if k not in MOVES and not k.endswith("digest")}


@pytest.mark.parametrize(
    "table",
    [
        *("registers_subject", "registers_subjectkey", "registers_hat", "registers_searchterm", "registers_assertion"),
        *("reg_person", "reg_returnee", "reg_returnee__needs"),
    ],
)
def test_a_copy_has_the_rows_of_its_original(originals: list[int], copies: list[int], table: str) -> None:
    assert len(copies) == 2 * len(originals)
    for place, copy in enumerate(copies):
        assert list(rows(table, copy)) == list(rows(table, originals[place % len(originals)]))


def test_copies_are_listed_searched_and_opened_as_anybody(originals: list[int], copies: list[int]) -> None:
    assert queries.entry_list(SYSTEM, "person").total == 9
    assert queries.entry_list(SYSTEM, "person", search="oyx").total == 3
    assert queries.entry_list(SYSTEM, "person", filters={"degree": "college"}).total == 9
    for place, copy in enumerate(copies):
        seen, first = (queries.entry_view(SYSTEM, "person", one) for one in (copy, originals[place % 3]))
        assert seen.cells == first.cells
        assert queries.reveal(SYSTEM, copy, "phone", "测试") == "15412345678"
        assert queries.known_person(SYSTEM, copy).ids == (copy,)


def test_copies_have_numbers_of_their_own_and_nothing_is_wrong_with_them(copies: list[int]) -> None:
    assert SubjectKey.objects.filter(kind="id_number").values("digest").distinct().count() == 9
    assert Assertion.objects.filter(subject_id__in=copies).count() == 14
    assert Hat.objects.count() == 12 and SearchTerm.objects.filter(subject_id__in=copies).exists()
    assert list(checks.findings()) == []
