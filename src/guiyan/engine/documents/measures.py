"""Measures: what is granted, at which amount or rate, to whom, on which conditions.

A sentence is read number by number. A rate and the cap that follows it are one measure; linked amounts
(分别给予A、B、C) are one measure a tier; a limit on the total joins the measure it limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from guiyan.engine.documents.beneficiaries import Audience, audience_of
from guiyan.engine.documents.clauses import Reading, Role
from guiyan.engine.documents.grants import Grant, grants_in
from guiyan.engine.documents.measure_kinds import kind_of, strength_of
from guiyan.engine.documents.model import ParsedMeasure
from guiyan.engine.documents.passages import Sentence
from guiyan.engine.documents.quantities import Quantity
from guiyan.engine.documents.receivers import (
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
from guiyan.engine.documents.view import Span, phrase, strip_span

_LINKING = re.compile(r"(?:以及|并且|并|且|同时|和|及|、|,|;|符合(?:相关|规定)?条件的)+")
_LABEL = re.compile(r"([^,;。:]{2,20}):$")
_PER_YEAR = re.compile(r"每年|年度|每[家个人户]?每年|/年")
_PAID_ALREADY = re.compile(r"已(?:累计)?(?:发放|兑现|拨付)")
_EACH_GETS = re.compile(r"每[人名位户个家项台亩组](?!.*共)|单[个户家]")
_OF_LOANS = re.compile(r"贷(?!后)")
_GIVEN = re.compile(r"给予|予以|奖|补贴|补助|资助|贴息|扶持|支持|减|免|优惠|返还|全额|代偿|扣除|折")
_UNSAID, _CASH = "grant", "subsidy"
_SECTIONS_OUT = re.compile(r"名词解释|解释权|适用范围")


def measures_of(text: str, passages: list[Sentence], readings: list[Reading]) -> tuple[ParsedMeasure, ...]:
    """The measures of the document, in order."""
    found: list[ParsedMeasure] = []
    for sentence, reading in zip(passages, readings, strict=True):
        paid = sentence.looks_back or bool(_PAID_ALREADY.search(sentence.chars))
        if any(_SECTIONS_OUT.search(heading) for heading in sentence.path):
            continue
        kinds, before, last = {True: _UNSAID, False: _UNSAID}, None, None
        for given in grants_in(reading):
            if paid and not _is_standard(reading, given):
                continue
            measured = bool(given.amounts)
            kind = kinds[measured] if kinds[measured] != _UNSAID else kinds[not measured]
            told = _with_conditions(_told(text, sentence, reading, given, kind), last)
            receivers = _receivers(told, len(given.tiers), before)
            made = _tiers(told, receivers)
            kinds[measured], before, last = made[0].kind, receivers[-1] or before, told
            found += made
    return tuple(found)


def _is_standard(reading: Reading, given: Grant) -> bool:
    """每名奖励1万元 is what each gets, also in a report; 发放补贴927万元 is what was paid."""
    clause = reading.clauses[reading.clause_of(max(given.start, given.end - 1))]
    each = _EACH_GETS.search(reading.chars, clause.start, given.end)
    return each is not None and not _PAID_ALREADY.search(reading.chars, clause.start, clause.end)


@dataclass(frozen=True, slots=True)
class _Told:
    """A grant with what the sentence tells of it: its audience, the place of its words, the kind before it."""

    text: str
    sentence: Sentence
    given: Grant
    audience: Audience
    title: Span
    give: int
    end: int
    kind_before: str

    @property
    def chars(self) -> str:
        return self.sentence.chars

    def words(self, place: Span) -> str:
        return phrase(self.text, strip_span(self.text, self.sentence.view.span(*place), ",，、;；。"))


def _told(text: str, sentence: Sentence, reading: Reading, given: Grant, kind_before: str) -> _Told:
    """Look around a grant: back to the last semicolon for its audience, on to the next benefit for its words."""
    chars = reading.chars
    clause = reading.clauses[reading.clause_of(max(given.start, given.end - 1))]
    give = given.numbers[0].start if given.numbers else given.start
    audience = audience_of(chars, chars.rfind(";", 0, give) + 1, give)
    end = _until_next(reading, given, clause.end)
    lead = _LINKING.match(chars, given.start, end)
    title = strip_span(text, sentence.view.span(lead.end() if lead else given.start, end), "。,，;；、:： ")
    return _Told(text, sentence, given, audience, title, give, end, kind_before)


def _with_conditions(told: _Told, last: _Told | None) -> _Told:
    """前两年减免50%,第三年减免30%: a grant that says nobody goes on with the conditions of the one before."""
    said = told.audience.receiver is not None or told.audience.conditions
    if last is None or said or ";" in told.chars[last.give : told.give]:
        return told
    return replace(told, audience=replace(told.audience, conditions=last.audience.conditions))


def _tiers(told: _Told, receivers: list[Span | None]) -> list[ParsedMeasure]:
    """The measures of a grant, one a tier."""
    tiers = told.given.tiers
    tiered = len(set(receivers)) > 1
    return [_measure(told, *tier, receiver, tiered) for tier, receiver in zip(tiers, receivers, strict=True)]


def _until_next(reading: Reading, given: Grant, end: int) -> int:
    """A measure's words end where the next benefit of the same clause begins."""
    for quantity, role in zip(reading.quantities, reading.roles, strict=True):
        if role is Role.BENEFIT and given.end <= quantity.start < end:
            words = reading.chars[given.end : quantity.start]
            cut = max(words.rfind("和"), words.rfind("及"), words.rfind("、"))
            return given.end + cut if cut >= 0 else quantity.start
    return end


def _receivers(told: _Told, count: int, before: Span | None) -> list[Span | None]:
    """One receiver a tier where their numbers agree, else the same one for all; the one `before` if none is named."""
    chars, given, audience = told.chars, told.given, told.audience
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
    receiver = receiver or (None if is_object(chars, audience.receiver) else audience.receiver)
    if receiver and chars[receiver[1] - 1] == "的":
        receiver = supported_receiver(chars, 0, given.start) or receiver
    receiver = receiver or lender_of(chars, given.start, told.give) or each_receiver(chars, given.start, told.end)
    receiver = receiver or before or supported_receiver(chars, 0, given.start) or audience.receiver
    each = parties(chars, receiver) if receiver and not chars[: receiver[1]].endswith("的") else []
    return [*each] if count > 1 and len(each) == count else [receiver] * count


def _measure(
    told: _Told, amount: Quantity | None, rate: Quantity | None, receiver: Span | None, tiered: bool
) -> ParsedMeasure:
    given, audience, sentence = told.given, told.audience, told.sentence
    amount_max, amount_min = _bounds(amount, given.limit)
    percent = given.whole or _rate(rate)
    begin = min(told.title[0], sentence.view.span(audience.start, audience.start + 1)[0])
    who = told.words(receiver) if receiver else ""
    return ParsedMeasure(
        title=phrase(told.text, told.title),
        kind=given.kind or _kind_of(told, amount) or _kind_ahead(told) or told.kind_before,
        amount_max=amount_max,
        amount_min=amount_min,
        rate=percent,
        unit=("元" if not amount.unit else amount.unit) if amount else "%",
        beneficiary=who or None,
        span=(begin, told.title[1]),
        conditions=tuple(words for place in audience.conditions if (words := told.words(place))),
        open_conditions=tuple(words for place in audience.open_conditions if (words := told.words(place))),
        strength=strength_of(told.chars, audience.start, told.give),
        cap_total=given.cap_total.value if given.cap_total else None,
        per="year" if _PER_YEAR.search(told.chars[given.start : given.end]) else None,
        pool=given.pool,
        redacted=(amount is not None and amount.value is None) or (amount is None and percent is None),
        tier=(who or None) if tiered else None,
        confidence=_confidence(told, receiver, amount),
        section_path=sentence.path,
        plan=sentence.plan,
    )


def _kind_of(told: _Told, amount: Quantity | None) -> str | None:
    """By the words around the grant's first number, or around its row of tiers."""
    given, chars = told.given, told.chars
    numbers = given.numbers
    start, stop = (numbers[0].core, numbers[0].end) if numbers else (given.start, given.end)
    if len(numbers) > 1 and not (given.rates and given.amounts):
        stop = numbers[-1].end
    begin = min(given.start, start)
    unit = amount.unit if amount else "%"
    kind = kind_of(chars[begin:start], chars[stop : told.end], pool=given.pool, unit=unit)
    label = _LABEL.search(chars[max(0, begin - 40) : begin])
    return kind or (kind_of(label[1], "", pool=False, unit=unit) if label else None)


def _kind_ahead(told: _Told) -> str | None:
    """用好创业担保贷款政策,个人最高可申请30万元: the first grant of a sentence may be named before it."""
    start = told.given.start
    in_kind = told.kind_before == "service" and "元" in told.chars[told.give : told.end]
    if start and (told.kind_before == _UNSAID or in_kind):
        return kind_of(told.chars[max(0, start - 60) : start], "", pool=False, unit="") or (_CASH if in_kind else None)
    named = told.kind_before == _UNSAID and told.given.amounts and told.sentence.path
    return "loan" if named and _OF_LOANS.search(told.sentence.path[-1][:24]) else None


def _bounds(amount: Quantity | None, limit: Quantity | None) -> tuple[Decimal | None, Decimal | None]:
    """最高X → max; X → both; X-Y → both ends; 不少于X → min; X a head and at most Y → from X to Y."""
    if amount is None:
        return None, None
    if limit is not None and amount.comparator == "=" and amount.value_max is None:
        return limit.value, amount.value
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


def _confidence(told: _Told, receiver: Span | None, amount: Quantity | None) -> float:
    """What makes a reading doubtful: nobody receives, a pool, a waiver, a share that no verb gives, a blot."""
    given = told.given
    value = 0.95 - 0.1 * (amount is None and not _GIVEN.search(phrase(told.text, told.title)))
    value -= 0.1 * (receiver is None) + 0.1 * given.pool + 0.2 * (given.kind is not None)
    if amount is not None and amount.value is None:
        value -= 0.2
    return round(value, 2)
