"""Figures of a standing in words, and what a share or a growth was divided from: no percentage without its numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from guiyan.insights.drill import unit_of
from guiyan.insights.figures import Figure
from guiyan.insights.standing import Standing
from guiyan.kernel import releases
from guiyan.plans.models import Indicator
from guiyan.plans.models.amounts import PERCENT_PLACES, YUAN, amount_words

TEN_THOUSAND = 10_000
PERCENT = "%"
ONE_YEAR = "今年一年的增幅"
SMALL_BASE, FEW, DOUBLED = "基数小", 10, 100
LAST_YEAR, YEAR_BEFORE_LAST = "去年同期", "前年同期"


def value_words(found: Standing) -> str:
    """29.34亿元, in the scale of its target; a percentage with two decimals; empty where there is no figure."""
    if found.value is None:
        return ""
    if found.indicator.unit == PERCENT:
        return f"{found.value:,.{PERCENT_PLACES}f}{PERCENT}"
    return amount_words(found.value, found.indicator.unit, found.target)


def number_and_unit(found: Standing) -> tuple[str | None, str]:
    """The same apart, for large print: 29.34 and 亿元."""
    words = value_words(found)
    digits = re.match(r"-?[\d,.]+", words)
    return (digits[0], words[digits.end() :]) if digits else (None, "")


def last_words(found: Standing) -> str:
    """Last year's figure, in the scale of this year's; empty where there is none."""
    if found.last_year is None:
        return ""
    beside = max((x for x in (found.value, found.target) if x is not None), default=None)
    return valid_words(found.indicator) + amount_words(found.last_year, found.indicator.unit, beside)


def valid_words(indicator: Indicator) -> str:
    """有效 before a figure whose records run out: recognitions that were valid on the day, so there may be fewer."""
    declared = releases.current().indicators.get(indicator.definition)
    return "有效" if declared is not None and declared.computed is not None and declared.computed.until else ""


def now_parts(found: Standing) -> str:
    """What the figure was divided from; of what every county owes, that it is the last county's."""
    if found.is_least and found.value is not None:
        return "最少的县"
    words = parts_words(found.indicator, found.now)
    notes = [ONE_YEAR] if is_called_mean(found.indicator) else []
    notes += [SMALL_BASE] if is_from_little(found) else []
    return "，".join([words, *notes]) if words else ""


def is_called_mean(indicator: Indicator) -> bool:
    """A growth that the document wants as a yearly mean (年均), and that is this one year's."""
    return indicator.kind == "growth_rate" and "年均" in indicator.name


def is_from_little(found: Standing) -> bool:
    """A growth that says little: from a handful of records, or to more than double."""
    if found.indicator.kind != "growth_rate" or found.value is None or found.now.below is None:
        return False
    counted = parts_units(found.indicator)[1] not in (YUAN, "万元")
    return abs(found.value) > DOUBLED or (counted and found.now.below < FEW)


def last_parts(found: Standing) -> str:
    return parts_words(found.indicator, found.then, YEAR_BEFORE_LAST)


def with_parts(words: str, parts: str) -> str:
    """20%（12个／去年同期10个）."""
    return f"{words}（{parts}）" if words and parts else words


def parts_words(indicator: Indicator, found: Figure, before: str = LAST_YEAR) -> str:
    """12个／去年同期10个 of a growth, 189家／3,800人 of a share; empty for other figures and where nothing is known.

    before: what the denominator of a growth is called.
    """
    if not indicator.is_quotient or found.above is None or found.below is None:
        return ""
    upper, lower = parts_units(indicator)
    label = before if indicator.kind == "growth_rate" else ""
    above, below = _in_yuan(found.above, upper), _in_yuan(found.below, lower)
    return f"{amount_words(*above, below[0])}／{label}{amount_words(*below, above[0])}"


def parts_units(indicator: Indicator) -> tuple[str, str]:
    """What numerator and denominator are counted in; empty for other figures, and what no pack declares any more."""
    declared = releases.current().indicators.get(indicator.definition)
    if declared is None or not declared.is_quotient:
        return "", ""
    if declared.computed is None:
        return declared.parts_unit, declared.parts_unit
    return unit_of(declared.computed), unit_of(declared.over or declared.computed)


def _in_yuan(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Money reported in 万元 is read in the scale of all money."""
    return (value * TEN_THOUSAND, YUAN) if unit == "万元" else (value, unit)
