"""`bin/_environment.py`: when an environment counts as whole."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The maker, pointed at a folder of its own that looks finished for both kinds."""
    spec = importlib.util.spec_from_file_location("environment_maker", ROOT / "bin" / "_environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    for kind in ("run", "dev"):
        (tmp_path / f"{kind}.lock").write_text("a==1\n")
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(module, "UNFINISHED", venv / ".unfinished")
    monkeypatch.setattr(module, "LOCKS", {kind: tmp_path / f"{kind}.lock" for kind in ("run", "dev")})
    return module


def finish(maker: ModuleType, kind: str) -> None:
    maker.stamp_path(kind).write_text(maker.stamp(kind))


def test_an_environment_without_a_stamp_is_not_ready(maker: ModuleType) -> None:
    assert not maker.is_ready("run")


def test_a_finished_one_is_ready_for_its_kind_only(maker: ModuleType) -> None:
    finish(maker, "run")
    assert maker.is_ready("run")
    assert not maker.is_ready("dev")


def test_the_larger_kind_serves_the_smaller(maker: ModuleType) -> None:
    finish(maker, "dev")
    assert maker.is_ready("run")


def test_a_changed_lock_file_makes_it_stale(maker: ModuleType) -> None:
    finish(maker, "run")
    maker.LOCKS["run"].write_text("a==2\n")
    assert not maker.is_ready("run")


def test_an_interrupted_install_is_never_ready(maker: ModuleType) -> None:
    finish(maker, "run")
    maker.UNFINISHED.touch()
    assert not maker.is_ready("run")


def test_a_python_that_was_removed_makes_it_stale(maker: ModuleType) -> None:
    finish(maker, "run")
    maker.PYTHON.unlink()
    maker.PYTHON.symlink_to("/nowhere/python")
    assert not maker.is_ready("run")


def test_a_moved_folder_is_made_again(maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(maker, "run")
    moved = tmp_path / "moved"
    maker.VENV.rename(moved)
    monkeypatch.setattr(maker, "VENV", moved)
    monkeypatch.setattr(maker, "PYTHON", moved / "bin" / "python")
    assert not maker.is_ready("run")
