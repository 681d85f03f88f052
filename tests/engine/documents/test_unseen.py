"""48 fragments by a writer who knew SCHEMA.md and none of the rules, read at least this well now.

What the reader made of them at the first try stands in docs/reader.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guiyan.engine.documents import SURE, parse_file
from tests.engine.documents.real_documents import scorer
from tests.engine.documents.test_spans import check

FOLDER = Path(__file__).parent / "unseen"
KINDS = ("tasks", "indicators", "measures")
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
FLOORS = {"tasks": 0.98, "sections": 0.98, "lead_units": 0.98, "responsible_units": 0.98} | {
    "indicators": 0.98,
    "measures": 0.98,
}
ACCURACIES = {"comparator_on_matched": 0.98, "period_on_matched": 0.98, "kind_on_matched": 0.97}


def _scores(name: str, *, least: float = 0.0) -> dict[str, Any]:
    document = parse_file(f"{name}.txt", (FOLDER / f"{name}.txt").read_bytes())
    check(document)
    gold = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    read = json.loads(json.dumps(document.to_json()))
    for kind in KINDS:
        read[kind] = [each for each in read[kind] if each["confidence"] >= least]
    result: dict[str, Any] = scorer().score(read, gold)[0]
    return result


@pytest.fixture(scope="module")
def total() -> dict[str, Any]:
    result: dict[str, Any] = scorer().total([_scores(name) for name in NAMES])
    return result


def test_there_are_at_least_forty_pieces() -> None:
    assert len(NAMES) >= 40


@pytest.mark.parametrize("figure", FLOORS)
def test_each_figure_stays_above_its_floor(figure: str, total: dict[str, Any]) -> None:
    assert total[figure]["f1"] >= FLOORS[figure]


@pytest.mark.parametrize("figure", ACCURACIES)
def test_each_accuracy_stays_above_its_floor(figure: str, total: dict[str, Any]) -> None:
    assert total[figure]["accuracy"] >= ACCURACIES[figure]


def test_what_is_accepted_beforehand_is_right() -> None:
    total = scorer().total([_scores(name, least=SURE) for name in NAMES])
    assert all(total[kind]["precision"] >= 0.99 for kind in KINDS)
    assert all(total[kind]["pred"] > 80 for kind in KINDS)
