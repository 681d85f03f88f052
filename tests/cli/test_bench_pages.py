"""`bin/guiyan bench pages`: what it opens, and what it takes for a plan that reads a register from end to end."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from guiyan.cli import bench
from guiyan.cli.bench_pages_asking import percentile, read_from_end_to_end
from guiyan.cli.bench_pages_officers import OFFICERS
from guiyan.cli.bench_pages_questions import questions
from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions
from tests.registers.factories import a_person


@pytest.mark.usefixtures("scoped_db")
def test_every_declared_filter_is_asked_in_every_order(pack: Pack) -> None:
    for serial in range(1, 4):
        values = a_person(serial, name=f"示例{serial}")
        actions.record(SYSTEM, register="person", values=values, source="shared", at=date(2026, 6, serial))
    for officer in OFFICERS:
        asked = list(questions(pack, officer, 1))
        kinds = Counter(kind for kind, _ in asked)
        fields = [field.id for field in pack.registers["person"].fields.values() if field.filter]
        assert fields and all(kinds[f"filter {name}"] >= 4 for name in fields)
        assert min(kinds[kind] for kind in ("name of two characters", "pinyin initials", "dossier", "search box")) >= 30
        assert kinds["page 1,000"] == kinds["sorted"] == 4
        assert all("after=" in address for kind, address in asked if kind == "page 1,000")


def test_a_plan_is_read_to_its_leaves() -> None:
    deep = {"Node Type": "Parallel Seq Scan", "Relation Name": "reg_person"}
    plan = {"Node Type": "Limit", "Plans": [{"Node Type": "Hash Join", "Plans": [deep, {"Node Type": "Index Scan"}]}]}
    assert list(read_from_end_to_end(plan, ("reg_person",))) == ["reg_person"]
    assert list(read_from_end_to_end(plan, ("reg_firm",))) == []


def test_ninety_five_of_a_hundred_are_at_most_the_percentile() -> None:
    assert percentile([float(number) for number in range(1, 101)], 95) == 95.0
    assert percentile([7.0], 95) == percentile([7.0], 100) == 7.0


@pytest.mark.parametrize("wrong", [["--people", "5"], ["--rounds", "0"]])
def test_a_register_of_a_handful_is_wrong_usage(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        bench.run(["pages", *wrong])
    assert refused.value.code == 2
