"""Figures as people type them: in 万元 where the indicator is in yuan, with commas or without."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from guiyan.kernel.errors import Refused
from guiyan.plans.models import Indicator

TEN_THOUSAND = Decimal(10_000)
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,4})?")


def entry_unit(indicator: Indicator) -> str:
    """What a figure is typed in: large sums in 万元."""
    return "万元" if indicator.unit == "元" else indicator.unit


def scale(indicator: Indicator) -> Decimal:
    return TEN_THOUSAND if indicator.unit == "元" else Decimal(1)


def read_number(text: object, indicator: Indicator) -> Decimal | None:
    """A typed number in the indicator's unit, None for nothing. Raises Refused for what is no number."""
    written = unicodedata.normalize("NFKC", str(text if text is not None else "")).replace(",", "").strip()
    if isinstance(text, float) and text == int(text):
        written = str(int(text))
    if not written:
        return None
    if not NUMBER.fullmatch(written):
        raise Refused(
            f"“{written[:20]}”不是数。请只填数字，最多15位整数、4位小数，单位{entry_unit(indicator)}", "number"
        )
    return Decimal(written) * scale(indicator)


def typed(value: Decimal | None, indicator: Indicator) -> str:
    """The figure as it stands in a field: 1200, 0.5; empty for none."""
    if value is None:
        return ""
    plain = f"{value / scale(indicator):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
