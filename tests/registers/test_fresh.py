"""Whoever a file brings and nobody knew is stored as a report of the same words would be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions, checks
from guiyan.registers.models import Assertion, ImportRun, Subject
from guiyan.registers.writing import Outcome, Report, fresh, take
from guiyan.registers.writing.batch import Batch, batch_of
from tests.registers.factories import HEAD, VILLAGE, a_person, a_returnee, csv_file, person_row

pytestmark = pytest.mark.usefixtures("scoped_db")
AT = date(2026, 6, 8)
MOVES = {"id", "created_at", "recorded_at", "import_id"}
TABLES = {
    "registers_subject": "id",
    "registers_subjectkey": "subject_id",
    "registers_hat": "subject_id",
    "registers_searchterm": "subject_id",
    "registers_assertion": "subject_id",
    "reg_returnee": "subject_id",
    "reg_returnee__needs": "subject_id",
}
VALUES = [
    a_returnee(7, name="王建", needs=("funds", "site"), phone="15412340007"),
    a_returnee(8, name="欧阳晓", needs=()),
    a_returnee(9, name="安然", home_region=None, skill='木工 "一级"'),
]


class TakenBack(Exception):
    pass


def batch(pack: Pack, rows: list[dict[str, Any]]) -> Batch:
    register = pack.registers["returnee"]
    names = {name for row in rows for name in row}
    columns = {name: [row.get(name) for row in rows] for name in names}
    return batch_of(register, "visit", AT, list(range(2, len(rows) + 2)), columns, region=VILLAGE)


def a_run() -> int:
    return ImportRun.objects.create(
        register="returnee",
        source="visit",
        file_name="x.csv",
        sha256="",
        actor_label="",
        region=VILLAGE,
        at="2026-06-08T00:00Z",
    ).pk


def stored() -> dict[str, list[dict[str, Any]]]:
    """By table, of each subject in the order of its number; ids as places in that order, sealed texts left aside."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT k.subject_id FROM registers_subjectkey k ORDER BY k.digest")
        place = {subject_id: n for n, (subject_id,) in enumerate(cursor.fetchall())}
        for table, whose in TABLES.items():
            cursor.execute(f"SELECT * FROM {table} ORDER BY {whose}, id")
            names = [column.name for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found[table] = sorted((shown(row, place, whose) for row in rows if row[whose] in place), key=repr)
    return found


def shown(row: dict[str, Any], place: dict[int, int], whose: str) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in MOVES and not name.endswith("_sealed")}
    for name in ("subject_id", "holder_id", "canonical_id"):
        if name in kept:
            kept[name] = place[kept[name]]
    kept["whose"] = place[row[whose]]
    kept.pop("entry_id", None)
    if "field_from" in kept:
        assert list(json.loads(kept.pop("field_from"))) == ["*"]
    if "fields" in kept:
        said = json.loads(kept["fields"])
        kept["fields"] = {n: value["digest"] if isinstance(value, dict) else value for n, value in said.items()}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in kept.items()}


def test_fresh_people_are_stored_as_their_reports_one_by_one_would_be(pack: Pack) -> None:
    register, import_id, expected = pack.registers["returnee"], a_run(), {}
    with pytest.raises(TakenBack), transaction.atomic():
        for values in VALUES:
            take(pack, register, [Report(values, "visit", AT)], region=VILLAGE, import_id=import_id)
        expected = stored()
        raise TakenBack
    taken = fresh.take_batch(pack, register, batch(pack, VALUES), region=VILLAGE, import_id=import_id, with_terms=True)
    assert [one.outcome for one in taken] == [Outcome.CREATED] * 3
    names = dict(Subject.objects.values_list("pk", "display_name"))
    assert [names[one.subject_id] for one in taken] == ["王建", "欧阳晓", "安然"]
    found = stored()
    for table, rows in expected.items():
        assert rows and found[table] == rows, table
    assert list(checks.findings()) == []


def test_known_and_new_people_of_one_file_each_go_their_way(pack: Pack) -> None:
    register = pack.registers["returnee"]
    known = actions.record(SYSTEM, register="returnee", values=a_returnee(8, name="欧阳晓"), source="shared")
    met = actions.record(SYSTEM, register="person", values=a_person(9, name="安然"), source="shared")
    rows = [*VALUES, {**VALUES[0], "name": "王健"}]
    taken = fresh.take_batch(pack, register, batch(pack, rows), region=VILLAGE, import_id=a_run(), with_terms=True)
    assert [one.outcome for one in taken] == [Outcome.CREATED, Outcome.CHANGED, Outcome.LINKED, Outcome.CHANGED]
    assert [taken[1].subject_id, taken[2].subject_id] == [known, met] and taken[3].subject_id == taken[0].subject_id
    assert list(checks.findings()) == []


def test_whoever_is_known_though_nobody_was_expected_to_be_is_taken_as_known(pack: Pack) -> None:
    register = pack.registers["returnee"]
    known = actions.record(SYSTEM, register="returnee", values=a_returnee(8, name="欧阳晓"), source="shared")
    taken = fresh.take_batch(
        pack, register, batch(pack, VALUES), region=VILLAGE, import_id=a_run(), with_terms=True, expect_new=True
    )
    assert [one.outcome for one in taken] == [Outcome.CREATED, Outcome.CHANGED, Outcome.CREATED]
    assert taken[1].subject_id == known and Subject.objects.filter(display_name="欧阳晓").count() == 1
    assert list(checks.findings()) == []


def test_whom_another_writer_made_meanwhile_is_known_after_all(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    register = pack.registers["returnee"]
    known = actions.record(SYSTEM, register="returnee", values=VALUES[1], source="shared")
    monkeypatch.setattr(fresh, "find", lambda keys: {})
    taken = fresh.take_batch(pack, register, batch(pack, VALUES), region=VILLAGE, import_id=a_run(), with_terms=False)
    assert [one.outcome for one in taken] == [Outcome.CREATED, Outcome.UNCHANGED, Outcome.CREATED]
    assert taken[1].subject_id == known
    assert Assertion.objects.filter(subject_id=known).count() == 2
    assert list(checks.findings()) == []


def test_new_people_of_a_file_get_their_ids_in_the_order_of_the_list(pack: Pack, tmp_path: Path) -> None:
    names = ["王建", "安然", "刘春燕"]
    rows = [person_row(serial, 姓名=name) for serial, name in enumerate(names, 1)]
    actions.import_rows(SYSTEM, register="person", path=csv_file(tmp_path / "人员.csv", HEAD, rows))
    found = Subject.objects.filter(display_name__in=names).order_by("pk").values_list("display_name", flat=True)
    assert list(found) == sorted(names)
