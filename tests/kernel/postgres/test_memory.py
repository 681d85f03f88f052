"""The server's memory follows the machine's, or the container's, and whoever runs it may say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiyan.kernel.postgres import memory

GB = 1024 * memory.MB


@pytest.mark.parametrize(
    ("machine", "server"), [(GB // 4, GB // 8), (2 * GB, GB // 2), (24 * GB, 6 * GB), (256 * GB, 8 * GB)]
)
def test_a_quarter_of_the_machine_within_bounds(machine: int, server: int) -> None:
    assert memory.shared_buffers(machine) == server


def test_a_container_counts_and_one_without_a_limit_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limited, unlimited = tmp_path / "limited", tmp_path / "unlimited"
    limited.write_text(f"{memory.memory_bytes() // 2}\n")
    unlimited.write_text("max\n")
    whole = memory.memory_bytes()
    monkeypatch.setattr(memory, "LIMITS", (unlimited, tmp_path / "missing"))
    assert memory.memory_bytes() >= whole
    monkeypatch.setattr(memory, "LIMITS", (unlimited, limited))
    assert memory.memory_bytes() == whole // 2


def test_what_an_administrator_set_is_left_alone(tmp_path: Path) -> None:
    assert "-c shared_buffers=" in memory.options(tmp_path)
    (tmp_path / "postgresql.auto.conf").write_text("shared_buffers = '1GB'\n")
    assert "shared_buffers" not in memory.options(tmp_path) and "-c max_wal_size=" in memory.options(tmp_path)
