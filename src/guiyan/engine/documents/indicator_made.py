"""An indicator put together: its kind, and how sure it is."""

from __future__ import annotations

import re

from guiyan.engine.documents.figures import LEVEL_UNITS, Named
from guiyan.engine.documents.model import ParsedIndicator
from guiyan.engine.documents.passages import Sentence
from guiyan.engine.documents.periods import Reach
from guiyan.engine.documents.quantities import Quantity

_PROMISES = re.compile(
    r"力争|争取|确保|目标|(?<!年度)计划(?!单列|投资|总投)|(?<![主重需])要(?!求|素|点)|将(?=达到|建成|实现|新增)|预计"
)
_DOING = re.compile(
    r"新[增建]|建[成设立]|培[育训养]|引进|打造|举办|开展|募集|招[募引]|提供|实现|达到|突破|完成|扶持|认定|遴选|带动|"
    r"吸纳|选[派聘树]|推[动广]|壮大|盘活|创建|设立|提[升高]|增[长加]|保持|稳定|落地|承接|发放"
)
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
    """Whether the sentence itself promises: a period, a word that looks ahead, or a bound on what is done."""
    before = chars[max(0, quantity.core - 240) : quantity.core]
    if reach.period in ("per_year", "cumulative") or _PROMISES.search(before):
        return True
    year = (reach.period or "by:none")[3:]
    if re.search(rf"(?<!年)[到至]{year}|“?十.五”?期?末|{year}年?[底末]?之?前", before):
        return True
    if quantity.comparator == "<=":
        return bool(_HELD.search(before) or chars[: quantity.end].endswith(("以内", "之内")))
    bound = quantity.comparator in (">=", ">") and "余" not in chars[quantity.core : quantity.core_end]
    return bound and bool(_DOING.search(before))


def _confidence(quantity: Quantity, name: str, named: Named, *, firm: bool) -> float:
    """What makes a reading doubtful: no word of promise, no unit, a name that is borrowed, very short or long."""
    value = 0.95 - 0.1 * (not firm) - 0.1 * (len(name) <= 2)
    value -= 0.15 * (not quantity.unit) + 0.15 * named.inherits + 0.1 * (len(name) > 25) + 0.1 * quantity.spelled
    return round(max(value, 0.3), 2)
