"""One figure with what it was divided from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from guiyan.plans.models import IndicatorValue
from guiyan.plans.quotients import NO_LAST_YEAR, NO_WHOLE, divided


@dataclass(frozen=True, slots=True)
class Figure:
    """value: in the indicator's unit, None with the reason in `why`. above, below: numerator and denominator."""

    value: Decimal | None
    above: Decimal | None = None
    below: Decimal | None = None
    why: str = ""


NOTHING = Figure(None)


def as_figure(stored: IndicatorValue | None) -> Figure:
    """What was computed and stored; nothing where nothing was."""
    return NOTHING if stored is None else Figure(stored.value, stored.above, stored.below, stored.why)


def quotient(kind: str, above: Decimal, below: Decimal) -> Figure:
    """A share or a growth in percent, or why there is none."""
    value, why = divided(kind, above, below)
    return Figure(value, above, below, why)


__all__ = ["NOTHING", "NO_LAST_YEAR", "NO_WHOLE", "Figure", "as_figure", "quotient"]
