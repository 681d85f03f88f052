"""Receivers named elsewhere than after 对 or 为: behind the verb, by 每个, before a loan, counted before."""

from __future__ import annotations

import re

from guiyan.engine.documents.measures.beneficiaries import IS_RECEIVER, RECEIVER_NOUN

_EACH = re.compile(
    r"(?:每[个家名位户]|单[个户家]|同一)(?P<who>[^,;。\d]{2,14}?)(?=每年|年度|最高|不超过|发放|总计|累计|给予|"
    r"奖励|补贴|补助|按|支持|扶持|申领|获|启动资金|创业资金)"
)
_RECEIVER = re.compile(
    r"(?:给予|奖励|补贴|补助|资助)(?P<who>[^,。;、\d最高一不超]{2,16}?)(?=最高|一次性|不超过|\d|股权|每[人名])|"
    r"(?:奖励|补偿|补助|补贴|资助)(?P<whom>[^,。;、\d的最高一不超]{0,8}?(?:商会|协会|银行|机构|单位|团队|企业|主办方|运营方|个人))(?=[,;。]|$)"
)
_SIDE = re.compile(r"[办运][方营]方?$|银行$|承办方$")
_ENCOURAGED = re.compile(rf"(?:鼓励|支持|引导|推动)(?P<who>[^,;。的]{{0,14}}?(?:{RECEIVER_NOUN}))(?=.)")
_BORROWER = re.compile(r"的?(?P<who>个人|小微企业|中小企业|中小微企业|企业|个体工商户|合作社)(?:创业)?(?:担保)?贷款")
_BORROWS = re.compile(
    r"(?:^|(?<=[,;:。、的]))(?:[^,;:。、]{0,12}贷款)?(?P<who>[^,;:。、的\d对为向]{0,8}?(?:个人|小微企业|中小企业|中小微企业|企业|个体工商户|合作社))(?:借款人)?(?:可?申请)?"
    r"(?:[^,;。]{0,10}贷款|(?:最高)?额度)"
)
_PAID_FOR = re.compile(
    r"^其(?!他)|(?:以[上下内]部分|贷款|费|费用|支出|投入|成本|租金|房租|利息|设备|融资|货物|报价|价格|需求|产品)(?:\([^()]*\))?$"
)
_SHARE_OF_IT = re.compile(r"以[上下内]部分")
_SPLIT = re.compile(r"、|,|和|以及|及|并|且|或")

_COUNTED = re.compile(
    r"(?:评选|认定|遴选|新建|建设|打造|培育|选树|创建|新增|引进|扶持|资助)(?P<who>(?!上限|不)[^,;。\d(]{2,24}?)"
    r"(?:不超过|不少于|至少|上限)?\d{1,5}(?:名|个|家)[^,;。\d]{0,4},(?:给予)?每[名个家](?:[^,;。\d]{0,12})$"
)
_COUNTED_BEHIND = re.compile(
    r"(?:\d{1,5}|\(略\))(?:名|个|家)(?P<who>[^,;。\d]{2,24}?),(?:给予)?每[名个家](?:[^,;。\d]{0,12})$"
)
_INVESTS_IN = re.compile(
    r"[,;](?:重点|主要)?(?:投向|投资于|专项支持|用于支持|重点支持|对)"
    rf"(?P<who>[^,;。]{{2,40}}?(?:{RECEIVER_NOUN}|产业|领域|群体))(?=[,;。等]|$|模型)|"
    r"[,;](?:重点|主要)?(?:投向|投资于)(?P<what>[^,;。\d]{2,40})"
)


def named_receiver(chars: str, low: int, high: int) -> tuple[int, int] | None:
    """给予获投企业…: the receiver stands behind the verb."""
    found = _RECEIVER.search(chars, low, high)
    if found is None:
        return None
    group = "whom" if found["whom"] else "who"
    return found.span(group) if IS_RECEIVER.search(found[group]) or _SIDE.search(found[group]) else None


def each_receiver(chars: str, low: int, high: int) -> tuple[int, int] | None:
    """每个承办主体…: the receiver of one share."""
    found = _EACH.search(chars, low, high)
    return found.span("who") if found and IS_RECEIVER.search(found["who"]) else None


def supported_receiver(chars: str, low: int, high: int) -> tuple[int, int] | None:
    """支持企业建设…,按…给予奖励: the one encouraged receives."""
    found = [m.span("who") for m in _ENCOURAGED.finditer(chars, low, high)]
    return found[-1] if found else None


def borrower(chars: str, low: int, high: int) -> tuple[int, int] | None:
    """500万元小微企业贷款: the receiver stands before the benefit's noun."""
    found = _BORROWER.match(chars, low, high)
    return found.span("who") if found else None


def lender_of(chars: str, low: int, high: int) -> tuple[int, int] | None:
    """小微企业贷款额度最高300万元: who borrows stands before the loan."""
    found = _BORROWS.search(chars, low, high)
    return found.span("who") if found else None


def is_object(chars: str, place: tuple[int, int] | None) -> bool:
    """对其展位费, 对固定资产贷款: what is paid for, not who is paid."""
    words = chars[place[0] : place[1]] if place else ""
    return bool(_PAID_FOR.search(words) or _SHARE_OF_IT.search(words))


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


def counted_receiver(chars: str, give: int) -> tuple[int, int] | None:
    """新建基地6个,每个给予100万元: each of those counted in the clause before receives."""
    for form in (_COUNTED, _COUNTED_BEHIND):
        found = form.search(chars, max(0, give - 60), give)
        if found:
            return found.span("who")
    return None


def fund_receiver(chars: str, give: int) -> tuple[int, int] | None:
    """设立5亿元基金,重点投向初创期企业: who a fund is for stands behind it."""
    found = _INVESTS_IN.search(chars, give, give + 120)
    return found.span("who" if found["who"] else "what") if found else None
