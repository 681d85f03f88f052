"""Measures: what is granted, at which amount or rate, to whom, on which conditions.

A sentence is read number by number. A rate and the cap that follows it are one measure; linked amounts
(分别给予A、B、C) are one measure a tier; a limit on the total joins the measure it limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
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
from guiyan.engine.documents.measure_kinds import kind_of, strength_of
from guiyan.engine.documents.model import ParsedMeasure
from guiyan.engine.documents.passages import Sentence
from guiyan.engine.documents.quantities import Quantity
from guiyan.engine.documents.roles import BENEFIT_NOUN, Reading, Role, is_cap, read_sentence
from guiyan.engine.documents.view import phrase, strip_span

_LINK = re.compile(r"^(?:[、和及与,]|以及|或)?(?:最高|不超过|每[家个年]|分别)*$")
_VERB = re.compile(r"给予|予以|奖励|补贴|补助|资助|[,;]")
_GRANTED = re.compile(r"给予|予以|奖励|补贴|每[家个户名人]|单[家个户]")
_POOL = re.compile(r"设立|成立|组建|发放|安排|统筹|筹集|募集")
_POOL_NOUN = re.compile(r"基金|专项资金|券|资金池|专项")
_TOTAL = re.compile(r"年度|累计|合计|总[额计量]|每年|每[家个户]|全年|同一|一个|单[个家户]|奖励|补贴|补助")
_LINKING = re.compile(r"(?:以及|并且|并|且|同时|和|及|、|,|;)+")
_WAIVED = re.compile(r"免除|免收|免予|免于|免(?:担保|反担保)")
_WHOLE = re.compile(
    r"(?P<all>全额(?=[^,。;]{0,6}(?:补贴|补助|贴息|资助|奖励|返还|报销|减免|保障|承担)))|减半(?=收取|征收|缴纳|计收|收费)"
)
_PER_YEAR = re.compile(r"每年|年度|每[家个人户]?每年|/年")
_SECTIONS_OUT = re.compile(r"名词解释|解释权|适用范围")


@dataclass(slots=True)
class _Draft:
    """A measure in the making: places in the sentence."""

    start: int
    end: int
    amounts: list[Quantity] = field(default_factory=list)
    rate: Quantity | None = None
    cap_total: Quantity | None = None
    whole: Decimal | None = None
    pool: bool = False
    unknown_kind: str | None = None


def measures_of(text: str, passages: list[Sentence]) -> tuple[ParsedMeasure, ...]:
    """The measures of the document, in order."""
    found: list[ParsedMeasure] = []
    for sentence in passages:
        if any(_SECTIONS_OUT.search(heading) for heading in sentence.path):
            continue
        reading = read_sentence(sentence.chars)
        for draft in _drafts(reading):
            found += _finished(text, sentence, reading, draft)
    return tuple(found)


def _drafts(reading: Reading) -> list[_Draft]:
    """Group the benefit quantities of a sentence into measures."""
    drafts: list[_Draft] = []
    last: Quantity | None = None
    for quantity, role in zip(reading.quantities, reading.roles, strict=True):
        if role is Role.BENEFIT:
            _place(reading, drafts, last, quantity)
            last = quantity
        elif _is_waiver(reading, quantity):
            drafts.append(_waiver(reading, quantity))
    drafts += _wholes(reading)
    return sorted(drafts, key=lambda draft: draft.start)


def _place(reading: Reading, drafts: list[_Draft], last: Quantity | None, quantity: Quantity) -> None:
    """Put one quantity where it belongs: a tier, a cap, a rate's amount, or a measure of its own."""
    chars = reading.chars
    clause = reading.clauses[reading.clause_of(quantity.start)]
    draft = drafts[-1] if drafts and ";" not in chars[drafts[-1].end : quantity.start] else None
    if draft is not None and last is not None and _is_tier(chars, draft, last, quantity):
        draft.amounts.append(_capped_like(draft.amounts[0], quantity))
        draft.end = max(quantity.end, draft.end)
        return
    if draft is not None and _joins(chars, clause.start, draft, quantity):
        _join(draft, quantity)
        return
    if (
        draft is not None
        and last is not None
        and draft.end > clause.start
        and not _VERB.search(chars, last.end, quantity.start)
    ):
        quantity = _capped_like(last, quantity)
    start = (
        clause.start
        if draft is None or draft.end <= clause.start
        else _after_conjunction(chars, draft.end, quantity.start)
    )
    drafts.append(_begun(chars, start, quantity))


def _after_conjunction(chars: str, start: int, end: int) -> int:
    """Where the words of a second benefit in a clause begin."""
    return max(start, *(chars.rfind(mark, start, end) + 1 for mark in "和及、并"))


def _is_tier(chars: str, draft: _Draft, last: Quantity, quantity: Quantity) -> bool:
    linked = _LINK.match(chars[last.end : quantity.start])
    return bool(linked and draft.amounts and quantity.is_rate == last.is_rate)


def _capped_like(first: Quantity, quantity: Quantity) -> Quantity:
    """最高30万元和500万元: the cap governs both."""
    return quantity if quantity.compared else replace(quantity, comparator=first.comparator)


def _begun(chars: str, start: int, quantity: Quantity) -> _Draft:
    draft = _Draft(start, quantity.end)
    if quantity.is_rate:
        draft.rate = quantity
        return draft
    draft.amounts.append(quantity)
    words = chars[start : quantity.core]
    noun = _POOL_NOUN.search(words + "," + chars[quantity.end : quantity.end + 20])
    draft.pool = bool(_POOL.search(words) and noun) and not _GRANTED.search(words)
    return draft


def _joins(chars: str, clause: int, draft: _Draft, quantity: Quantity) -> bool:
    """Does the quantity complete the open draft rather than begin its own?"""
    between = chars[draft.end : quantity.start]
    same_clause = draft.end > clause
    capped = quantity.comparator == "<="
    if quantity.is_rate:
        return (
            draft.rate is None
            and bool(draft.amounts)
            and same_clause
            and not BENEFIT_NOUN.search(between)
            and not draft.pool
        )
    if draft.rate is not None and not draft.amounts:
        if same_clause:
            return not re.search(r"[;]", between)
        if re.search(r"其中|另|;", between):
            return False
        return (capped and len(between) < 60) or bool(re.match(r"[^,;]{0,12},(?:给予|予以)", between))
    return bool(draft.amounts) and not draft.pool and not same_clause and capped and _only_caps(chars, clause, quantity)


def _only_caps(chars: str, clause: int, quantity: Quantity) -> bool:
    """每家OPC上述奖励合计最高200万元: the clause gives nothing new."""
    words = chars[clause : quantity.start]
    return bool(_TOTAL.match(words)) and not re.search(r"给予|予以|对|分别|再", words)


def _join(draft: _Draft, quantity: Quantity) -> None:
    if quantity.is_rate:
        draft.rate = quantity
    elif draft.amounts:
        draft.cap_total = quantity
    else:
        draft.amounts.append(quantity)
    draft.end = max(draft.end, quantity.end)


def _is_waiver(reading: Reading, quantity: Quantity) -> bool:
    """10万元以下的…免除反担保要求: a threshold whose benefit is a waiver."""
    if not quantity.is_money or quantity.comparator != "<=":
        return False
    clause = reading.clauses[reading.clause_of(quantity.start)]
    return bool(_WAIVED.search(reading.chars, quantity.end, clause.end))


def _waiver(reading: Reading, quantity: Quantity) -> _Draft:
    clause = reading.clauses[reading.clause_of(quantity.start)]
    return _Draft(quantity.start, clause.end, [quantity], unknown_kind="other")


def _wholes(reading: Reading) -> list[_Draft]:
    """全额补贴 is a rate of 100, 减半收取 of 50."""
    return [
        _Draft(found.start(), found.end(), whole=Decimal(100 if found["all"] else 50))
        for found in _WHOLE.finditer(reading.chars)
    ]


def _finished(text: str, sentence: Sentence, reading: Reading, draft: _Draft) -> list[ParsedMeasure]:
    """The measures of a draft, one a tier."""
    chars = reading.chars
    clause = reading.clauses[reading.clause_of(max(draft.start, draft.end - 1))]
    end = clause.end
    give = min([q.start for q in [*draft.amounts, *([draft.rate] if draft.rate else [])]] or [draft.start])
    low = chars.rfind(";", 0, give) + 1
    audience = audience_of(chars, low, give)
    end = _until_next(reading, draft, end)
    lead = _LINKING.match(chars, draft.start, end)
    title = strip_span(text, sentence.view.span(lead.end() if lead else draft.start, end), "。,，;；、:： ")
    tiers = draft.amounts or [None]
    receivers = _receivers(chars, audience, draft, len(tiers), end)
    tiered = len(set(receivers)) > 1
    out: list[ParsedMeasure] = []
    for index, amount in enumerate(tiers):
        receiver = receivers[index] if index < len(receivers) else None
        out.append(_measure(text, sentence, chars, draft, audience, title, amount, receiver, tiered, (give, end)))
    return out


def _until_next(reading: Reading, draft: _Draft, end: int) -> int:
    """A measure's words end where the next benefit of the same clause begins."""
    for quantity, role in zip(reading.quantities, reading.roles, strict=True):
        if role is Role.BENEFIT and draft.end <= quantity.start < end:
            words = reading.chars[draft.end : quantity.start]
            cut = max(words.rfind("和"), words.rfind("及"), words.rfind("、"))
            return draft.end + cut if cut > 0 else quantity.start
    return end


def _receivers(chars: str, audience: Audience, draft: _Draft, count: int, end: int) -> list[tuple[int, int] | None]:
    """One receiver a tier where their numbers agree, else the same one for all."""
    behind = named_receiver(chars, draft.start, end)
    if behind is not None:
        return [behind] * count
    if count == 1 and draft.amounts:
        own = borrower(chars, draft.amounts[0].end, end)
        if own is not None and (audience.receiver is None or "企业" in chars[own[0] : own[1]]):
            return [own]
    receiver = audience.receiver or each_receiver(chars, draft.start, end) or supported_receiver(chars, 0, draft.start)
    if receiver is None or draft.pool:
        return [None if draft.pool and audience.receiver is None else receiver] * count
    each = parties(chars, receiver)
    if count > 1 and len(each) == count:
        return list(each)
    return [receiver] * count


def _measure(
    text: str,
    sentence: Sentence,
    chars: str,
    draft: _Draft,
    audience: Audience,
    title: tuple[int, int],
    amount: Quantity | None,
    receiver: tuple[int, int] | None,
    tiered: bool,
    grant: tuple[int, int],
) -> ParsedMeasure:
    amount_max, amount_min = _bounds(amount)
    rate = draft.whole or _rate(draft.rate)
    view = sentence.view
    begin = min(title[0], view.span(audience.start, audience.start + 1)[0])

    def words(place: tuple[int, int]) -> str:
        return phrase(text, strip_span(text, view.span(*place), ",，、;；。"))

    return ParsedMeasure(
        title=phrase(text, title),
        kind=draft.unknown_kind or _kind_of(chars, draft, amount, grant[1]),
        amount_max=amount_max,
        amount_min=amount_min,
        rate=rate,
        unit=("元" if not amount.unit else amount.unit) if amount else "%",
        beneficiary=words(receiver) if receiver and receiver[0] < receiver[1] else None,
        span=(begin, title[1]),
        conditions=tuple(w for place in audience.conditions if (w := words(place))),
        open_conditions=tuple(w for place in audience.open_conditions if (w := words(place))),
        strength=strength_of(chars, audience.start, grant[0]),
        cap_total=draft.cap_total.value if draft.cap_total else None,
        per="year" if _PER_YEAR.search(chars[draft.start : draft.end]) else None,
        pool=draft.pool,
        redacted=(amount is not None and amount.value is None) or (amount is None and rate is None),
        tier=words(receiver) if receiver and tiered else None,
        confidence=_confidence(draft, receiver, amount),
        section_path=sentence.path,
        plan=sentence.plan,
    )


def _kind_of(chars: str, draft: _Draft, amount: Quantity | None, end: int) -> str:
    """By the words around the draft's first number."""
    numbers = [*draft.amounts, *([draft.rate] if draft.rate else [])]
    first = min(numbers, key=lambda each: each.start) if numbers else None
    start, stop = (first.start, first.end) if first else (draft.start, draft.end)
    if len(draft.amounts) > 1 and draft.rate is None:
        stop = draft.amounts[-1].end
    begin = min(draft.start, start)
    return kind_of(chars[begin:start], chars[stop:end], pool=draft.pool, unit=amount.unit if amount else "%")


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


def _confidence(draft: _Draft, receiver: tuple[int, int] | None, amount: Quantity | None) -> float:
    value = 0.95 - 0.1 * (receiver is None) - 0.1 * draft.pool - 0.2 * (draft.unknown_kind is not None)
    if amount is not None and amount.value is None:
        value -= 0.2
    return round(value, 2)
