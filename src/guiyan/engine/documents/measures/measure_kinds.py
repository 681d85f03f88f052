"""The kind of a benefit by the words around its amount, and whether it is promised or encouraged."""

from __future__ import annotations

import re

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("interest_subsidy", re.compile(r"贴息|利息|LPR|利率(?=.*(?:贴|补|优惠|下[浮调]))|[贴补].*利率")),
    ("tax", re.compile(r"加计扣除|税前|扣减")),
    ("subsidy", re.compile(r"(?:担保费|保险费|保费)(?:的)?(?:补贴|补助)")),
    (
        "other",
        re.compile(
            r"[承分]担[^,;]{0,16}损失|损失[^,;]{0,8}[承分]担|本金损失|风险补偿|补偿比例|代偿|价格扣除|扣除|保险金|保额|反担保|风险分担|容亏"
        ),
    ),
    ("tax", re.compile(r"税")),
    ("loan", re.compile(r"贷款|授信|可贷|贷”|信用贷|(?:创|农|企|科|岗|人才|返乡)贷")),
    ("equity", re.compile(r"基金|股权|出资|投资(?!额(?!度)|总额|金额|机构|强度)|入股|参股|注资|领投|跟投")),
    ("award", re.compile(r"奖励|奖补|奖金|激励|奖")),
    ("subsidy", re.compile(r"补贴|补助|报销|券|租金|房租|底价|减收|保费|补偿|安家费|生活费|津贴|减免|优惠|下调|下浮")),
    ("grant", re.compile(r"资助|扶持|支持|经费|资金")),
)
_INTEREST = re.compile(r"利息|利率|LPR|贴息")
_LOSS_BORNE = re.compile(r"[承分]担[^,;。]{0,20}(?:损失|风险)")
_RISK = re.compile(r"[承分]担[^,;]{0,12}损失|风险补偿|补偿比例|代偿|贷款损失|坏账|不良|风险分担|分担")
_SERVICE_UNITS = frozenset(("天", "卡时", "核时", "机时", "小时", "P", "TB", "GB"))
_ENCOURAGED = re.compile(r"(?:鼓励|支持|引导|探索|倡导|推动|有条件的(?:地方|县|区|市|地区)[^,]{0,8}可)[^,;。]{0,24}$")


def kind_of(before: str, behind: str, *, pool: bool, unit: str) -> str | None:
    """The noun behind the amount speaks first, then the words before it; None if neither says."""
    if unit in _SERVICE_UNITS:
        return "service"
    if pool:
        around = before[-24:] + behind[:24]
        return "subsidy" if "券" in around else "equity" if "基金" in around else "grant"
    near = re.split(r"[,;。]", behind)[0]
    for words in (near[:24], re.split(r"[,;。]", before)[-1], before, behind):
        kind = _kind(words)
        if _LOSS_BORNE.search(re.split(r"[,;。]", before)[-1] + near[:24]):
            return "other"
        if kind in ("award", "subsidy", "grant") and _RISK.search(re.split(r"[,;。]", before)[-1] + near[:24]):
            return "other"
        if kind in ("award", "subsidy", "grant") and _INTEREST.search(re.split(r"[,;。]", before)[-1] + near[:24]):
            return "interest_subsidy"
        if kind is not None:
            return kind
    return None


def _kind(words: str) -> str | None:
    return next((kind for kind, form in _KINDS if form.search(words)), None)


def strength_of(chars: str, audience: int, give: int) -> str:
    """`encouraged` where 鼓励 and the like govern the clause of the giving."""
    clause = max(chars.rfind(mark, 0, max(audience, 0) + 1) for mark in ",;。") + 1
    head = chars[clause : max(audience, clause)]
    if re.match(r"(?:鼓励|引导|探索|倡导|支持)", head) or re.match(r"(?:鼓励|引导|探索|倡导)", chars[clause:give]):
        return "encouraged"
    return "shall"
