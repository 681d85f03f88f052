"""A file of several pieces: read ahead on another thread, its search terms written afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.kernel.jobs import run_pending
from guiyan.packs import Pack
from guiyan.registers import actions, checks, queries
from guiyan.registers.importing import run as importing
from guiyan.registers.importing import undoing
from guiyan.registers.importing.ahead import ahead
from guiyan.registers.models import ImportRun, SearchTerm, Subject
from guiyan.registers.writing import fresh, indexing
from guiyan.registers.writing.identify import find
from tests.registers.factories import HEAD, a_person, csv_file, person_row


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PIECE", 3)
    monkeypatch.setattr(indexing, "PIECE", 2)


@pytest.mark.usefixtures("scoped_db", "small_pieces")
def test_people_of_a_file_of_several_pieces_are_found_once_the_job_has_run(pack: Pack, tmp_path: Path) -> None:
    rows = [person_row(serial, 手机号=f"1541234{serial:04d}") for serial in range(1, 9)]
    summary = actions.import_rows(SYSTEM, register="person", path=csv_file(tmp_path / "人员.csv", HEAD, rows))
    assert summary.created == 8
    run = ImportRun.objects.get(pk=summary.import_id)
    assert (run.terms_left, len(queries.search(SYSTEM, "示例", limit=20))) == (8, 0)
    run_pending()
    run.refresh_from_db()
    assert (run.terms_left, len(queries.search(SYSTEM, "示例", limit=20))) == (0, 8)
    assert [one.display_name for one in queries.search(SYSTEM, "0008")] == ["示例8"]


@pytest.mark.usefixtures("scoped_db", "small_pieces")
def test_after_a_piece_of_new_people_nobody_is_looked_for_first_and_who_is_known_is_still_found(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(fresh, "find", lambda keys: asked.append(len(known := find(keys))) or known)
    who = actions.record(SYSTEM, register="person", values=a_person(5), source="shared")
    assert a_person(5)["id_number"] != person_row(5)[1]
    rows = [person_row(serial) for serial in range(1, 5)]
    rows += [["刘春燕", a_person(5)["id_number"], "通山县大畈镇", "15411112222"], person_row(6), person_row(7)]
    path = csv_file(tmp_path / "人员.csv", HEAD, rows)
    summary = actions.import_rows(SYSTEM, register="person", path=path, source="shared", at=date(2030, 1, 1))
    assert (summary.created, summary.changed, asked) == (6, 1, [0, 0, 0])
    assert queries.entry(SYSTEM, "person", who) and not list(checks.findings())


@pytest.mark.usefixtures("scoped_db", "small_pieces")
def test_terms_written_later_are_those_written_at_once(pack: Pack, tmp_path: Path) -> None:
    rows = [person_row(serial, 手机号=f"1541234{serial:04d}") for serial in range(1, 9)]
    actions.import_rows(SYSTEM, register="person", path=csv_file(tmp_path / "人员.csv", HEAD, rows))
    run_pending()
    later = set(SearchTerm.objects.values_list("term", "kind", "subject_kind", "region", "subject_id"))
    people = {pk: name for pk, name in Subject.objects.values_list("pk", "display_name") if name.startswith("示例")}
    SearchTerm.objects.filter(subject_id__in=people).delete()
    register = pack.registers["person"]
    indexing.write_terms(register, indexing.entries_of(register, sorted(people)))
    assert set(SearchTerm.objects.values_list("term", "kind", "subject_kind", "region", "subject_id")) == later


@pytest.mark.usefixtures("scoped_db", "small_pieces")
def test_whoever_left_the_register_before_the_job_ran_is_not_found(pack: Pack, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "人员.csv", HEAD, [person_row(serial) for serial in range(1, 9)])
    summary = actions.import_rows(SYSTEM, register="person", path=path)
    actions.undo_import(SYSTEM, import_id=summary.import_id or 0)
    run_pending()
    assert queries.search(SYSTEM, "示例", limit=20) == []


@pytest.fixture
def undo_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "PIECE", 3)


@pytest.mark.usefixtures("scoped_db", "undo_in_pieces")
def test_a_large_import_is_undone_piece_by_piece_and_nobody_waits_for_it(pack: Pack, tmp_path: Path) -> None:
    first = csv_file(tmp_path / "一.csv", HEAD, [person_row(1, 手机号="15411110001")])
    actions.import_rows(SYSTEM, register="person", path=first, source="shared")
    rows = [person_row(serial, 手机号=f"1541234{serial:04d}") for serial in range(1, 9)]
    second = csv_file(tmp_path / "二.csv", HEAD, rows)
    summary = actions.import_rows(SYSTEM, register="person", path=second, source="shared", at=date(2026, 6, 9))
    run = actions.undo_import(SYSTEM, import_id=summary.import_id or 0)
    assert (run.is_undone, run.undo_left, queries.entry_list(SYSTEM, "person").total) == (True, 5, 5)
    assert not [one for one in checks.findings() if one.code == "registers.unfounded"]
    # Who is reported again meanwhile is shown as she is reported, before the job comes to her and after it.
    again = actions.record(SYSTEM, register="person", values=a_person(8, name="示例乙", gender="male"), source="visit")
    run_pending()
    run.refresh_from_db()
    assert (run.undo_left, queries.entry_list(SYSTEM, "person").total) == (0, 2)
    assert {line.values["name"] for line in queries.entry_list(SYSTEM, "person").lines} == {"示例1", "示例乙"}
    assert again in {line.subject_id for line in queries.entry_list(SYSTEM, "person").lines}
    assert not list(checks.findings())
    with pytest.raises(Refused, match="已经撤销过"):
        actions.undo_import(SYSTEM, import_id=run.pk)


@pytest.mark.usefixtures("scoped_db", "undo_in_pieces")
def test_the_page_tells_how_far_undoing_is(pack: Pack, tmp_path: Path, client_as: Callable[[str], Client]) -> None:
    path = csv_file(tmp_path / "人员.csv", HEAD, [person_row(serial) for serial in range(1, 9)])
    summary = actions.import_rows(SYSTEM, register="person", path=path)
    page = f"/desk/registers/imports/{summary.import_id}/"
    answer = client_as("helin").post(f"{page}undo/", follow=True).content.decode()
    assert "正在撤销" in answer and "还有5条没有重新生成" in answer
    run_pending()
    answer = client_as("helin").get(page).content.decode()
    assert "已撤销" in answer and "正在撤销" not in answer


def test_what_goes_wrong_while_reading_ahead_is_raised_where_it_is_read() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("a broken file")

    taken = []
    with pytest.raises(ValueError, match="a broken file"), ahead(items()) as readied:
        taken.extend(readied)
    assert taken == [1]


def test_leaving_early_stops_the_reader() -> None:
    made = []

    def items() -> Iterator[int]:
        for number in range(1_000):
            made.append(number)
            yield number

    with ahead(items()) as readied:
        assert next(readied) == 0
    count = len(made)
    assert count < 10 and len(made) == count
