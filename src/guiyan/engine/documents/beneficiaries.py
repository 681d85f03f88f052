"""Who receives a benefit, and on what conditions, as spans: 对…的…给予, 为…提供, …的,最高可获."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEAD = re.compile(
    r"(?:^|[,;:。、]|鼓励|支持|引导|再|并|且|照|政府|财政|银行|机构|基金)(?P<to>对于?|凡|针对|面向|向|为)(?!接|标|全面|深入|贯彻|了|期|主|止|准|基础|口)"
)
_OPEN = re.compile(
    r"符合(?:相关|有关|规定|上述|一定)?(?:条件|要求|规定)的?|满足(?:相关|有关|一定|规定)?(?:条件|要求)的?|按(?:照)?(?:有关|相关)?规定|有条件的|具备条件的|达到(?:相关|有关|规定)(?:条件|标准|要求)的?"
)
_GIVE = re.compile(
    r"给予|予以|奖励|奖补|补贴|补助|资助|提供|发放|最高|按照?|一次性|分别|市财政|由|可获|可享|每[个家名人户年次]|再|免除"
)
_RECEIVER = re.compile(r"给予(?P<who>[^,。;、\d最高一不超]{2,16}?)(?=最高|一次性|不超过|\d)")
_SPLIT = re.compile(r"、|,|和|及|并|且|以及|或")


@dataclass(frozen=True, slots=True)
class Audience:
    """Places in the sentence: the receiver, the conditions, what is left open."""

    receiver: tuple[int, int] | None
    conditions: tuple[tuple[int, int], ...]
    open_conditions: tuple[tuple[int, int], ...]
    start: int


def audience_of(chars: str, low: int, give: int) -> Audience:
    """The audience of the benefit given at `give`, looking no further back than `low`."""
    leads = [found for found in _LEAD.finditer(chars, low, give) if found.start("to") >= low]
    opened = tuple((low + m.start(), low + m.end()) for m in _OPEN.finditer(chars[low:give]))
    if leads:
        lead = leads[-1]
        stop = _GIVE.search(chars, lead.end() + 1, give)
        end = _trim(chars, lead.end(), stop.start() if stop else give)
        return _parted(chars, lead.end(), end, opened, lead.start("to"))
    clause = max(chars.rfind(",", low, give), chars.rfind(";", low, give), low - 1) + 1
    if chars[max(low, clause - 2) : clause] == "的,":
        start = max(chars.rfind(mark, low, clause - 1) for mark in ",;。")
        start = max(start, low - 1) + 1
        return Audience(None, ((start, clause - 2),), opened, start)
    subject = _GIVE.search(chars, clause, give)
    end = subject.start() if subject else give
    receiver = (clause, end) if 2 <= end - clause <= 40 else None
    return Audience(receiver, (), opened, clause)


def _trim(chars: str, start: int, end: int) -> int:
    while end > start and chars[end - 1] in ",、;可将":
        end -= 1
    return end


def _parted(chars: str, start: int, end: int, opened: tuple[tuple[int, int], ...], lead: int) -> Audience:
    """Conditions before the last 的, the receiver after it; a phrase that ends in 的 is all condition."""
    cut = chars.rfind("的", start, end)
    comma = chars.find(",", start, end)
    if cut == end - 1:
        conditions = _conditions(chars, start, cut)
        return Audience(None, conditions, opened, lead)
    if cut >= 0 and (comma < 0 or comma < cut):
        return Audience((cut + 1, end), _conditions(chars, start, cut), opened, lead)
    if comma >= 0:
        return Audience((start, comma), _conditions(chars, comma + 1, end), opened, lead)
    return Audience((start, end), (), opened, lead)


def _conditions(chars: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Parts between commas, blank ones dropped."""
    parts: list[tuple[int, int]] = []
    at = start
    for i in range(start, end + 1):
        if i == end or chars[i] in ",;":
            if i - at >= 2:
                parts.append((at, i))
            at = i + 1
    return tuple(parts)


def named_receiver(chars: str, low: int, high: int) -> tuple[int, int] | None:
    """给予获投企业…: the receiver stands behind the verb."""
    found = _RECEIVER.search(chars, low, high)
    return found.span("who") if found else None


def parties(chars: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """个人和小微企业 → 个人, 小微企业."""
    found: list[tuple[int, int]] = []
    at = span[0]
    for mark in [*_SPLIT.finditer(chars, span[0], span[1]), None]:
        end = mark.start() if mark else span[1]
        if end > at:
            found.append((at, end))
        at = mark.end() if mark else end
    return found
