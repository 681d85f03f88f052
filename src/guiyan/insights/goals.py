"""A promised figure in words: what must grow says so, and the number stands apart from the words before it."""

from __future__ import annotations

from guiyan.plans.models import Indicator
from guiyan.plans.models.amounts import amount_words

NO_FIGURE, NOT_REPORTED = "还没有数", "未填报"


def goal_label(indicator: Indicator) -> str:
    """每年不少于, 每年增长不少于, 到2027年: the words before the number; a period nobody wrote is left out."""
    period = indicator.period_words if indicator.period else ""
    return f"{period}{grows_words(indicator)}{bound_words(indicator)}"


def grows_words(indicator: Indicator) -> str:
    """增长 for a promised growth whose name does not say so: 楚商回乡项目签约数 grows by 10%, it is not 10%."""
    return "增长" if indicator.kind == "growth_rate" and "增" not in indicator.name else ""


def bound_words(indicator: Indicator) -> str:
    """不少于, 超过; empty for an exact number or none."""
    return indicator.target_words.removesuffix(goal_figure(indicator)) if indicator.target is not None else ""


def goal_figure(indicator: Indicator) -> str:
    """10,000人; 原文没有写数 where the document gives none."""
    if indicator.target is None:
        return indicator.target_words
    return amount_words(indicator.target, indicator.unit)


def goal_words(indicator: Indicator) -> str:
    """每年增长不少于10%."""
    return goal_label(indicator) + goal_figure(indicator)


def nothing_words(indicator: Indicator) -> str:
    """Why there is no figure: nobody reported it, or nothing was counted yet."""
    return NO_FIGURE if indicator.is_computed else NOT_REPORTED
