"""A promised figure in words: what must grow says so, and the number stands apart from the words before it."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.plans.models import Indicator
from guiyan.plans.models.amounts import amount_words

NO_FIGURE, NOT_REPORTED = "还没有数", "未填报"
SCALED = "演示目标按示例人口折算"


def goal_label(indicator: Indicator) -> str:
    """每年不少于, 每年增长不少于, 到2027年: the words before the number; a period nobody wrote is left out."""
    period = indicator.period_words if indicator.period else ""
    return f"{period}{grows_words(indicator)}{indicator.bound_words}"


def grows_words(indicator: Indicator) -> str:
    """增长 for a promised growth whose name does not say so: 楚商回乡项目签约数 grows by 10%, it is not 10%."""
    return "增长" if indicator.kind == "growth_rate" and "增" not in indicator.name else ""


def goal_figure(indicator: Indicator) -> str:
    """10,000人; 原文没有写数 where the document gives none. In a demonstration what its people are measured by."""
    if indicator.goal is None:
        return indicator.target_words
    return amount_words(indicator.goal, indicator.unit)


def printed_words(indicator: Indicator) -> str:
    """文件写的是不少于10,000人，演示目标按示例人口折算; empty where the printed target is the measure."""
    if indicator.sample_target is None:
        return ""
    return f"文件写的是{grows_words(indicator)}{indicator.target_words}，{SCALED}"


def scaled_words(found: Iterable[Indicator]) -> str:
    """Said once on a page of several targets: which of them are the demonstration's own; empty for none."""
    count = sum(x.sample_target is not None for x in found)
    return f"{count}个指标的{SCALED}，文件写的数在各指标页" if count else ""


def goal_words(indicator: Indicator) -> str:
    """每年增长不少于10%."""
    return goal_label(indicator) + goal_figure(indicator)


def nothing_words(indicator: Indicator) -> str:
    """Why there is no figure: nobody reported it, or nothing was counted yet."""
    return NO_FIGURE if indicator.is_computed else NOT_REPORTED
