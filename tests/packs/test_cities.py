"""Every city's pack: it loads, and its golden cases give what they say; the figures are those of the documents."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiyan.cli import screen
from guiyan.engine.rules.golden import difference
from guiyan.packs import Pack, load_pack

from .folders import REPOSITORY

CITIES = sorted(path.parent for path in (REPOSITORY / "cities").glob("*/city.yaml"))
NAMES = [city.name for city in CITIES]


@cache
def pack_of(city: str) -> Pack:
    return load_pack(REPOSITORY / "cities" / city)


def test_the_cities_of_the_five_documents_are_there() -> None:
    assert NAMES == ["wuhan", "xianning", "xinxiang", "yichang"]


@pytest.mark.parametrize("city", NAMES)
def test_every_golden_case_gives_what_it_says(city: str) -> None:
    pack = pack_of(city)
    assert {case.measure for case in pack.examples} == set(pack.measures)
    assert [case.title for case in pack.examples if difference(case, pack.compiled) is not None] == []


@pytest.mark.parametrize("city", NAMES)
def test_a_stored_pack_is_the_same_when_it_is_read_back(city: str) -> None:
    pack = pack_of(city)
    assert Pack.from_content(json.loads(pack.content())) == pack


@pytest.mark.parametrize(
    ("city", "measures"),
    [
        ("wuhan", {"card-a", "card-b", "card-c"}),
        ("xinxiang", {"listing-award", "scale-up-award", "regional-board-award"}),
        ("yichang", {"returnee-project-award", "startup-subsidy"}),
    ],
)
def test_the_measures_that_the_documents_fix_are_there(city: str, measures: set[str]) -> None:
    assert set(pack_of(city).measures) == measures


def test_payers_are_those_that_the_document_of_xinxiang_names() -> None:
    payers = {name: measure.payer for name, measure in pack_of("xinxiang").measures.items()}
    assert payers == {"listing-award": "city-finance", "regional-board-award": "county-finance", "scale-up-award": None}
    assert pack_of("xinxiang").measures["scale-up-award"].open_conditions == ("满足相关条件的",)


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(city: str, kind: str, on: str, facts: dict[str, Any]) -> dict[str, dict[str, Any]]:
        question = tmp_path / "facts.json"
        question.write_text(json.dumps({"kind": kind, "facts": facts}), encoding="utf-8")
        assert screen.run(["--city", city, "--facts", str(question), "--on", on]) == 0
        return {one["id"]: one for one in json.loads(capsys.readouterr().out)["measures"]}

    return run


def test_an_unpublished_amount_is_said_to_be(ask: Any) -> None:
    facts = {"returns_or_moves_to_countryside": True, "business_registrations": 1}
    found = ask("yichang", "person", "2026-06-08", {**facts, "months_in_operation": 6, "jobs_led": 2})
    subsidy = found["startup-subsidy"]
    assert (subsidy["verdict"], subsidy["amount_note"]) == ("yes", "未公布")
    assert subsidy["amount_max_yuan"] is None and subsidy["amount_min_yuan"] is None


def test_the_command_says_which_payment_it_is_and_what_a_range_depends_on(ask: Any) -> None:
    facts = {"listed_on": "star", "listing_stage": 2, "received_yuan": {"listing-award": 1_000_000}}
    award = ask("xinxiang", "organisation", "2024-06-08", facts)["listing-award"]
    assert (award["verdict"], award["amount_max_yuan"], award["amount_min_yuan"]) == ("yes", 2_000_000, 2_000_000)
    assert award["amount_note"].endswith("（第2次）")
    award = ask("xinxiang", "organisation", "2024-06-08", {"listed_on": "star"})["listing-award"]
    assert (award["verdict"], award["missing"], award["amount_missing"]) == ("yes", [], ["listing_stage"])
    assert (award["amount_min_yuan"], award["amount_max_yuan"]) == (1_000_000, 2_000_000)


def test_received_without_the_sum_leaves_open_what_is_left(ask: Any) -> None:
    facts = {"listed_on": "overseas_main", "received": ["listing-award"]}
    award = ask("xinxiang", "organisation", "2024-06-08", facts)["listing-award"]
    assert (award["verdict"], award["missing"]) == ("unknown", ["received_yuan"])


def test_money_received_says_that_it_was_received(ask: Any) -> None:
    facts = {"is_returnee": True, "business_registrations": 1, "received_yuan": {"startup-subsidy": 5000}}
    assert ask("xianning", "person", "2026-06-08", facts)["startup-subsidy"]["verdict"] == "no"


@pytest.mark.parametrize("measure", ["listing-award", "scale-up-award", "regional-board-award"])
def test_the_measures_of_xinxiang_end_with_2024(ask: Any, measure: str) -> None:
    facts = {
        "listed_on": "regional_trading" if measure == "regional-board-award" else "overseas_main",
        "prefiled_with_county_finance_office": True,
        "first_time_scale_up": True,
        "scale_up_class": "retail",
    }
    assert ask("xinxiang", "organisation", "2024-12-31", facts)[measure]["verdict"] == "yes"
    assert ask("xinxiang", "organisation", "2025-01-01", facts)[measure]["verdict"] == "expired"
