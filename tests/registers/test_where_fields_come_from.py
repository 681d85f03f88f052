"""Which report each shown field comes from: named once for all where one report says all, and read alike either way."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection

from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions, checks, queries
from guiyan.registers.models import Assertion
from guiyan.registers.queries.entries import Cell
from guiyan.registers.writing import Outcome, Report, take
from tests.registers.factories import VILLAGE, a_person

pytestmark = pytest.mark.usefixtures("scoped_db")
AT = date(2026, 6, 8)


def kept(subject_id: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT field_from FROM reg_person WHERE subject_id = %s", [subject_id])
        return dict(json.loads(cursor.fetchone()[0]))


def said(subject_id: int) -> list[Cell]:
    return [cell for cell in queries.entry_view(SYSTEM, "person", subject_id).cells if cell.source]


def test_one_report_is_named_for_all_fields_and_several_for_each(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="visit", at=AT)
    (first,) = Assertion.objects.filter(subject_id=who)
    assert kept(who) == {"*": first.pk}
    assert {cell.field.id for cell in said(who)} == a_person().keys()
    label = pack.registers["person"].sources["visit"].label
    assert {(cell.source, cell.checked_on) for cell in said(who)} == {(label, AT)}
    actions.record(SYSTEM, register="person", values={"degree": "college"}, source="shared", subject_id=who, at=AT)
    second = Assertion.objects.filter(subject_id=who).latest("pk")
    assert kept(who) == {**dict.fromkeys(a_person(), first.pk), "degree": second.pk}
    assert list(checks.findings()) == []


def test_an_entry_written_before_with_every_field_named_says_the_same(pack: Pack) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="visit", at=AT)
    before = said(who)
    (first,) = Assertion.objects.filter(subject_id=who)
    with connection.cursor() as cursor:
        named = json.dumps(dict.fromkeys(a_person(), first.pk))
        cursor.execute("UPDATE reg_person SET field_from = %s WHERE subject_id = %s", [named, who])
    assert said(who) == before
    (again,) = take(pack, pack.registers["person"], [Report(a_person(), "visit", AT)], region=VILLAGE)
    assert again.outcome is Outcome.UNCHANGED
