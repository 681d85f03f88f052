"""Golden cases: each is screened and must give the verdict, the missing facts and the amount that it says."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.engine.rules.measure import CompiledMeasure
from guiyan.engine.rules.model import GoldenCase
from guiyan.engine.rules.screen import NONE_RECEIVED, screen_one
from guiyan.engine.values.declared import fen, yuan


def difference(case: GoldenCase, measures: Mapping[str, CompiledMeasure]) -> str | None:
    """What came out otherwise than the case says, in one sentence; None when all is as it says. Raises FactError."""
    compiled = measures[case.measure]
    found = screen_one(compiled, {**NONE_RECEIVED, **compiled.catalogue.read_texts(case.facts)}, case.on)
    if found.verdict != case.verdict:
        return f"“{case.title}”: the verdict should be {case.verdict}, and is {found.verdict}"
    if case.missing is not None and set(found.missing) != set(case.missing):
        return f"“{case.title}”: missing should be {sorted(case.missing)}, and is {sorted(found.missing)}"
    if case.amount_yuan is not None and found.amount_max_fen != fen(yuan(case.amount_yuan)):
        return f"“{case.title}”: the amount should be {case.amount_yuan} yuan, and is {found.amount_max_fen} fen"
    return None
