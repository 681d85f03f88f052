"""Golden cases: each is screened and must give the verdict, the missing facts and the amount that it says."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.engine.rules.errors import FactError
from guiyan.engine.rules.measure import CompiledMeasure
from guiyan.engine.rules.model import GoldenCase
from guiyan.engine.rules.screen import NONE_RECEIVED, screen_one
from guiyan.engine.values.declared import fen

Difference = tuple[tuple[str, ...], str]


def difference(case: GoldenCase, measures: Mapping[str, CompiledMeasure]) -> Difference | None:
    """Which key of the case is not what came out, and a sentence about it; None when all is as it says."""
    compiled = measures[case.measure]
    try:
        facts = compiled.catalogue.read_texts(case.facts)
    except FactError as wrong:
        return ("facts",), str(wrong)
    found = screen_one(compiled, {**NONE_RECEIVED, **facts}, case.on)
    if found.verdict != case.verdict:
        return ("verdict",), f"“{case.title}”: the verdict should be {case.verdict}, and is {found.verdict}"
    if case.missing is not None and set(found.missing) != set(case.missing):
        return ("missing",), f"“{case.title}”: missing should be {sorted(case.missing)}, and is {sorted(found.missing)}"
    if case.amount_yuan is not None and found.amount_max_fen != fen(case.amount_yuan):
        is_ = "nothing" if found.amount_max_fen is None else f"{found.amount_max_fen / 100:g} yuan"
        return ("amount_yuan",), f"“{case.title}”: the amount should be {case.amount_yuan} yuan, and is {is_}"
    return None
