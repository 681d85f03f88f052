"""What each number of a sentence is for: a benefit granted, a condition of one, or a target."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from guiyan.engine.documents.quantities import Quantity, quantities_in

BENEFIT_NOUN = re.compile(
    r"奖励|奖补|奖金|补贴|补助|资助|扶持|补偿|贴息|贷款|资金支持|经费支持|支持|配套|券|投资|入股|基金|"
    r"专项资金|优惠|减免|扣除|免费|让利|生活费|安家费|启动资金|额度|担保|保额|保险金额|津贴"
)
_GIVES = re.compile(
    r"给予|予以|给与|奖励|奖补|补贴|补助|资助|扶持|补偿|贴息|配套|可获|可享受|享受|提供|发放|兑付|按照?|"
    r"分别|一次性|扣除|减免|减按|减半|减征|免征|优惠|返还|报销|注资|出资|设立|成立|组建|安排|资金支持|"
    r"支持额度|支持金额|拨付|支付|缴纳|收取|赠送|减收|再奖|奖(?=\d)|补(?=\d)|可(?:以)?(?:申请|申领|贷)|投资额度|授信|单笔投资|单个项目投资"
)
_REACHES = re.compile(
    r"达到|达|突破|满|增长|增速|增幅|增加|提高|提升|提至|下降|降低|降至|占比?|实现|完成|力争|确保|"
    r"累计(?!奖|补|资|支)|年均|新增|收入|产值|交易额|营收|采购预算|注册资本|建成|培育|引进|约定|"
    r"投入不低于|投入占|比重|比例达"
)
_ZONE_START = re.compile(
    r"(?:^|[,;:。])(?:[省市县区]级?(?:财政)?)?(?:每年)?(?:将|拟|可|统一)?(?:(?:鼓励|支持|引导|探索|同时|其中|再|另|此外)?(?:对于?|凡|针对|面向|为))(?!接|标|"
    r"全面|深入|贯彻|了|完成|实现|推动|促进|打造|建设|形成|加|提(?!供|出|交)|充分|有效|切实|更好|确保|落实|进一步|期)"
)
_PREDICATE = re.compile(
    r"给予|予以|奖励|奖补|补贴|补助|资助|扶持|补偿|贴息|配套投资|可获|可享受|按照?(?=.{0,24}(?:\d|给予|予以|分之))|"
    r"最高|发放|提供|单[笔个户][^,;。]{0,6}(?:投资|贷款|授信)|免除|免征|减征|免缴|免收|减免|一次性|每[个家户人年次]"
)
_GIVES_NEXT = re.compile(
    r"(?:市|县|区)?(?:财政)?(?:再|分别|最高)?(?:给予|予以|奖励|奖补|补贴|补助|资助|一次性|可获|可享受|减按|减征|免征|"
    r"按照?[^,]{0,24}?(?:给予|奖励|补贴|补助))"
)
_DOES = re.compile(
    r"(?:每年|力争|争取|计划|确保|到?20\d\d|全市|全县|全区|全省)|(?:推荐|新)?认定|推荐|遴选|评选|建设|建成|"
    r"打造|新建|组织|举办|开展|培育|支持|鼓励|设立|引进|完成|实现|扶持|新增|选派|招募|招引|改造"
)
_LINKED = re.compile(r"[、和及与]|以及")
_BELOW = re.compile(r"(?:\(含\))?及?以下")
_LENDS = re.compile(r"(?:发放|投放)[^,;]{0,12}(?:贷款|信贷|贷)$")
_MOVES = re.compile(r"(?:的?基础上)?(?:提高|提升|增加|上升|增长|扩大|下降|降低|降|上调|调整|压缩)(?:到|至|为)")
_FROM = re.compile(r"[由从](?:原来的?|现行的?|目前的?)?(?:每[人户个家名月年])?$")
_FOR_EACH = re.compile(
    r"每(?:新增|增加|吸纳|招用|招录|引进|培养|培训|举办|接收|录用|孵化|推荐|介绍|带动|满|超过?|提高|增长|"
    r"服务|成功)[^,;、。\d]{0,6}$"
)
_BY_SHARE = re.compile(r"按照?(?P<of>[^,;]{0,40})$")
_NOT_ENOUGH = re.compile(r"(?:不足|不满|未达到?|未满)$")
_SHARE_OF_GRANT = re.compile(
    r"(?:补贴|补助|奖励|资助|贴息|报销|返还|支持|贷款)(?:[^,;]{0,6}(?:比例|标准|额度|金额|"
    r"上限))(?:可以?|再|相应|适当)*(?:由[^,]{1,10})?(?:提高|提升|上调|调整|增加)?(?:到|至|为|达到)?(?:每[人户个家名月年])*$|"
    r"(?:^|[,;将把可])(?:补贴|补助|奖励|资助)?标准(?:可以?|再|相应|适当)*(?:提高|提升|上调|上浮|调整|增加)(?:到|至|为)?(?:每[人户个家名月年])*(?:[^,;\d]{1,12}的)?$"
)
_SET_ASIDE = re.compile(r"(?:安排|拿出|预留|划出)$")
_SPACE = re.compile(r"的?(?:场地|面积|物业|份额|编制|岗位|指标|名额|空间)")
_MOVED = re.compile(r"(?:提高|提升|扩大|增加|压减|降低|压缩)(?:到|至)$")
_GRADE = re.compile(r"的(?:,?(?:另|再)?奖|按|再|给予|予以|奖励|补贴|补助|每|最高|一次性|分别)")
_FREE_USE = re.compile(r"免费(?:入住|使用|居住|享受)[^,;达到]{0,12}$")
_AT_A_SHARE = re.compile(
    r"[^,;]{0,40}的(?:比例|标准|幅度)(?:给予|予以)?(?:减免|补贴|补助|奖励|资助|支持|报销|返还|优惠)"
)
_INSURED = re.compile(r"(?:保额|保险金额|赔付(?:限额|额度)|保障额度)(?:达到?|为)?(?:最高|不低于|不超过)?$")
_DEDUCTED = re.compile(r"[^,;]{0,6}(?:扣减|抵减|减免|抵扣)")
_BORNE = re.compile(r"(?:财政|政府|园区|基金|资金池?)[^,;]{0,6}(?:承担|负担|分担)(?:[^,;]{0,8}的)?$")
_OF_A_LOAN = re.compile(r"(?:年化|执行|贷款)?(?:年)?利率(?:统一)?(?:为|按|在|不高于|不超过)?$")
_EASES = re.compile(r"贴息|补贴|补助|给予|予以|优惠|下浮|下调")
_PRICE_FALLS = re.compile(
    r"(?:价格?|电价|水价|气价|租金|房租|收费标准|费率)(?:标准)?(?:再|统一|一律|分别)?(?:下调|下浮|降低|减免|优惠)$"
)
_FREE_OF_CHARGE = re.compile(r"免费(?!工位|席位|床位|卡位)|免租|减免|零租金")
_CAP = re.compile(
    r"^(?:且|并|但|同时|原则上|其中)?(?:每[家个户名人年次场项套]|单[个家户笔次场项一人位]|同一|年度|累计|"
    r"合计|总[额计]|最高|全年|一个|每一|补贴|补助|奖励|支持|资助|贴息|扶持|额度|不超过|上限)"
)
_IN_WORDS = re.compile(r"全额|减半")
_FREE = frozenset(("天", "卡时", "核时", "机时", "小时", "P", "TB", "GB"))


class Role(Enum):
    BENEFIT = "benefit"
    CONDITION = "condition"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, semicolons or colons (outside brackets)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read: its clauses, its quantities, and the role of each quantity."""

    chars: str
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    roles: tuple[Role, ...]

    def clause_of(self, at: int) -> int:
        """The index of the clause around `at`."""
        return max(0, bisect_right([clause.start for clause in self.clauses], at) - 1)


def clauses_of(chars: str, marks: str = ",;:。") -> tuple[Clause, ...]:
    """Clauses at bracket depth 0."""
    found: list[Clause] = []
    depth = start = 0
    for i, char in enumerate(chars):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char in marks and depth == 0:
            found.append(Clause(start, i))
            start = i + 1
    if start < len(chars) or not found:
        found.append(Clause(start, len(chars)))
    return tuple(found)


def read_sentence(chars: str) -> Reading:
    """The roles of a sentence's quantities; a sentence that has none is left whole."""
    quantities = quantities_in(chars)
    if not quantities and not _IN_WORDS.search(chars):
        return Reading(chars, (Clause(0, len(chars)),), (), ())
    clauses = clauses_of(chars)
    roles: list[Role] = []
    given_in: set[int] = set()
    previous: tuple[Quantity, Role] | None = None
    starts = [clause.start for clause in clauses]
    zones = condition_zones(chars, clauses) if quantities else []
    for quantity in quantities:
        index = max(0, bisect_right(starts, quantity.start) - 1)
        given_before = not given_in.isdisjoint(range(index - 3, index + 1))
        baseline = _is_baseline(chars, quantity)
        role = _role(chars, _with_label(chars, clauses, index), quantity, given_before)
        if given_before and _is_next_grade(chars, clauses[index], previous, quantity):
            role = Role.BENEFIT
        if (
            quantities[:1]
            and previous is not None
            and _LINKED.fullmatch(chars[previous[0].end : quantity.start])
            and previous[0].unit == quantity.unit
        ):
            role = previous[1]
        elif role is Role.TARGET and given_before and quantity.comparator == "<=" and not quantity.is_rate:
            role = Role.CONDITION
        ungiven = not _GIVES.search(chars, clauses[index].start, quantity.core)
        if ungiven and quantity.is_money and _BELOW.match(chars, quantity.core_end):
            role = Role.CONDITION
        free = role is Role.TARGET and _is_free(chars, clauses, index, quantity)
        zoned = any(low <= quantity.core < high for low, high in zones) and not _MOVED.search(
            chars[max(0, quantity.start - 4) : quantity.start]
        )
        if (
            free
            or baseline
            or zoned
            or _falls_short(chars, quantity)
            or _is_each(chars, quantity)
            or _is_graded(chars, quantity)
        ):
            role = Role.CONDITION
        if role is Role.BENEFIT:
            given_in.add(index)
        roles.append(role)
        previous = previous if baseline else (quantity, role)
    return Reading(chars, clauses, tuple(quantities), tuple(roles))


def _is_baseline(chars: str, quantity: Quantity) -> bool:
    """由15%提高到25%: the first figure is where it starts from."""
    before = chars[max(0, quantity.start - 6) : quantity.start]
    return bool(_FROM.search(before) and _MOVES.match(chars, quantity.end))


def _is_free(chars: str, clauses: tuple[Clause, ...], index: int, quantity: Quantity) -> bool:
    """免费…; 安排不低于30%的场地,免费向…提供: what is given for nothing is no target."""
    shared = quantity.is_rate and _SET_ASIDE.search(chars[clauses[index].start : quantity.start])
    last = min(index + 1, len(clauses) - 1) if shared else index
    return bool(_FREE_OF_CHARGE.search(chars, clauses[index].start, clauses[last].end))


def _falls_short(chars: str, quantity: Quantity) -> bool:
    """不足3万元的据实补贴: the bound of a case, not what is given."""
    return bool(_NOT_ENOUGH.search(chars[max(0, quantity.start - 4) : quantity.start]))


def _is_graded(chars: str, quantity: Quantity) -> bool:
    """招用3人以下的按每人2000元补贴: a grade, and what it gets within the same clause."""
    after = quantity.end > quantity.core_end and not quantity.is_money
    return after and bool(_GRADE.match(chars, quantity.end))


def _is_each(chars: str, quantity: Quantity) -> bool:
    """每吸纳1人: the share a benefit is counted by."""
    return bool(_FOR_EACH.search(chars[max(0, quantity.core - 9) : quantity.core]))


def _with_label(chars: str, clauses: tuple[Clause, ...], index: int) -> Clause:
    """A clause together with the label before it (补贴标准:每人2000元)."""
    clause = clauses[index]
    if index and chars[clause.start - 1] == ":":
        return Clause(clauses[index - 1].start, clause.end)
    return clause


def condition_zones(chars: str, clauses: tuple[Clause, ...]) -> list[tuple[int, int]]:
    """Where conditions stand: 对…(的) up to what is given, and clauses that end in 的 before it."""
    zones: list[tuple[int, int]] = []
    for found in _ZONE_START.finditer(chars):
        stop = chars.find(";", found.end())
        predicate = _PREDICATE.search(chars, found.end(), stop if stop >= 0 else len(chars))
        if predicate:
            zones.append((found.start(), predicate.start()))
    for clause, after in pairwise(clauses):
        words = chars[clause.start : clause.end]
        gives_next = chars[clause.end] == "," and _GIVES_NEXT.match(chars, after.start, after.end)
        told = gives_next and not _DOES.match(words) and not _PREDICATE.search(words)
        if told or (words.endswith("的") and _PREDICATE.search(chars, after.start, after.end)):
            zones.append((clause.start, clause.end))
    return zones


def _role(chars: str, clause: Clause, quantity: Quantity, given_before: bool) -> Role:
    left = chars[clause.start : quantity.core]
    right = chars[quantity.end : clause.end]
    if quantity.unit.endswith("基点"):
        return Role.CONDITION
    if quantity.unit in _FREE and not quantity.is_rate:
        free = "免费" in chars[clause.start : clause.end] or quantity.unit == "卡时"
        given = _GIVES.search(left) or _FREE_USE.search(left) or right.lstrip("的").startswith("免费")
        return Role.BENEFIT if free and given else Role.TARGET
    if not (quantity.is_money or quantity.is_rate or (not quantity.unit and quantity.scaled)):
        return Role.TARGET
    if not quantity.unit and not _money_without_yuan(chars, quantity, right):
        return Role.TARGET
    if is_cap(chars, clause, quantity) and (given_before or BENEFIT_NOUN.search(left)):
        return Role.BENEFIT
    return _by_verbs(quantity, left, right)


def _is_next_grade(chars: str, clause: Clause, previous: tuple[Quantity, Role] | None, quantity: Quantity) -> bool:
    """…奖励100万元,省级50万元; 合伙创业的最高不超过110万元: a short label, then the next figure of the same kind."""
    if previous is None or previous[1] is not Role.BENEFIT or quantity.unit not in ("元", previous[0].unit):
        return False
    if not (quantity.is_money or (quantity.is_rate and previous[0].is_rate)):
        return False
    left = chars[max(clause.start, previous[0].end) : quantity.core]
    if re.search(r"(?:提高|上浮|增加|放宽)(?:到|至)(?:每[人户个家名月年])?$", left):
        return True
    limit = 16 if quantity.comparator == "<=" else 8
    return len(left) <= limit and quantity.comparator in ("=", "<=") and not _REACHES.search(left)


def is_cap(chars: str, clause: Clause, quantity: Quantity) -> bool:
    """“每家每年最高50万元”: a limit on what another clause gives."""
    words = chars[clause.start : clause.end]
    return quantity.comparator == "<=" and bool(_CAP.match(words))


def _money_without_yuan(chars: str, quantity: Quantity, right: str) -> bool:
    """50万、30万、10万元; 不超过100万。: 元 is left out."""
    if right == "" or right[0] in "、和及的":
        return True
    return bool(re.match(r"[、和及\d万]+元", right)) or bool(
        re.match(r"(?:的)?(?:奖励|补贴|补助|资助|扶持|奖补|贷款|经费)", right)
    )


def _by_verbs(quantity: Quantity, left: str, right: str) -> Role:
    """The nearest verb before decides; without one, the noun behind."""
    if quantity.is_rate and _SET_ASIDE.search(left) and _SPACE.match(right):
        return Role.TARGET
    if quantity.is_money and _DEDUCTED.match(right):
        return Role.BENEFIT
    if quantity.is_rate and _BORNE.search(left):
        return Role.BENEFIT
    if quantity.is_money and _INSURED.search(left):
        return Role.BENEFIT
    if quantity.price or (quantity.is_rate and _PRICE_FALLS.search(left)):
        return Role.BENEFIT
    if quantity.is_rate and _OF_A_LOAN.search(left) and not _EASES.search(right):
        return Role.CONDITION
    if quantity.is_rate and _AT_A_SHARE.match(right):
        return Role.BENEFIT
    share = _BY_SHARE.search(left)
    if share and quantity.is_rate and not re.search(r"增长|提高|达到|下降|降至|占", share["of"]):
        return Role.BENEFIT
    if _SHARE_OF_GRANT.search(left):
        return Role.BENEFIT
    gives = max((found.start() for found in _GIVES.finditer(left)), default=-1)
    reaches = max((found.start() for found in _REACHES.finditer(left)), default=-1)
    if gives > reaches:
        if not right and quantity.value is not None and quantity.value >= 10**8 and _LENDS.search(left):
            return Role.TARGET
        promised = quantity.comparator in (">=", ">") and not re.search(r"给予|予以|奖励|补贴|补助|资助|按", left)
        return Role.TARGET if promised else Role.BENEFIT
    if quantity.is_money and quantity.comparator == "<=" and BENEFIT_NOUN.search(left[-14:]):
        return Role.BENEFIT
    if reaches >= 0 and gives < 0 and not (quantity.comparator == "<=" and BENEFIT_NOUN.match(right.lstrip("的"))):
        return Role.TARGET
    noun = BENEFIT_NOUN.search(right[:16])
    if noun and reaches < 0 and quantity.comparator != ">=" and right[: noun.start()].find("的") <= 0:
        return Role.BENEFIT
    return Role.TARGET
