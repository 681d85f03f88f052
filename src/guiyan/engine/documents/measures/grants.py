"""The numbers of a benefit, grouped: a rate with its cap, linked tiers, a limit on the total, a waiver."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from guiyan.engine.documents.figures.clauses import Reading, Role
from guiyan.engine.documents.figures.quantities import Quantity
from guiyan.engine.documents.measures.benefits import BENEFIT_NOUN

_LINK = re.compile(r"^(?:[、和及与,]|以及|或)?(?:最高|总[额量]|合计|累计|全年|年度|不超过|每[家个年]|分别)*$")
_VERB = re.compile(r"给予|予以|奖励|补贴|补助|资助|[,;]")
_GRANTED = re.compile(r"给予|予以|奖励|补贴|每[家个户名人]|单[家个户]")
_POOL = re.compile(r"设立|成立|组建|发放|投放|列支|安排|统筹|筹集|募集")
_SIZE_OF_POOL = re.compile(r"^(?:年度|每年|首期|首年|资金|总)*规模(?:为|达到)?$")
_POOL_NOUN = re.compile(r"基金|专项资金|券|资金池|专项")
_TOTAL = re.compile(r"年度|年(?=奖|补)|累计|合计|总[额计量]|每年|每[家个户]|全年|同一|一个|单[个家户]|奖励|补贴|补助")
_REDEEMED = re.compile(r"的?(?:比例|标准)?(?:予以)?(?:抵付|抵扣|抵用|兑付|兑现|核销)")
_OWN_SHARE = re.compile(r"(?:抵扣|抵用|补贴|补助|贴息|报销|兑付|支持)比例")
_OVERALL = re.compile(r"累计|全年|年度|总[计额]?|合计|共")
_RAISED = re.compile(r"的,?(?:可|再)[^,;]{0,10}(?:提高|上浮|放宽|增加)[^,;]{0,4},$")
_WAIVED = re.compile(r"免除|免收|免予|免于|免(?:担保|反担保)")
_WHOLE = re.compile(
    r"(?P<all>全额(?=[^,。;]{0,6}(?:补贴|补助|贴息|资助|奖励|返还|报销|减免|保障|承担)))|减半(?=收取|征收|"
    r"缴纳|计收|收费)"
)


@dataclass(slots=True)
class Grant:
    """The quantities of one measure, from `start` to `end` of the sentence. `kind` is set for waivers only."""

    start: int
    end: int
    amounts: list[Quantity] = field(default_factory=list)
    rates: list[Quantity] = field(default_factory=list)
    limit: Quantity | None = None
    cap_total: Quantity | None = None
    whole: Decimal | None = None
    pool: bool = False
    kind: str | None = None

    @property
    def numbers(self) -> list[Quantity]:
        """Its quantities in the order of the sentence, the limit on the total left out."""
        return sorted([*self.amounts, *self.rates], key=lambda each: each.start)

    @property
    def tiers(self) -> list[tuple[Quantity | None, Quantity | None]]:
        """Amount and rate of each tier; one of a kind holds for all."""
        count = max(len(self.amounts), len(self.rates), 1)
        return [(_nth(self.amounts, i, count), _nth(self.rates, i, count)) for i in range(count)]


def _nth(quantities: list[Quantity], index: int, count: int) -> Quantity | None:
    if not quantities:
        return None
    return quantities[index] if len(quantities) == count else quantities[min(index, len(quantities) - 1)]


def grants_in(reading: Reading) -> list[Grant]:
    """Group the benefit quantities of a sentence into measures."""
    grants: list[Grant] = []
    last: Quantity | None = None
    for quantity, role in zip(reading.quantities, reading.roles, strict=True):
        if role is Role.BENEFIT:
            _place(reading, grants, last, quantity)
            last = quantity
        elif _is_waiver(reading, quantity):
            grants.append(_waiver(reading, quantity))
    grants += _wholes(reading)
    return sorted(grants, key=lambda grant: grant.start)


def _place(reading: Reading, grants: list[Grant], last: Quantity | None, quantity: Quantity) -> None:
    """Put one quantity where it belongs: a tier, a cap, a rate's amount, or a measure of its own."""
    chars = reading.chars
    clause = reading.clauses[reading.clause_of(quantity.start)]
    grant = grants[-1] if grants and ";" not in chars[grants[-1].end : quantity.start] else None
    if grant is not None and last is not None and _is_tier(chars, grant, last, quantity):
        tiers = grant.rates if quantity.is_rate else grant.amounts
        tiers.append(_capped_like(tiers[0], quantity))
        grant.end = max(quantity.end, grant.end)
        return
    if grant is not None and _joins(chars, clause.start, grant, quantity):
        _join(chars, clause.start, grant, quantity)
        return
    if (
        grant is not None
        and last is not None
        and grant.end > clause.start
        and not _VERB.search(chars, last.end, quantity.start)
    ):
        quantity = _capped_like(last, quantity)
    start = (
        clause.start
        if grant is None or grant.end <= clause.start
        else _after_conjunction(chars, grant.end, quantity.start)
    )
    grants.append(_begun(chars, start, quantity))


def _after_conjunction(chars: str, start: int, end: int) -> int:
    """Where the words of a second benefit in a clause begin."""
    return max(start, *(chars.rfind(mark, start, end) + 1 for mark in "和及、并"))


def _is_tier(chars: str, grant: Grant, last: Quantity, quantity: Quantity) -> bool:
    between = chars[last.end : quantity.start]
    overall = quantity.comparator == "<=" and _OVERALL.search(between)
    linked = _LINK.match(between) and not _limits(last, quantity) and not overall
    open_tiers = (grant.rates and not grant.amounts) if quantity.is_rate else grant.amounts
    return bool(linked and open_tiers and quantity.is_rate == last.is_rate)


def _limits(last: Quantity, quantity: Quantity) -> bool:
    """2000元,最高2万元: the second, larger one is the limit of the first."""
    capped = quantity.comparator == "<=" and last.comparator == "="
    return capped and quantity.value is not None and last.value is not None and quantity.value > last.value


def _capped_like(first: Quantity, quantity: Quantity) -> Quantity:
    """最高30万元和500万元: the cap governs both."""
    return quantity if quantity.compared else replace(quantity, comparator=first.comparator)


def _begun(chars: str, start: int, quantity: Quantity) -> Grant:
    grant = Grant(start, quantity.end)
    if quantity.is_rate:
        grant.rates.append(quantity)
        return grant
    grant.amounts.append(quantity)
    words = chars[start : quantity.core]
    if _SIZE_OF_POOL.search(words):
        grant.pool = True
        return grant
    noun = _POOL_NOUN.search(words + "," + chars[quantity.end : quantity.end + 20])
    grant.pool = bool(_POOL.search(words) and noun) and not _GRANTED.search(words)
    return grant


def _joins(chars: str, clause: int, grant: Grant, quantity: Quantity) -> bool:
    """Does the quantity complete the open grant rather than begin its own?"""
    between = chars[grant.end : quantity.start]
    same_clause = grant.end > clause
    capped = quantity.comparator == "<="
    if quantity.is_rate and not same_clause and grant.amounts and not grant.rates:
        told = _OWN_SHARE.match(chars, clause, quantity.start)
        return bool(told or (_REDEEMED.match(chars, quantity.end) and "券" in chars[: quantity.start]))
    if quantity.is_rate:
        return (
            not grant.rates
            and bool(grant.amounts)
            and same_clause
            and not BENEFIT_NOUN.search(between)
            and not grant.pool
        )
    if grant.rates and not grant.amounts:
        if same_clause:
            return not re.search(r"[;]", between)
        if re.search(r"其中|另|;", between):
            return False
        return (capped and len(between) < 60) or bool(re.match(r"[^,;]{0,12},(?:给予|予以)", between))
    if not grant.amounts or grant.pool or not capped or grant.cap_total or grant.limit:
        return False
    if same_clause and _OVERALL.search(between) and _LINK.match(between) and quantity.unit == grant.amounts[-1].unit:
        return True
    if _LINK.match(between) and _limits(grant.amounts[-1], quantity):
        return True
    return not same_clause and _only_caps(chars, clause, quantity)


def _only_caps(chars: str, clause: int, quantity: Quantity) -> bool:
    """每家OPC上述奖励合计最高200万元: the clause gives nothing new."""
    words = chars[clause : quantity.start]
    if _RAISED.search(chars[max(0, clause - 24) : clause]):
        return False
    return (not words or bool(_TOTAL.match(words))) and not re.search(r"给予|予以|对|分别|再", words)


def _join(chars: str, clause: int, grant: Grant, quantity: Quantity) -> None:
    """A rate, the amount of a rate, the most that one amount may come to, or a limit on the total."""
    if quantity.is_rate:
        grant.rates.append(quantity)
    elif grant.amounts:
        if _TOTAL.match(chars, clause, quantity.start) or _OVERALL.search(chars, grant.end, quantity.start):
            grant.cap_total = quantity
        else:
            grant.limit = quantity
    else:
        grant.amounts.append(quantity)
    grant.end = max(grant.end, quantity.end)


def _is_waiver(reading: Reading, quantity: Quantity) -> bool:
    """10万元以下的…免除反担保要求: a threshold whose benefit is a waiver."""
    if not quantity.is_money or quantity.comparator != "<=":
        return False
    return _waived_until(reading, quantity) > 0


def _waived_until(reading: Reading, quantity: Quantity) -> int:
    """The end of the clause that waives, this one or the next; 0 if neither does."""
    index = reading.clause_of(quantity.start)
    for clause in reading.clauses[index : index + 2]:
        if _WAIVED.search(reading.chars, max(quantity.end, clause.start), clause.end):
            return clause.end
    return 0


def _waiver(reading: Reading, quantity: Quantity) -> Grant:
    return Grant(quantity.start, _waived_until(reading, quantity), [quantity], kind="other")


def _wholes(reading: Reading) -> list[Grant]:
    """全额补贴 is a rate of 100, 减半收取 of 50."""
    return [
        Grant(found.start(), found.end(), whole=Decimal(100 if found["all"] else 50))
        for found in _WHOLE.finditer(reading.chars)
    ]
