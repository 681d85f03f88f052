"""Words around a list that say how many of it are needed: 符合下列条件之一, 其中一项, 同时符合."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ANY_BEFORE = re.compile(
    r"(?:凡)?(?:符合|满足|具备|具有)?(?:以下|下列|下述)(?:任一|任意一项)?(?:条件|情形|情况|要求)?(?:之一|中(?:的)?(?:一项|任意一项|任何一项|之一)|任一)"
    r"(?:条件|情形)?(?:的|者)?[:,]?"
)
_ANY_AFTER = re.compile(
    r"(?:,)?(?:等)?(?:条件|情形|要求)?(?:其中)?(?:之一|任一|任意一项|任何一项|其中一项|中的一项|一项以上|一项)(?:条件|情形)?(?:的|者)?$"
)
_ALL_BEFORE = re.compile(r"(?:须|应|需)?同时(?:符合|满足|具备)(?:以下|下列)?(?:条件|要求)?(?:的)?[:,]?")
_HAVING = re.compile(r"(?:符合|满足|具备)(?!(?:相关|有关|规定|上述|一定|相应|申报|申领)?(?:条件|要求|规定|标准))")
_OPENS_LIST = ("等",)


@dataclass(frozen=True, slots=True)
class Choice:
    """The list itself is `start:end` of `whole`."""

    start: int
    end: int
    whole: tuple[int, int]
    any_one: bool = False
    every: bool = False


def choice_of(chars: str) -> Choice:
    """How the words around a list read; the whole phrase where there are none."""
    whole = (0, len(chars))
    if (before := _ANY_BEFORE.match(chars)) is not None:
        return Choice(before.end(), len(chars), whole, any_one=True)
    if (both := _ALL_BEFORE.match(chars)) is not None:
        return Choice(both.end(), len(chars), whole, every=True)
    if (after := _ANY_AFTER.search(chars, max(0, len(chars) - 24))) is not None:
        having = _HAVING.match(chars)
        goes_on = after[0].lstrip(",").startswith(_OPENS_LIST)
        if not goes_on:
            return Choice(having.end() if having else 0, after.start(), whole, any_one=True)
    return Choice(0, len(chars), whole)
