"""Measures: what is granted, at which amount or rate, to whom, on which conditions.

A sentence is read number by number. A rate and the cap that follows it are one measure; linked amounts
(分别给予A、B、C) are one measure a tier; a limit on the total joins the measure it limits.
"""

from __future__ import annotations

import re
from decimal import Decimal

from guiyan.engine.documents.beneficiaries import (
    Audience,
    audience_of,
    borrower,
    each_receiver,
    named_receiver,
    parties,
    supported_receiver,
)
from guiyan.engine.documents.grants import Grant, grants_in
from guiyan.engine.documents.measure_kinds import kind_of, strength_of
from guiyan.engine.documents.model import ParsedMeasure
from guiyan.engine.documents.passages import Sentence
from guiyan.engine.documents.quantities import Quantity
from guiyan.engine.documents.roles import Reading, Role, read_sentence
from guiyan.engine.documents.view import phrase, strip_span

_LINKING = re.compile(r"(?:以及|并且|并|且|同时|和|及|、|,|;)+")
_PER_YEAR = re.compile(r"每年|年度|每[家个人户]?每年|/年")
_PAID_ALREADY = re.compile(
    r"^(?:截至|截止|近年来|目前)|(?:^|[,;])近[一二两三四五]年来?(?:累计|共|已)|已(?:累计)?(?:发放|兑现|拨付)"
)
_SECTIONS_OUT = re.compile(r"名词解释|解释权|适用范围")


def measures_of(text: str, passages: list[Sentence]) -> tuple[ParsedMeasure, ...]:
    """The measures of the document, in order."""
    found: list[ParsedMeasure] = []
    for sentence in passages:
        if any(_SECTIONS_OUT.search(heading) for heading in sentence.path) or _PAID_ALREADY.search(sentence.chars):
            continue
        reading = read_sentence(sentence.chars)
        kind = "grant"
        for given in grants_in(reading):
            made = _finished(text, sentence, reading, given, kind)
            kind = made[0].kind
            found += made
    return tuple(found)


def _finished(text: str, sentence: Sentence, reading: Reading, given: Grant, kind: str) -> list[ParsedMeasure]:
    """The measures of a given, one a tier; `kind` is that of the measure before, for amounts that name none."""
    chars = reading.chars
    clause = reading.clauses[reading.clause_of(max(given.start, given.end - 1))]
    end = clause.end
    give = min([q.start for q in [*given.amounts, *([given.rate] if given.rate else [])]] or [given.start])
    low = chars.rfind(";", 0, give) + 1
    audience = audience_of(chars, low, give)
    end = _until_next(reading, given, end)
    lead = _LINKING.match(chars, given.start, end)
    title = strip_span(text, sentence.view.span(lead.end() if lead else given.start, end), "。,，;；、:： ")
    tiers: list[Quantity | None] = [*given.amounts] or [None]
    receivers = _receivers(chars, audience, given, len(tiers), end)
    tiered = len(set(receivers)) > 1
    out: list[ParsedMeasure] = []
    for index, amount in enumerate(tiers):
        receiver = receivers[index] if index < len(receivers) else None
        out.append(_measure(text, sentence, chars, given, audience, title, amount, receiver, tiered, (give, end), kind))
    return out


def _until_next(reading: Reading, given: Grant, end: int) -> int:
    """A measure's words end where the next benefit of the same clause begins."""
    for quantity, role in zip(reading.quantities, reading.roles, strict=True):
        if role is Role.BENEFIT and given.end <= quantity.start < end:
            words = reading.chars[given.end : quantity.start]
            cut = max(words.rfind("和"), words.rfind("及"), words.rfind("、"))
            return given.end + cut if cut > 0 else quantity.start
    return end


def _receivers(chars: str, audience: Audience, given: Grant, count: int, end: int) -> list[tuple[int, int] | None]:
    """One receiver a tier where their numbers agree, else the same one for all."""
    behind = named_receiver(chars, given.start, end)
    if behind is not None:
        return [behind] * count
    if count == 1 and given.amounts:
        own = borrower(chars, given.amounts[0].end, end)
        if own is not None and (audience.receiver is None or "企业" in chars[own[0] : own[1]]):
            return [own]
    receiver = audience.receiver or each_receiver(chars, given.start, end) or supported_receiver(chars, 0, given.start)
    if receiver is None or given.pool:
        return [None if given.pool and audience.receiver is None else receiver] * count
    each = parties(chars, receiver)
    if count > 1 and len(each) == count:
        return list(each)
    return [receiver] * count


def _measure(
    text: str,
    sentence: Sentence,
    chars: str,
    given: Grant,
    audience: Audience,
    title: tuple[int, int],
    amount: Quantity | None,
    receiver: tuple[int, int] | None,
    tiered: bool,
    grant: tuple[int, int],
    kind: str,
) -> ParsedMeasure:
    amount_max, amount_min = _bounds(amount)
    rate = given.whole or _rate(given.rate)
    view = sentence.view
    begin = min(title[0], view.span(audience.start, audience.start + 1)[0])

    def words(place: tuple[int, int]) -> str:
        return phrase(text, strip_span(text, view.span(*place), ",，、;；。"))

    return ParsedMeasure(
        title=phrase(text, title),
        kind=given.kind or _kind_of(chars, given, amount, grant[1]) or kind,
        amount_max=amount_max,
        amount_min=amount_min,
        rate=rate,
        unit=("元" if not amount.unit else amount.unit) if amount else "%",
        beneficiary=words(receiver) if receiver and receiver[0] < receiver[1] else None,
        span=(begin, title[1]),
        conditions=tuple(w for place in audience.conditions if (w := words(place))),
        open_conditions=tuple(w for place in audience.open_conditions if (w := words(place))),
        strength=strength_of(chars, audience.start, grant[0]),
        cap_total=given.cap_total.value if given.cap_total else None,
        per="year" if _PER_YEAR.search(chars[given.start : given.end]) else None,
        pool=given.pool,
        redacted=(amount is not None and amount.value is None) or (amount is None and rate is None),
        tier=words(receiver) if receiver and tiered else None,
        confidence=_confidence(given, receiver, amount),
        section_path=sentence.path,
        plan=sentence.plan,
    )


def _kind_of(chars: str, given: Grant, amount: Quantity | None, end: int) -> str | None:
    """By the words around the given's first number."""
    numbers = [*given.amounts, *([given.rate] if given.rate else [])]
    first = min(numbers, key=lambda each: each.start) if numbers else None
    start, stop = (first.start, first.end) if first else (given.start, given.end)
    if len(given.amounts) > 1 and given.rate is None:
        stop = given.amounts[-1].end
    begin = min(given.start, start)
    return kind_of(chars[begin:start], chars[stop:end], pool=given.pool, unit=amount.unit if amount else "%")


def _bounds(amount: Quantity | None) -> tuple[Decimal | None, Decimal | None]:
    """最高X → max; X → both; X-Y → both ends; 不少于X → min."""
    if amount is None:
        return None, None
    if amount.value_max is not None:
        return amount.value_max, amount.value
    if amount.comparator == "<=":
        return amount.value, None
    if amount.comparator in (">=", ">"):
        return None, amount.value
    return amount.value, amount.value


def _rate(rate: Quantity | None) -> Decimal | None:
    if rate is None:
        return None
    return rate.value_max if rate.value_max is not None else rate.value


def _confidence(given: Grant, receiver: tuple[int, int] | None, amount: Quantity | None) -> float:
    value = 0.95 - 0.1 * (receiver is None) - 0.1 * given.pool - 0.2 * (given.kind is not None)
    if amount is not None and amount.value is None:
        value -= 0.2
    return round(value, 2)
