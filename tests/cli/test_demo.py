"""What the demo refuses, remembers and wipes."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from guiyan.cli import demo
from guiyan.cli.demo_steps import Demo, Marker, Step, check_city, files_digest, run_step
from guiyan.cli.environment import know_the_demo
from guiyan.kernel.errors import Refused


@pytest.fixture
def asked(tmp_path: Path) -> Demo:
    for city in ("xianning", "yichang"):
        (tmp_path / "cities" / city).mkdir(parents=True)
    return Demo("xianning", 100, tmp_path, tmp_path / "cities")


def test_a_port_in_use_is_refused_before_anything_is_done() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=rf"端口 {port} 用不了.*--port"):
            demo.check_port(port)


def test_one_home_runs_one_demo(tmp_path: Path) -> None:
    with demo.only_one(tmp_path), pytest.raises(Refused, match="演示已在运行"), demo.only_one(tmp_path):
        pass
    with demo.only_one(tmp_path):
        pass


def test_fresh_refuses_a_folder_with_anything_else_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "files").mkdir()
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(Refused, match=r"thesis\.docx"):
        demo.wipe(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "thesis.docx"]


def test_fresh_empties_its_own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_text("x")
    (tmp_path / "imports" / "1").mkdir(parents=True)  # of a file that was handed in
    (tmp_path / "demo.json").write_text("{}")
    with demo.only_one(tmp_path):
        demo.wipe(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} <= {"demo.lock", "pg.lock"}


def test_fresh_never_touches_an_external_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@db.example/guiyan")
    with pytest.raises(Refused, match="DATABASE_URL"):
        demo.wipe(tmp_path)


def test_a_city_without_a_pack_is_refused_with_those_there_are(asked: Demo) -> None:
    unknown = Demo("wuhan", asked.people, asked.home, asked.cities)
    with pytest.raises(Refused, match="xianning、yichang"):
        check_city(unknown, Marker(asked.home, "db"))


def test_a_city_without_sample_people_is_refused_plainly(asked: Demo) -> None:
    bare = Demo("yichang", asked.people, asked.home, asked.cities)
    (bare.pack / "city.yaml").write_text("name: 宜昌市", encoding="utf-8")
    with pytest.raises(Refused, match=r"不能演示.*guiyan screen --city yichang"):
        check_city(bare, Marker(asked.home, "db"))


def test_another_city_in_the_same_home_is_refused(asked: Demo) -> None:
    marker = Marker(asked.home, "db")
    check_city(asked, marker)
    marker.save()
    other = Demo("yichang", asked.people, asked.home, asked.cities)
    with pytest.raises(Refused, match="--fresh"):
        check_city(other, Marker(asked.home, "db"))


def test_what_was_loaded_is_remembered_for_this_database_only(asked: Demo) -> None:
    marker = Marker(asked.home, "db")
    marker.done["迁移"] = "digest"
    marker.save()
    assert Marker(asked.home, "db").done == {"迁移": "digest"}
    assert Marker(asked.home, "another db").done == {}


def test_a_changed_file_changes_the_digest_and_an_equal_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1")
    before = files_digest(tmp_path.rglob("*"))
    (tmp_path / "a.yaml").write_text("1")
    assert files_digest(tmp_path.rglob("*")) == before
    (tmp_path / "a.yaml").write_text("2")
    assert files_digest(tmp_path.rglob("*")) != before


def test_a_step_that_fails_points_to_its_log(asked: Demo) -> None:
    step = Step("城市包", lambda demo: ["nonsense"], lambda demo: "")
    log = asked.home / "steps.log"
    with pytest.raises(Refused, match=r"(?s)“城市包”这一步没有完成.*没有“nonsense”这个命令.*steps\.log"):
        run_step(step, asked, os.environ, log)
    assert "没有“nonsense”这个命令" in log.read_text()


def test_a_home_that_was_filled_as_a_demo_stays_one_for_every_command(
    asked: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIYAN_HOME", str(asked.home))
    for name in ("GUIYAN_DEMO", "GUIYAN_CITY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(name, "x")  # so that the end of the test takes away what is set below
        monkeypatch.delenv(name)
    know_the_demo()
    assert "GUIYAN_DEMO" not in os.environ

    marker = Marker(asked.home, "db")
    check_city(asked, marker)
    marker.save()
    know_the_demo()
    assert (os.environ["GUIYAN_DEMO"], os.environ["GUIYAN_CITY"]) == ("1", "xianning")
