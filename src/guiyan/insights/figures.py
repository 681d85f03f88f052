"""One figure with what it was divided from. What can't be divided is no figure, with the reason, and never 0."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PLACES = Decimal("0.0001")
NO_LAST_YEAR = "去年同期是0，算不出增长"
NO_WHOLE = "分母是0，算不出比例"


@dataclass(frozen=True, slots=True)
class Figure:
    """value: in the indicator's unit, None with the reason in `why`. above, below: numerator and denominator."""

    value: Decimal | None
    above: Decimal | None = None
    below: Decimal | None = None
    why: str = ""


NOTHING = Figure(None)


def quotient(kind: str, above: Decimal, below: Decimal) -> Figure:
    """A share or a growth in percent.

    kind: `ratio` divides above by below; `growth_rate` says by how much above is more than below, a year before.
    """
    if below == 0:
        return Figure(None, above, below, NO_LAST_YEAR if kind == "growth_rate" else NO_WHOLE)
    top = above - below if kind == "growth_rate" else above
    return Figure((top / below * 100).quantize(PLACES), above, below)
