"""A reading in plain words: the target, the amount, the units; and the kinds people choose from."""

from __future__ import annotations

from typing import Any

from guiyan.plans.models import ReviewItem

KINDS = {"task": "任务", "indicator": "指标", "measure": "政策措施"}
COMPARATORS = [(">=", "不少于"), (">", "超过"), ("=", "等于"), ("<=", "不超过")]
PERIODS = [("", "没有写"), ("per_year", "每年"), ("cumulative", "累计")]
BENEFITS = [
    ("subsidy", "补贴"),
    ("award", "奖补"),
    ("grant", "资助"),
    ("loan", "贷款"),
    ("interest_subsidy", "贴息"),
    ("tax", "税费优惠"),
    ("equity", "股权投资"),
    ("service", "服务"),
    ("other", "其他"),
]


def period_words(period: str) -> str:
    """by:2027 -> 到2027年."""
    return f"到{period[3:]}年" if period.startswith("by:") else dict(PERIODS).get(period, period)


def summary(item: ReviewItem) -> str:
    """The reading in a line."""
    return summary_of(item.kind, item.values)


def summary_of(kind: str, values: dict[str, Any]) -> str:
    words = {"indicator": _indicator, "measure": _measure, "task": _task}[kind]
    return words(values)


def _indicator(values: dict[str, Any]) -> str:
    words = {">=": "不少于", ">": "超过", "<=": "不超过", "=": ""}[values.get("comparator") or "="]
    when = period_words(values.get("period") or "")
    low, high = number(values.get("value")), number(values.get("value_max"))
    figure = f"{low}—{high}" if high and high != low else low
    if not figure:
        return "原文没有写数"
    return f"{'' if when == '没有写' else when}{words}{figure}{values.get('unit') or ''}"


def _measure(values: dict[str, Any]) -> str:
    kind = dict(BENEFITS).get(values.get("kind") or "", "")
    who = values.get("beneficiary") or ""
    return "，".join(part for part in (who, kind, amount_words(values)) if part)


def amount_words(values: dict[str, Any]) -> str:
    """最高30万元, 10万—20万元, 5,000元, 50%, or that the text says nothing."""
    if values.get("rate"):
        return f"{number(values['rate'])}%"
    low, high = yuan(values.get("amount_min")), yuan(values.get("amount_max"))
    if not high:
        return "原文没有金额"
    return high if low == high else f"{low}—{high}" if low else f"最高{high}"


def _task(values: dict[str, Any]) -> str:
    lead, others = values.get("lead_units") or [], values.get("responsible_units") or []
    front = [f"{'、'.join(lead)}牵头"] if lead else []
    return "，".join([*front, "、".join(others)]) if others else "，".join(front) or "原文没有写责任单位"


def number(value: Any) -> str:
    if value in (None, ""):
        return ""
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")


def yuan(value: Any) -> str:
    """10万元, 2亿元, 5,000元."""
    if value in (None, ""):
        return ""
    amount = float(value)
    for size, name in ((1e8, "亿元"), (1e4, "万元")):
        if amount >= size and not amount % (size / 100):
            return f"{number(amount / size)}{name}"
    return f"{number(amount)}元"
