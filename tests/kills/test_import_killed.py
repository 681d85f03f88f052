"""The worker is killed in the middle of a file, or while its people are made searchable: nothing is lost or doubled."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions, queries, states
from guiyan.registers.importing import handing, kept, undoing
from guiyan.registers.importing import run as importing
from guiyan.registers.models import Assertion, ImportFile, ImportRun, LinkageRow, LinkageWaiting
from tests.kills.processes import Worker, until
from tests.kills.stage import Stage
from tests.registers.factories import HEAD, csv_file, person_row

pytestmark = [pytest.mark.kills, pytest.mark.commits]
FIELDS = ["name", "id_number", "residence_region", "phone"]
COUNT = 30


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers started from here take pieces of ten rows, and no file for a small one."""
    monkeypatch.setenv("GUIYAN_IMPORT_PIECE", "10")
    monkeypatch.setattr(handing, "SMALL_BYTES", 10)
    monkeypatch.setenv("GUIYAN_UNDO_PIECE", "10")
    monkeypatch.setattr(undoing, "PIECE", 10)


def stage_of(file: ImportFile) -> str:
    with entered(Scope.system()):
        return ImportFile.objects.get(pk=file.pk).stage


def killed(stage: Stage, workers: list[Worker], *failpoints: str) -> None:
    """Workers one after the other, each killed at its failpoint, armed before it starts; then one that goes on."""
    for failpoint in failpoints:
        stage.arm(failpoint)
        workers.append(Worker(stage.database))
        until(workers[-1].was_killed, f"the worker is killed at {failpoint}")
        with psycopg.connect(stage.database.url("owner"), autocommit=True) as connection:
            connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    workers.append(Worker(stage.database))


@pytest.mark.usefixtures("in_pieces")
def test_a_file_whose_worker_is_killed_is_brought_in_once_and_found_whole(
    stage: Stage, workers: list[Worker], tmp_path: Path
) -> None:
    helin = actor_by_username("helin")
    path = csv_file(tmp_path / "人员.csv", HEAD, [person_row(serial) for serial in range(200, 200 + COUNT)])
    with entered(Scope.system()):
        file = actions.hand_in(
            helin,
            register="person",
            source="visit",
            as_of=importing.today(),
            name="人员.csv",
            blocks=[path.read_bytes()],
        )
        actions.name_columns(helin, file_id=file.pk, fields=FIELDS)
    killed(stage, workers, "rows_taken")
    until(lambda: stage_of(file) == states.FILE_CHECKED, "the file is checked after all")
    workers[-1].stop()
    with entered(Scope.system()):
        assert ImportFile.objects.get(pk=file.pk).preview["created"] == COUNT
        assert not ImportRun.objects.filter(file_name="人员.csv").exists()
        actions.confirm_file(helin, file_id=file.pk)
    killed(stage, workers, "rows_taken", "terms_written", "people_linked")
    assert stage_of(file) == states.FILE_DONE
    with entered(Scope.system()):
        run = ImportRun.objects.get(file_name="人员.csv")

    def searchable() -> bool:
        with entered(Scope.system()):
            return ImportRun.objects.get(pk=run.pk).terms_left == 0

    until(searchable, "everybody can be found by name")
    with entered(Scope.system()):
        assert Assertion.objects.filter(import_id=run.pk).count() == COUNT
        found = {queries.search(helin, f"示例{serial}")[0].display_name for serial in range(200, 200 + COUNT)}
    assert found == {f"示例{serial}" for serial in range(200, 200 + COUNT)}
    until(lambda: not kept.upload_of(file.pk).exists(), "the file is removed")

    def looked_at() -> bool:
        with entered(Scope.system()):
            about = Assertion.objects.filter(import_id=run.pk).values("subject_id")
            waiting = LinkageWaiting.objects.filter(pk__in=about).exists()
            return not waiting and LinkageRow.objects.filter(pk__in=about).count() == COUNT

    until(looked_at, "everybody is compared with who is known")

    workers[-1].stop()
    with entered(Scope.system()):
        assert actions.undo_import(helin, import_id=run.pk).undo_left == COUNT - 10
    killed(stage, workers, "piece_undone")

    def taken_back() -> bool:
        with entered(Scope.system()):
            return ImportRun.objects.get(pk=run.pk).undo_left == 0

    until(taken_back, "the import is undone to its end")
    with entered(Scope.system()):
        touched = Assertion.objects.filter(import_id=run.pk).values_list("subject_id", flat=True)
        assert len(touched) == COUNT and not queries.entered_in("person", touched)
