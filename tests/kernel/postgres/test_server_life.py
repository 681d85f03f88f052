"""The embedded server starts, survives, stops, and touches nobody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from guiyan.kernel import postgres
from guiyan.kernel.postgres import place, processes

NewServer = Callable[..., Path]


def pid_of(data: Path) -> int:
    pid = postgres.status(data).pid
    assert pid is not None
    return pid


def write_note(data: Path, text: str) -> None:
    with psycopg.connect(postgres.locate(data).url("owner")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", (text,))


def notes(data: Path) -> list[str]:
    with psycopg.connect(postgres.locate(data).url("owner")) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM note")]


def test_a_second_ensure_finds_the_same_server_running(new_server: NewServer) -> None:
    data = new_server()
    pid = pid_of(data)
    postgres.ensure(data)
    assert pid_of(data) == pid


def test_the_server_listens_on_its_socket_only(new_server: NewServer) -> None:
    dsn = postgres.locate(new_server())
    with psycopg.connect(dsn.url("super")) as connection:
        row = connection.execute("SELECT current_setting('listen_addresses'), inet_server_addr()").fetchone()
    assert row == ("", None)
    assert Path(dsn.host).stat().st_mode & 0o077 == 0


def test_stop_really_stops_and_says_whether_there_was_anything_to_stop(new_server: NewServer) -> None:
    data = new_server()
    assert processes.server_processes(data)
    assert postgres.stop(data) is True
    assert processes.server_processes(data) == []
    assert postgres.status(data).state == "stopped"
    assert postgres.stop(data) is False


def test_status_of_a_folder_without_a_server_is_absent(base: Path) -> None:
    assert postgres.status(base / "nothing").state == "absent"


def test_after_kill_9_the_next_ensure_recovers_with_the_data_intact(new_server: NewServer) -> None:
    data = new_server()
    write_note(data, "返乡")
    os.kill(pid_of(data), signal.SIGKILL)
    postgres.ensure(data)
    assert notes(data) == ["返乡"]


def test_kill_9_of_a_child_process_is_recovered_by_the_server_itself(new_server: NewServer) -> None:
    data = new_server()
    write_note(data, "返乡")
    with psycopg.connect(postgres.locate(data).url("owner")) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    postgres.ensure(data)
    assert notes(data) == ["返乡"]


@pytest.mark.parametrize("owner_of_pid", ["nobody", "another program", "zombie"])
def test_a_stale_pid_file_does_not_hinder_the_start(new_server: NewServer, owner_of_pid: str) -> None:
    data = new_server()
    lines = (data / "postmaster.pid").read_text().splitlines()
    postgres.stop(data)
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    if owner_of_pid != "another program":
        other.kill()
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
    if owner_of_pid == "nobody":
        other.wait()
    (data / "postmaster.pid").write_text("\n".join([str(other.pid), *lines[1:], ""]))

    assert postgres.status(data).state == "stopped"
    postgres.ensure(data)

    assert pid_of(data) != other.pid
    if owner_of_pid == "another program":
        assert other.poll() is None, "the other program must live on"
        other.kill()
    other.communicate()


def test_stopping_one_server_leaves_another_folder_alone(new_server: NewServer) -> None:
    first, second = new_server("first"), new_server("second")
    pid = pid_of(second)
    # The first folder claims, wrongly, to be served by the second server.
    postgres.stop(first)
    (first / "postmaster.pid").write_text((second / "postmaster.pid").read_text())
    assert postgres.stop(first) is False
    assert pid_of(second) == pid
    assert processes.running_postmaster(second) is not None


def test_two_starters_at_once_share_one_server(base: Path, no_database_url: None) -> None:
    data = base / "shared"
    program = "import sys; from pathlib import Path; from guiyan.kernel import postgres as p\n"
    program += "d = Path(sys.argv[1]); p.ensure(d); print(p.status(d).pid)"
    starters = [
        subprocess.Popen([sys.executable, "-c", program, str(data)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        pids = [starter.communicate()[0].strip() for starter in starters]
        assert [starter.returncode for starter in starters] == [0, 0]
        assert pids[0] == pids[1] == str(pid_of(data))
    finally:
        postgres.destroy(data)


def test_an_initdb_cut_short_is_made_again(base: Path) -> None:
    draft = base / "data.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")
    try:
        postgres.ensure(base / "data")
        assert not draft.exists()
    finally:
        postgres.destroy(base / "data")


def test_a_folder_of_another_major_version_is_refused_in_plain_words(new_server: NewServer) -> None:
    data = new_server()
    postgres.stop(data)
    version = (data / "PG_VERSION").read_text()
    (data / "PG_VERSION").write_text("15\n")
    with pytest.raises(postgres.PostgresError, match="是 PostgreSQL 15 的"):
        postgres.ensure(data)
    assert postgres.status(data).state == "stopped"
    (data / "PG_VERSION").write_text(version)
    postgres.ensure(data)


def test_a_folder_with_foreign_files_is_left_as_it_was(base: Path) -> None:
    (base / "data").mkdir()
    (base / "data" / "letter.txt").write_text("mine")
    with pytest.raises(OSError, match="not empty"):
        postgres.ensure(base / "data")
    assert (base / "data" / "letter.txt").read_text() == "mine"


def test_a_server_that_cannot_start_points_to_its_log(new_server: NewServer) -> None:
    data = new_server()
    postgres.stop(data)
    with open(data / "postgresql.conf", "a") as settings:
        settings.write("\nshared_buffers = nonsense\n")
    with pytest.raises(postgres.PostgresError, match=r"日志.*server\.log"):
        postgres.ensure(data)


def test_a_socket_folder_prepared_by_somebody_else_is_refused(base: Path) -> None:
    (base / "socket").symlink_to(base)
    with pytest.raises(postgres.PostgresError, match="不是本系统专用"):
        place.make_private_folder(base / "socket", place.service_account())
