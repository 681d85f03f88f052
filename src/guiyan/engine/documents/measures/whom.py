"""Whom a grant goes to: the words around it asked in order, the nearest and plainest first."""

from __future__ import annotations

import re

from guiyan.engine.documents.measures.receivers import (
    borrower,
    counted_receiver,
    each_receiver,
    fund_receiver,
    is_object,
    lender_of,
    named_receiver,
    parties,
    supported_receiver,
)
from guiyan.engine.documents.measures.subjects import (
    before_verb,
    counted_before,
    headless_before,
    is_party,
    named_by,
    nearest,
    subject_before,
)
from guiyan.engine.documents.measures.told import Told
from guiyan.engine.documents.view import Span

_FIGURE = re.compile(r"(?:不超过|最[高快])\d|\d[^,]{0,8},")
_BEHIND_FIGURE = re.compile(r"[^、]{0,16}\d+万?元?、(?=[^\d、]{2,12}$)")
_BEFORE_FIGURE = re.compile(r"(?:最[快高]|不超过|可)?\d")


def receivers_of(told: Told, count: int, before: Span | None) -> list[Span | None]:
    """The receivers of a grant's tiers, figures and stray words at their edges cut off."""
    return [_trimmed(told.chars, each) for each in _found(told, count, before)]


def _trimmed(chars: str, place: Span | None) -> Span | None:
    """个人不超过30万元、企业 → 企业; 借款人最快3日放款 → 借款人."""
    if place is None or not _FIGURE.search(chars, *place):
        return place
    start, end = place
    while (cut := _BEHIND_FIGURE.match(chars, start, end)) is not None:
        start = cut.end()
    stop = _BEFORE_FIGURE.search(chars, start, end)
    end = stop.start() if stop is not None and stop.start() - start >= 2 else end
    return (start, end) if end - start >= 2 else place


def _found(told: Told, count: int, before: Span | None) -> list[Span | None]:
    """One receiver a tier where their numbers agree, else the same one for all; the one `before` if none is named."""
    chars, given, audience = told.chars, told.given, told.audience
    low = chars.rfind(";", 0, told.give) + 1
    own = nearest(chars, max(low, told.since), told.give)
    if own is not None:
        return _one_each(chars, audience.receiver, count) or [own] * count
    behind = named_receiver(chars, given.start, told.end)
    if behind is not None:
        return [behind] * count
    if count == 1 and given.amounts:
        own = borrower(chars, given.amounts[0].end, told.end)
        if own is not None and (audience.receiver is None or "企业" in chars[own[0] : own[1]]):
            return [own]
    if given.pool:
        return [audience.receiver or fund_receiver(chars, told.give)] * count
    receiver = counted_receiver(chars, told.give)
    said = None if is_object(chars, audience.receiver) else audience.receiver
    receiver = receiver or (said if is_party(chars, said) else None)
    if receiver and chars[receiver[1] - 1] == "的":
        receiver = supported_receiver(chars, 0, given.start) or receiver
    receiver = receiver or lender_of(chars, low, told.give) or each_receiver(chars, given.start, told.end)
    receiver = receiver or _by_place(chars, low, told.give) or before or headless_before(chars, low, told.give)
    receiver = receiver or supported_receiver(chars, 0, given.start) or audience.receiver
    return _one_each(chars, receiver, count) or [receiver] * count


def _one_each(chars: str, receiver: Span | None, count: int) -> list[Span | None]:
    """对项目、园区分别给予5万元、20万元: as many receivers as tiers, each its own.

    None where their numbers differ, or a grade stands without what has it (四星级、五星级民宿).
    """
    if receiver is None or count < 2 or chars[: receiver[1]].endswith("的"):
        return []
    each = parties(chars, receiver)
    whole = all(end - start >= 2 and chars[end - 1] not in "级类等档" for start, end in each)
    return [*each] if len(each) == count and whole else []


def _by_place(chars: str, low: int, give: int) -> Span | None:
    """Who receives where no 对 or 为 says it, the closest words first."""
    subject = subject_before(chars, low, give)
    return (
        before_verb(chars, low, give)
        or (subject[0] if subject else None)
        or named_by(chars, low, give)
        or counted_before(chars, low, give)
    )
