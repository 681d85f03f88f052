"""A file of several pieces: read ahead on another thread, its search terms written afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.jobs import run_pending
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.importing import run as importing
from guiyan.registers.importing.ahead import ahead
from guiyan.registers.models import ImportRun, SearchTerm, Subject
from guiyan.registers.writing import indexing
from tests.registers.factories import HEAD, csv_file, person_row


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PIECE", 3)
    monkeypatch.setattr(indexing, "PIECE", 2)


@pytest.mark.usefixtures("scoped_db", "small_pieces")
def test_people_of_later_pieces_are_found_once_the_job_has_run(pack: Pack, tmp_path: Path) -> None:
    rows = [person_row(serial, 手机号=f"1541234{serial:04d}") for serial in range(1, 9)]
    summary = actions.import_rows(SYSTEM, register="person", path=csv_file(tmp_path / "人员.csv", HEAD, rows))
    assert summary.created == 8
    run = ImportRun.objects.get(pk=summary.import_id)
    assert (run.terms_left, len(queries.search(SYSTEM, "示例", limit=20))) == (5, 3)
    run_pending()
    run.refresh_from_db()
    assert (run.terms_left, len(queries.search(SYSTEM, "示例", limit=20))) == (0, 8)
    assert [one.display_name for one in queries.search(SYSTEM, "0008")] == ["示例8"]


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
