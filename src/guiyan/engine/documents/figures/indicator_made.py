"""An indicator put together: its kind, and how sure it is."""

from __future__ import annotations

import re

from guiyan.engine.documents.figures.evidence import is_sure
from guiyan.engine.documents.figures.figures import LEVEL_UNITS, Named
from guiyan.engine.documents.figures.passages import Sentence
from guiyan.engine.documents.figures.periods import Reach
from guiyan.engine.documents.figures.quantities import Quantity
from guiyan.engine.documents.model import ParsedIndicator

# A name of which more or less than the name was taken: cut at a number or a quote, left open, with its verb or aim.
_ODD = re.compile(
    r"\d|^[“”‘’、,;]|[“”‘’、,和及与等]$|^(?:面向|围绕|针对|依托|通过|根据|按照|形成|可|能)|(?:提供|开展|组织|培训|吸收|给予)"
    r"(?!服务|活动|工作|率|量|数|额|能力|机构|基地|补贴|平台|中心|人次|规模|面积)[^ ]{2,}"
)


def indicator_made(
    sentence: Sentence,
    named: Named,
    name: str,
    span: tuple[int, int],
    reach: Reach,
    parent: str | None,
    spoken: frozenset[str],
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
        confidence=_confidence(quantity, name, named, sure=is_sure(spoken, rules=sentence.rules)),
        section_path=sentence.path,
        plan=sentence.plan,
        witnesses=tuple(sorted(spoken)),
    )


def _kind(quantity: Quantity, name: str, growth: bool) -> str:
    if quantity.is_rate:
        return "growth_rate" if growth or re.search(r"增[长幅速]", name) else "ratio"
    if re.search(r"每(?:万|千|百|亿)[人元户]|人均|每人", name):
        return "ratio"
    return "level" if quantity.unit in LEVEL_UNITS else "count"


def _confidence(quantity: Quantity, name: str, named: Named, *, sure: bool) -> float:
    """What makes a reading doubtful: one witness only, no unit, a name that is borrowed, odd, very short or long."""
    value = 0.95 - 0.1 * (not sure) - 0.1 * (len(name) <= 2) - 0.1 * bool(_ODD.search(name))
    value -= 0.15 * (not quantity.unit) + 0.15 * named.inherits + 0.1 * (len(name) > 25) + 0.1 * quantity.spelled
    return round(max(value, 0.3), 2)
