"""An indicator put together: its kind, and how sure it is."""

from __future__ import annotations

import re

from guiyan.engine.documents.figures import LEVEL_UNITS, Named
from guiyan.engine.documents.model import ParsedIndicator
from guiyan.engine.documents.passages import Sentence
from guiyan.engine.documents.periods import Reach
from guiyan.engine.documents.quantities import Quantity

_PROMISES = re.compile(r"力争|争取|确保|目标|计划(?!单列)|要|将(?=达到|建成|实现|新增)|预计")
_HELD = re.compile(r"控制|压[减缩降]|降[到至]|限[制于]|不超过$")


def indicator_made(
    sentence: Sentence, named: Named, name: str, span: tuple[int, int], reach: Reach, parent: str | None
) -> ParsedIndicator:
    quantity = named.quantity
    return ParsedIndicator(
        name=name,
        comparator=quantity.comparator,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        kind=_kind(quantity, name, named.growth),
        span=span,
        period=reach.period,
        parent=parent,
        deadline=reach.deadline,
        approx=quantity.approx,
        redacted=quantity.value is None,
        scope=named.scope,
        horizon=reach.horizon,
        confidence=_confidence(quantity, name, named, firm=_is_firm(sentence.chars, quantity, reach)),
        section_path=sentence.path,
        plan=sentence.plan,
    )


def _kind(quantity: Quantity, name: str, growth: bool) -> str:
    if quantity.is_rate:
        return "growth_rate" if growth or re.search(r"增[长幅速]", name) else "ratio"
    if re.search(r"每(?:万|千|百|亿)[人元户]|人均|每人", name):
        return "ratio"
    return "level" if quantity.unit in LEVEL_UNITS else "count"


def _is_firm(chars: str, quantity: Quantity, reach: Reach) -> bool:
    """Whether the sentence itself says that the figure is promised: a bound, a period, or a word that looks ahead."""
    before = chars[max(0, quantity.core - 240) : quantity.core]
    if quantity.comparator in (">=", ">") or reach.period in ("per_year", "cumulative") or _PROMISES.search(before):
        return True
    if quantity.comparator == "<=":
        return bool(_HELD.search(before) or chars[: quantity.end].endswith(("以内", "之内")))
    year = (reach.period or "by:none")[3:]
    return bool(re.search(rf"[到至]{year}|“十|{year}年?[底末前]", before))


def _confidence(quantity: Quantity, name: str, named: Named, *, firm: bool) -> float:
    """What makes a reading doubtful: no word of promise, no unit, a name that is borrowed, very short or long."""
    value = 0.95 - 0.1 * (not firm) - 0.1 * (len(name) <= 2)
    value -= 0.15 * (not quantity.unit) + 0.15 * named.inherits + 0.1 * (len(name) > 25) + 0.1 * quantity.spelled
    return round(max(value, 0.3), 2)
