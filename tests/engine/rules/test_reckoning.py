"""How an amount comes about is the amount that screening gives, on every golden case of the cities' packs."""

from __future__ import annotations

import pytest

from guiyan.engine.rules import reckon
from guiyan.engine.rules.golden import screened
from guiyan.engine.rules.knowing import nothing_else_received
from guiyan.engine.rules.reckoning import reckon_values
from guiyan.packs import find_pack, load_pack


@pytest.mark.parametrize("city", ["xianning", "xinxiang", "yichang"])
def test_what_is_left_of_each_step_is_what_screening_says(city: str) -> None:
    pack, told = load_pack(find_pack(city)), 0
    for case in pack.examples:
        compiled = pack.compiled[case.measure]
        result = screened(case, compiled)
        facts = nothing_else_received(pack.catalogue.read_texts(case.facts))
        found = reckon_values(compiled, facts, case.on)
        if result.verdict != "yes" or result.amount_missing or found is None:
            continue
        told += 1
        assert (found.paid_least_fen, found.paid_most_fen) == (result.amount_min_fen, result.amount_max_fen), case
        assert found.label == result.tier
        whole = (found.most_fen or 0) - found.off_fen - found.capped_fen
        assert found.most_fen is None or whole == found.paid_most_fen
    assert told


def test_xinxiang_pays_a_hundred_two_hundred_and_two_hundred_each_by_its_own_step() -> None:
    compiled = load_pack(find_pack("xinxiang")).compiled["listing-award"]
    day = compiled.versions[0].source.valid_from
    steps = []
    for stage, received in ((1, 0), (2, 1_000_000), (3, 3_000_000)):
        facts = {"listed_on": "star", "listing_stage": stage, "received_yuan": {"listing-award": received}}
        found = reckon(compiled, facts, day)
        assert found is not None
        steps.append((found.step, found.before_fen, found.off_fen, found.paid_most_fen))
    million = 100_000_000
    assert steps == [("2.1", 0, 0, million), ("2.2", million, 0, 2 * million), ("2.3", 3 * million, 0, 2 * million)]
    unknown = reckon(compiled, {"listed_on": "star", "received_yuan": {}}, day)
    assert unknown is None
