"""Which declared measure a reading is: by section, amounts and kind, so that an officer only has to agree."""

from __future__ import annotations

from guiyan.engine.documents import parse_text
from guiyan.packs import Pack
from guiyan.plans.matching import suggest_measure
from tests.plans.factories import REAL


def test_every_measure_of_the_real_plans_finds_its_declaration(pack: Pack) -> None:
    document = parse_text(REAL.read_text(encoding="utf-8"))
    found = [suggest_measure(pack, "xianning-2025-homecoming", measure) for measure in document.measures]
    assert sorted(filter(None, found)) == sorted(pack.measures)
