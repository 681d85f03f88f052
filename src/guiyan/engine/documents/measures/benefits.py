"""What a number of a sentence is by the verbs and nouns around it: a benefit granted, or not."""

from __future__ import annotations

import re

from guiyan.engine.documents.figures.clauses import Clause, Role
from guiyan.engine.documents.figures.quantities import Quantity

BENEFIT_NOUN = re.compile(
    r"奖励|奖补|奖金|补贴|补助|资助|扶持|补偿|贴息|贷款|资金支持|经费支持|支持|配套|券|投资|入股|基金|"
    r"专项资金|优惠|减免|扣除|免费|让利|生活费|安家费|启动资金|额度|担保|保额|保险金额|津贴|报销|[\u4e00-\u9fff]贷”"
)
GIVES = re.compile(
    r"给予|予以|给与|奖励|奖补|补贴|补助|资助|扶持|补偿|贴息|配套|可获|可享受|享受|提供|发放|兑付|按照?(?![时期月季年]|规定|需|要求)|"
    r"分别|一次性|扣除|减免|减按|减半|减征|免征|优惠|返还|报销|注资|出资|设立|成立|组建|安排|资金支持|"
    r"支持额度|支持金额|拨付|支付|缴纳|收取|统筹(?=$)|赠送|减收|再奖|[奖补贴](?=每|各|\d|$)|抵扣|抵用|让渡|跟投|列支|投放(?=[^,;]{0,10}券)|可(?:以)?(?:申请|申领|贷)|投资额度|授信|单笔投资|单个项目投资"
)
_REACHES = re.compile(
    r"达到|达|突破|满|增长|增速|增幅|增加|提高|提升|提至|下降|降低|降至|占比?|实现|完成|力争|确保|"
    r"累计(?!奖|补|资|支)|年均|新增|收入|产值|交易额|营收|采购预算|注册资本|建成|培育|引进|约定|"
    r"投入不低于|投入占|比重|比例达"
)
_LENDS = re.compile(r"(?:发放|投放)[^,;]{0,12}(?:贷款|信贷|贷)$")
_BY_SHARE = re.compile(r"按照?(?![时期月季年])(?P<of>[^,;]{0,40})$")
_SHARE_OF_GRANT = re.compile(
    r"(?:抵扣|抵用|补偿|补贴|补助|奖励|资助|贴息|报销|返还)(?:比例|标准|额度|金额|上限)(?:统一|原则上)?[为按][^,;\d]{1,12}的$|"
    r"(?:补贴|补助|奖励|资助|贴息|报销|返还|支持|贷款)(?:[^,;]{0,6}(?:比例|标准|额度|金额|"
    r"上限))(?:可以?|再|相应|适当)*(?:由[^,]{1,10})?(?:提高|提升|上调|调整|增加)?(?:到|至|为|达到)?(?:每[人户个家名月年])*$|"
    r"(?:^|[,;将把可])(?:补贴|补助|奖励|资助)?标准(?:可以?|再|相应|适当)*(?:提高|提升|上调|上浮|调整|增加)(?:到|至|为)?(?:每[人户个家名月年])*(?:[^,;\d]{1,12}的)?$"
)
_SET_ASIDE = re.compile(r"(?:安排|拿出|预留|划出)$")
_SPACE = re.compile(r"的?(?:场地|面积|物业|份额|编制|岗位|指标|名额|空间)")
_FREE_USE = re.compile(r"免费(?:入住|使用|居住|享受|住宿|停放|停车|办公|试用)[^,;达到]{0,12}$")
_INSTALMENT = re.compile(r"(?:(?:拨付|拨款|兑付|兑现|付款)|(?:余下|剩余|其余)(?:的|部分)?)(?:余下|剩余|其余)?(?:的)?$")
_OWN_SHARE = re.compile(
    r"(?:自付|自筹|自担|自行承担|自负|(?:涨幅|浮动幅度|费率)[^,;\d]{0,4}|分[两三二四五\d]{1,2}[年期次批]按?(?:\d{1,3}%、){0,4})$"
)
_PENALTY = re.compile(r"[^,;]{0,4}(?:滞纳金|违约金|罚款|罚金)")
_IN_PARTS = re.compile(r"(?:、\d+%){0,4}(?:的比例)?,?分?[两三二四五\d](?:期|次|批|年)(?:拨|兑|发|支)")
_CAP_OF_COST = re.compile(
    r"^(?:且|但|同时)?(?:累计|合计|总)?(?:补助|补贴|奖励|奖补|资助|支持)(?:资金|金额|总额|额度|额)?(?:累计|合计)?(?:不得?超过?|不高于)"
)
_OF_A_PRICE = re.compile(r"(?:市场价?|市价|评估价?|租金|底价|最低价|成本价|挂牌价|标准价|指导价|收费标准)(?:格)?的?$")
_RAISED = re.compile(r"(?:再|可|另|相应|额外|标准)*(?:上浮|提高|增加|上调|下浮|降低|减收)(?:到|至)?$")
_ONCE_MORE = re.compile(r"[再另](?:增加|提高|上浮|追加|加)(?:每[人户个家名])?$")
_HELD_DOWN = re.compile(r"控制|压[减缩降]|降|总规模|达到")
_POOL_OF = re.compile(
    r"(?:专项资金|引导资金|扶持资金|奖补资金)[^;。]{0,30},(?:年度|每年|首期|首年|资金|总)*规模(?:为|达到)?$"
)
_TAKEN_BACK = re.compile(r"(?:收回|追回|扣回|核减|退还|退回|缴回|扣罚|罚款|处以)[^,;\d]{0,6}$")
_SPENT_ON = re.compile(r"(?:支出|列支)(?:比例|占比|总额)?(?:原则上)?(?:不[得超低高少]|占)[^,;\d]{0,6}$")
_STANDARD = re.compile(
    r"(?:硕士|博士|本科|大专|专科|人才|毕业生|学员|人员|[A-F]类|[一二三]档)[^,;、\d]{0,4}每(?:人每)?[月天]$"
)
_AT_MOST = re.compile(r"最高|上限|封顶|至多|最多")
_KEPT_UP = re.compile(
    r"控制|压[减缩降]|降|完成|建成|新增|打造|建设|培育|引进|举办|组织|开展|力争|确保|达到|超过|突破|总规模"
)
_AT_A_SHARE = re.compile(
    r"[^,;]{0,40}的(?:比例|标准|幅度)(?:给予|予以)?(?:减免|补贴|补助|奖励|资助|支持|报销|返还|优惠)"
)
_INSURED = re.compile(r"(?:保额|保险金额|赔付(?:限额|额度)|保障额度)(?:达到?|为)?(?:最高|不低于|不超过)?$")
_DEDUCTED = re.compile(r"[^,;]{0,6}(?:扣减|抵减|减免|抵扣)")
_BORNE = re.compile(r"(?:财政|政府|园区|基金|资金池?)[^,;]{0,6}(?:承担|负担|分担)[^,;\d]{0,12}$")
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
_FREE = frozenset(("天", "卡时", "核时", "机时", "小时", "P", "TB", "GB"))


def is_free(chars: str, clauses: tuple[Clause, ...], index: int, quantity: Quantity) -> bool:
    """免费…; 安排不低于30%的场地,免费向…提供: what is given for nothing is no target."""
    shared = quantity.is_rate and _SET_ASIDE.search(chars[clauses[index].start : quantity.start])
    last = min(index + 1, len(clauses) - 1) if shared else index
    return bool(_FREE_OF_CHARGE.search(chars, clauses[index].start, clauses[last].end))


def role_of(chars: str, clause: Clause, quantity: Quantity, given_before: bool) -> Role:
    left = chars[clause.start : quantity.core]
    right = chars[quantity.end : clause.end]
    if quantity.unit.endswith("基点"):
        return Role.CONDITION
    if quantity.unit in _FREE and not quantity.is_rate:
        free = "免费" in chars[clause.start : clause.end] or quantity.unit == "卡时"
        given = GIVES.search(left) or _FREE_USE.search(left) or right.lstrip("的").startswith("免费")
        return Role.BENEFIT if free and given else Role.TARGET
    if not (quantity.is_money or quantity.is_rate or (not quantity.unit and quantity.scaled)):
        return Role.TARGET
    if not quantity.unit and not _money_without_yuan(chars, quantity, right):
        return Role.TARGET
    if quantity.is_rate and _OF_A_LOAN.search(left) and not _EASES.search(right):
        return Role.CONDITION
    if is_cap(chars, clause, quantity) and (given_before or BENEFIT_NOUN.search(left)):
        return Role.BENEFIT
    if quantity.is_rate and (_INSTALMENT.search(left) or _OWN_SHARE.search(left) or _PENALTY.match(right)):
        return Role.CONDITION
    if quantity.is_rate and (
        _IN_PARTS.match(chars, quantity.end) or _CAP_OF_COST.match(chars[clause.start : clause.end])
    ):
        return Role.CONDITION
    if _TAKEN_BACK.search(left) or (quantity.is_rate and _SPENT_ON.search(left)):
        return Role.CONDITION
    if quantity.is_money and quantity.comparator == "=" and _STANDARD.search(left):
        return Role.BENEFIT
    if quantity.is_money and _POOL_OF.search(chars, max(0, quantity.core - 60), quantity.core):
        return Role.BENEFIT
    if quantity.is_money and _AT_MOST.search(chars[quantity.start : quantity.core]) and not _HELD_DOWN.search(left):
        return Role.BENEFIT
    if _goes_on_giving(chars, clause, quantity, left):
        return Role.BENEFIT
    return _by_verbs(quantity, left, right)


def _goes_on_giving(chars: str, clause: Clause, quantity: Quantity, left: str) -> bool:
    """报销路费,省内最高500元; 符合的,上浮20%: what was said to be given goes on in a clause without a verb of doing."""
    if chars[clause.start - 1 : clause.start] != ",":
        return False
    if _RAISED.fullmatch(left) and chars[clause.start - 2] == "的":
        return True
    segment = max(chars.rfind(mark, 0, clause.start) for mark in ";。") + 1
    if quantity.comparator != "<=" or not quantity.is_money or _KEPT_UP.search(chars, clause.start, quantity.start):
        return False
    return bool(BENEFIT_NOUN.search(chars, segment, clause.start))


def is_next_grade(chars: str, clause: Clause, previous: tuple[Quantity, Role] | None, quantity: Quantity) -> bool:
    """…奖励100万元,省级50万元; 合伙创业的最高不超过110万元: a short label, then the next figure of the same kind."""
    if quantity.is_money and _ONCE_MORE.search(chars[clause.start : quantity.core]):
        return True
    if previous is None or previous[1] is not Role.BENEFIT or quantity.unit not in ("元", previous[0].unit):
        return False
    if not (quantity.is_money or (quantity.is_rate and previous[0].is_rate)):
        return False
    left = chars[max(clause.start, previous[0].end) : quantity.core]
    if re.search(r"(?:提高|上浮|增加|放宽)(?:到|至)(?:每[人户个家名月年])?$", left):
        return True
    if _LENDS.search(left) and quantity.comparator != "<=":
        return False
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
    if quantity.is_rate and _OF_A_PRICE.search(left):
        return Role.BENEFIT
    if quantity.is_rate and _AT_A_SHARE.match(right):
        return Role.BENEFIT
    share = _BY_SHARE.search(left)
    if share and quantity.is_rate and not re.search(r"增长|提高|达到|下降|降至|占", share["of"]):
        return Role.BENEFIT
    if _SHARE_OF_GRANT.search(left):
        return Role.BENEFIT
    gives = max((found.start() for found in GIVES.finditer(left)), default=-1)
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
