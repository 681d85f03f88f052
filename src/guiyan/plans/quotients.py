"""Shares and growths in percent. What can't be divided is no figure, with the reason, and never 0."""

from __future__ import annotations

from decimal import Decimal

PLACES = Decimal("0.0001")
NO_LAST_YEAR = "去年同期是0，算不出增长"
NO_WHOLE = "分母是0，算不出比例"


def divided(kind: str, above: Decimal, below: Decimal) -> tuple[Decimal | None, str]:
    """(percent, "") or (None, the reason).

    kind: `ratio` divides above by below; `growth_rate` says by how much above is more than below, a year before.
    """
    if below == 0:
        return None, NO_LAST_YEAR if kind == "growth_rate" else NO_WHOLE
    top = above - below if kind == "growth_rate" else above
    return (top / below * 100).quantize(PLACES), ""
