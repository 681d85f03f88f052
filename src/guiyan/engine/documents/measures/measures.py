"""Measures: what is granted, at which amount or rate, to whom, on which conditions.

A sentence is read number by number. A rate and the cap that follows it are one measure; linked amounts
(分别给予A、B、C) are one measure a tier; a limit on the total joins the measure it limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from guiyan.engine.documents.figures.clauses import Reading
from guiyan.engine.documents.figures.passages import Sentence
from guiyan.engine.documents.figures.quantities import Quantity
from guiyan.engine.documents.measures.beneficiaries import audience_of
from guiyan.engine.documents.measures.grants import Grant, grants_in
from guiyan.engine.documents.measures.measure_kinds import kind_of, strength_of
from guiyan.engine.documents.measures.told import Told, told_of
from guiyan.engine.documents.measures.whom import receivers_of
from guiyan.engine.documents.model import ParsedMeasure
from guiyan.engine.documents.view import Span, phrase

_LABEL = re.compile(r"([^,;。:]{2,20}):$")
_PER_YEAR = re.compile(r"每年|年度|每[家个人户]?每年|/年")
_PAID_ALREADY = re.compile(r"已(?:累计)?(?:发放|兑现|拨付)")
_EACH_GETS = re.compile(r"每[人名位户个家项台亩组](?!.*共)|单[个户家]")
_FOR_ALL = re.compile(r"对[^,;\d]{2,40}的[^,;\d]{0,12},?(?:给予|予以)")
_SHARED = re.compile(r"(?:一次性|分别|依次|各|均)+$")
_OF_LOANS = re.compile(r"贷(?!后)")
_GIVEN = re.compile(r"给予|予以|奖|补贴|补助|资助|贴息|扶持|支持|减|免|优惠|返还|全额|代偿|扣除|折")
_LENT = re.compile(r"贷|额度|授信|出资|投资|保额|发放")
_UNSAID, _CASH = "grant", "subsidy"
_SECTIONS_OUT = re.compile(r"名词解释|解释权|适用范围")


def measures_of(text: str, passages: list[Sentence], readings: list[Reading]) -> tuple[ParsedMeasure, ...]:
    """The measures of the document, in order."""
    found: list[ParsedMeasure] = []
    lead_in = _LeadIn((), "")
    for sentence, reading in zip(passages, readings, strict=True):
        paid = sentence.looks_back or bool(_PAID_ALREADY.search(sentence.chars))
        if any(_SECTIONS_OUT.search(heading) for heading in sentence.path):
            continue
        lead_in = _lead_in_of(text, sentence, lead_in)
        kinds, before, last = {True: _UNSAID, False: _UNSAID}, None, None
        for given in grants_in(reading):
            if paid and not _is_standard(reading, given):
                continue
            measured = bool(given.amounts)
            kind = kinds[measured] if kinds[measured] != _UNSAID else kinds[not measured]
            told = told_of(text, sentence, reading, given, kind, last)
            receivers = receivers_of(told, len(given.tiers), before)
            made = _tiers(told, receivers)
            if lead_in.words and told.audience.receiver is None:
                made = [replace(each, beneficiary=lead_in.words) for each in made]
            kinds[measured], before, last = made[0].kind, receivers[-1] or before, told
            found += made
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _LeadIn:
    """Whom an article speaks of before its items: 对在本市创业的毕业生:(一)…的,奖励…"""

    path: tuple[str, ...]
    words: str


def _lead_in_of(text: str, sentence: Sentence, before: _LeadIn) -> _LeadIn:
    """The lead-in that holds for a sentence: its own, or the one of the headings above."""
    if sentence.path and sentence.chars.endswith(":"):
        speaks_of = audience_of(sentence.chars, 0, len(sentence.chars) - 1)
        receiver = speaks_of.receiver if sentence.chars[speaks_of.start] in "对凡" else None
        words = phrase(text, sentence.view.span(*receiver)) if receiver else ""
        return _LeadIn(sentence.path, words.strip("，,：:"))
    below = len(sentence.path) >= len(before.path) and sentence.path[: len(before.path)] == before.path
    return before if below else _LeadIn((), "")


def _is_standard(reading: Reading, given: Grant) -> bool:
    """每名奖励1万元 is what each gets, also in a report; 发放补贴927万元 is what was paid."""
    clause = reading.clauses[reading.clause_of(max(given.start, given.end - 1))]
    each = _EACH_GETS.search(reading.chars, clause.start, given.end) or _FOR_ALL.search(
        reading.chars, clause.start, given.end
    )
    return each is not None and not _PAID_ALREADY.search(reading.chars, clause.start, clause.end)


def _tiers(told: Told, receivers: list[Span | None]) -> list[ParsedMeasure]:
    """The measures of a grant, one a tier."""
    tiers = told.given.tiers
    tiered = len(set(receivers)) > 1
    return [_measure(told, *tier, receiver, tiered) for tier, receiver in zip(tiers, receivers, strict=True)]


def _measure(
    told: Told, amount: Quantity | None, rate: Quantity | None, receiver: Span | None, tiered: bool
) -> ParsedMeasure:
    given, audience, sentence = told.given, told.audience, told.sentence
    amount_max, amount_min = _bounds(amount, given.limit)
    percent = given.whole or _rate(rate)
    begin = min(told.title[0], sentence.view.span(audience.start, audience.start + 1)[0])
    who = _SHARED.sub("", told.words(receiver)) if receiver else ""
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


def _kind_of(told: Told, amount: Quantity | None) -> str | None:
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


def _kind_ahead(told: Told) -> str | None:
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


def _is_guessed(told: Told, receiver: Span | None) -> bool:
    """Nobody is named, a condition stands for the receiver, or the one before the last semicolon does."""
    if receiver is None or told.chars[receiver[1] - 1] == "的":
        return True
    return ";" in told.chars[receiver[1] : told.give]


def _confidence(told: Told, receiver: Span | None, amount: Quantity | None) -> float:
    """What makes a reading doubtful: nobody or a guess receives, a pool, a waiver, no word of giving, a blot."""
    given, words = told.given, phrase(told.text, told.title)
    gives = _GIVEN.search(words) or (amount is not None and _LENT.search(words))
    value = 0.95 - 0.1 * (not gives) - 0.1 * _is_guessed(told, receiver)
    value -= 0.1 * given.pool + 0.2 * (given.kind is not None)
    if amount is not None and amount.value is None:
        value -= 0.2
    return round(value, 2)
