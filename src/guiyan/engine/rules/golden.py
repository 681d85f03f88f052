"""Golden cases: each is screened and must give the verdict, the missing facts and the amounts that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from guiyan.engine.rules.compiled import CompiledMeasure
from guiyan.engine.rules.errors import FactError
from guiyan.engine.rules.knowing import nothing_else_received
from guiyan.engine.rules.model import GoldenCase
from guiyan.engine.rules.screen import ScreenResult, screen_one
from guiyan.engine.values.declared import fen

Difference = tuple[tuple[str, ...], str]


def difference(case: GoldenCase, measures: Mapping[str, CompiledMeasure]) -> Difference | None:
    """Which key of the case is not what came out, and a sentence about it; None when all is as it says."""
    try:
        found = screened(case, measures[case.measure])
    except FactError as wrong:
        return ("facts",), str(wrong)
    for key, wanted, came_out in compared(case, found):
        if wanted != came_out:
            return (key,), f"“{case.title}”: {key} should be {words(wanted)}, and is {words(came_out)}"
    return None


def screened(case: GoldenCase, compiled: CompiledMeasure) -> ScreenResult:
    """The case screened, with nothing received but what it says. Raises FactError for facts that can't be read."""
    return screen_one(compiled, nothing_else_received(compiled.catalogue.read_texts(case.facts)), case.on)


def compared(case: GoldenCase, found: ScreenResult) -> Iterator[tuple[str, object, object]]:
    """(key, as the case says, as it came out) of what the case says."""
    yield "verdict", case.verdict, found.verdict
    if case.missing is not None:
        yield "missing", sorted(case.missing), sorted(found.missing)
    if case.amount_missing is not None:
        yield "amount_missing", sorted(case.amount_missing), sorted(found.amount_missing)
    if case.amount_yuan is not None:
        yield "amount_yuan", fen(case.amount_yuan), found.amount_max_fen
    if case.amount_min_yuan is not None:
        yield "amount_min_yuan", fen(case.amount_min_yuan), found.amount_min_fen
    if case.unpublished is not None:
        yield "unpublished", case.unpublished, found.unpublished
    if case.valid_until is not None:
        yield "valid_until", case.valid_until, found.valid_until


def words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{Decimal(value) / 100:f} yuan"
    return "nothing" if value is None else str(value)
