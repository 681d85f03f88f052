"""`bin/guiyan bench snapshot`: figures beside their references, and a bound that is missed is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.cli import bench_snapshot
from guiyan.kernel import calendar
from guiyan.packs import Pack
from guiyan.registers.sample.fill import fill

pytestmark = pytest.mark.usefixtures("scoped_db")


@pytest.fixture(autouse=True)
def people(pack: Pack, at: Callable[[str], object], settings: object, tmp_path: Path) -> None:
    settings.GUIYAN_HOME = tmp_path  # type: ignore[attr-defined]
    at("2026-06-08 09:00")
    fill(pack, count=120, seed=7, until=calendar.today())


def test_the_figures_stand_beside_their_references(pack: Pack) -> None:
    found = bench_snapshot.measured()
    assert found["subjects"] >= 120 and found["rules"] == sum(one.kind == "person" for one in pack.measures.values())
    assert found["slowest_rule"] in pack.measures
    for name in ("snapshot_seconds", "reference_bare_copy_seconds", "slowest_rule_seconds", "reference_scan_seconds"):
        assert float(str(found[name])) > 0, name


def test_a_bound_that_is_missed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_snapshot, "LEAST_SECONDS", 0.0)
    monkeypatch.setattr(bench_snapshot, "MOST_MB", 1)
    monkeypatch.setattr(bench_snapshot, "RULE_SECONDS", 0.0)
    assert bench_snapshot.measured()["missed"] == ["snapshot", "memory", "rule"]
