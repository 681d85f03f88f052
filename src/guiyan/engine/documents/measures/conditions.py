"""Where a sentence sets conditions, and which of its numbers belong to them."""

from __future__ import annotations

import re
from itertools import pairwise

from guiyan.engine.documents.figures.clauses import Clause
from guiyan.engine.documents.figures.quantities import Quantity

_ZONE_START = re.compile(
    r"(?:^|[,;:。])(?:[省市县区]级?(?:财政)?)?(?:每年)?(?:将|拟|可|统一)?(?:鼓励|支持|引导|探索|同时|其中|再|另|此外)?"
    r"(?P<to>对于|对(?![接标口外])|凡|针对|面向|为(?!期|了|主|全面|深入|贯彻|完成|实现|推动|促进|打造|建设|形成|加|提(?!供|出|交)|"
    r"充分|有效|切实|更好|确保|落实|进一步))"
)
_PREDICATE = re.compile(
    r"给予|予以|(?<!后)奖励(?!对象|资金)|奖补|补贴|补助|资助|扶持|补偿|贴息|配套投资|可获|可享受|"
    r"按照?(?=.{0,24}(?:\d|给予|予以|分之|一半|折|成))|最高|发放(?!贷款)|提供|"
    r"单[笔个户][^,;。]{0,6}(?:投资|贷款|授信)|单[笔个户家](?=最高|不超过)|设(?=“)|[奖补](?=\d|每|各)|可贷|免除|免征|减征|免缴|免收|减免|一次性|每[个家户人年次]"
)
_EVERY = re.compile(
    r"(?:^|(?<=[,;:。]))(?:凡|凡是|对于?)[^,;。]{2,60}?(?:的|项目|企业|单位|人员|机构|园区|主体),(?=一律|全部|均|由|实行|统一)"
)
_BOUND = re.compile(r"以上|以下|达到?\d|满|不少于|不低于|超过")
_DOES_FOR = re.compile(
    r"[^,;。\d]{2,24}?(?:开发|举办|组织|开展|培训|征集|发布|募集|筹集|建设|新增|遴选|招募)[^,;。]{0,30}(?<!的)[,;。]"
)
_WEAK = re.compile(r"(?:发放|提供|一次性|每[个家户人年次])(?!分别|最[高长]|不超过|一次性|给予|补|奖|\d)")
_OF_A_NOUN = re.compile(r"[^,;。]*?\d[^,;。]{0,24}?的(?!\d)[^,;。\d]{2,}")
_GIVES_NEXT = re.compile(
    r"(?:市|县|区)?(?:财政)?(?:再|分别|最高)?(?:每[人户个家名亩][^,;]{0,4}(?:奖|补|给予)|给予|予以|奖励|奖补|补贴|补助|资助|一次性|可获|可享受|减按|减征|免征|"
    r"按照?[^,]{0,24}?(?:给予|奖励|补贴|补助))"
)
_DOES = re.compile(
    r"(?:每年|力争|争取|计划|确保|到?20\d\d|全市|全县|全区|全省)|(?:推荐|新)?认定|推荐|遴选|评选|建设|建成|"
    r"打造|新建|组织|举办|开展|培育|支持|鼓励|设立|引进|完成|实现|扶持|新增|选派|招募|招引|改造"
)
_MOVES = re.compile(
    r"(?:的?基础上)?(?:发展|拓展|增(?=至|到)|升|扩|提(?=至|到)|提高|提升|增加|上升|增长|扩大|下降|降低|降|上调|调整|压缩)(?:到|至|为)"
)
_FROM = re.compile(
    r"[由从](?:原来的?|原有的?|现行的?|现有的?|目前的?|当前的?|上年的?|去年的?|20\d\d年[底末]?的?)?(?:约|近)?(?:每[人户个家名月年])?$"
)
_FOR_EACH = re.compile(
    r"每(?:多|再|成功)?(?:新增|增加|吸纳|招用|招录|引进|培养|培训|举办|接收|录用|孵化|推荐|介绍|带动|满|超过?|提高|增长|"
    r"服务|成功)[^,;、。\d]{0,6}$"
)
_EACH_OF = re.compile(r"每[^,;、。\d年月季]{1,8}$")
_GETS = re.compile(r"[^,;。]{0,14}?(?:奖|补|给予|资助|减免)|,(?:再|另|可)?(?:给予|奖|补|按|一次性)")
_CASE = re.compile(
    r"[^,;。]{0,8}?(?:的[^,;。\d]{0,10}|时|后),?(?:应当?|可|将|予以|给予)?(?:通报|约谈|退出|取消|收回|撤销|淘汰|暂停|停止|整改|终止|追回|不予|启动|问责|限期|评为|评定为|认定为|授予|移送|列入|列为|视为|视同|优先|不得)|的部分|"
    r"的?(?:予以)?(?:退出|淘汰|摘牌|末位)"
)
_NOT_ENOUGH = re.compile(r"(?:不足|不满|未达到?|未满)$")
BELOW = re.compile(r"(?:\(含\))?及?以下")
MOVED = re.compile(r"(?:提高|提升|扩大|增加|压减|降低|压缩)(?:到|至)$")
_GRADE = re.compile(r"的(?:,?(?:另|再)?奖|按|再|给予|予以|奖励|补贴|补助|每|最高|一次性|分别)")


def is_baseline(chars: str, quantity: Quantity) -> bool:
    """由15%提高到25%: the first figure is where it starts from."""
    before = chars[max(0, quantity.start - 16) : quantity.start]
    return bool(_FROM.search(before) and _MOVES.match(chars, quantity.end))


def falls_short(chars: str, quantity: Quantity) -> bool:
    """不足3万元的据实补贴: the bound of a case, not what is given."""
    return bool(_NOT_ENOUGH.search(chars[max(0, quantity.start - 4) : quantity.start]))


def is_graded(chars: str, quantity: Quantity) -> bool:
    """招用3人以下的按每人2000元补贴: a grade, and what it gets within the same clause."""
    after = quantity.end > quantity.core_end and not quantity.is_money
    return after and bool(_GRADE.match(chars, quantity.end))


def is_case(chars: str, quantity: Quantity) -> bool:
    """低于80%的予以通报, 达到20%时暂停新增: the case in which something follows."""
    return bool(_CASE.match(chars, quantity.end))


def is_each(chars: str, quantity: Quantity) -> bool:
    """每吸纳1人, 每引荐1名奖励1万元: the share a benefit is counted by."""
    before = chars[max(0, quantity.core - 10) : quantity.core]
    if not quantity.is_money and _EACH_OF.search(before) and _GETS.match(chars, quantity.end):
        return True
    return bool(_FOR_EACH.search(chars[max(0, quantity.core - 9) : quantity.core]))


def condition_zones(chars: str, clauses: tuple[Clause, ...]) -> list[tuple[int, int]]:
    """Where conditions stand: 对…(的) up to what is given, and clauses that end in 的 before it."""
    zones: list[tuple[int, int]] = []
    for found in _ZONE_START.finditer(chars):
        if found["to"] in ("面向", "为") and _DOES_FOR.match(chars, found.end()):
            continue
        stop = chars.find(";", found.end())
        end = _predicate_after(chars, found.end(), stop if stop >= 0 else len(chars))
        if end is not None:
            zones.append((found.start(), end))
    zones += ((found.start(), found.end()) for found in _EVERY.finditer(chars))
    for clause, after in pairwise(clauses):
        words = chars[clause.start : clause.end]
        gives_next = chars[clause.end] == "," and _GIVES_NEXT.match(chars, after.start, after.end)
        if gives_next and gives_next[0].startswith("每") and not _BOUND.search(words):
            continue
        told = gives_next and not _DOES.match(words) and not _PREDICATE.search(words)
        if told or (words.endswith("的") and chars[clause.end] == ","):
            zones.append((clause.start, clause.end))
    return zones


def _predicate_after(chars: str, start: int, stop: int) -> int | None:
    """Where what is given begins: 发放, 每年 and the like may still belong to the attribute of who receives it."""
    for found in _PREDICATE.finditer(chars, start, stop):
        weak = _WEAK.match(chars, found.start()) and chars[found.start() - 1] != ","
        if not (weak and _OF_A_NOUN.match(chars, found.end(), stop)):
            return found.start()
    return None
