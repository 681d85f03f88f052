"""Who receives a benefit, and on what conditions, as places in the sentence: 对…的…给予, 为…提供, …的,最高可获."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_NOT_WHOM = (
    "接|标|全面|深入|贯彻|了|期|主|止|准|基础|口|完成|实现|推动|促进|打造|建设|形成|加|提(?!供|出|交)|充分|有效|切实|"
    "更好|确保|落实|进一步"
)
_LEAD = re.compile(
    rf"(?:^|(?<=[,;:。、])|(?<=鼓励|支持|引导|政府|财政|银行|机构|基金|同时|此外|每年)|"
    rf"(?<=[再并且照将另拟还可]))(?P<to>对于|对|凡|针对|面向|向|为)(?!{_NOT_WHOM})"
)
_OPEN = re.compile(
    r"符合(?:相关|有关|规定|上述|一定)?(?:条件|要求|规定)的?|满足(?:相关|有关|一定|规定)?(?:条件|要求)的?|"
    r"按(?:照)?(?:有关|相关)?规定|有条件的|具备条件的|达到(?:相关|有关|规定)(?:条件|标准|要求)的?"
)
_GIVE = re.compile(
    r"给予|予以|(?<=[,的者人业位构])(?:奖励|奖补|补贴|补助|资助)|提供|免费|发放(?!条件|标准|对象|范围|额)|最高|"
    r"按照?(?!规定)|一次性|分[别档](?=给|奖|补|按|提|最|一)|(?:[市县区州省]|各)?级?财政|由|可获|可享|优先(?=安排|给|支持|推荐)|"
    r"每[个家名人户年次]|(?<=[业位构者人园体户队员才地台站,])(?:享受|前[一二两三四五]年|首年|次年|第[一二三]年|每月)|再(?=给|奖|补)|免除|根据"
)
_WEAK_GIVE = re.compile(r"发放|提供|一次性|每[个家名人户年次]")
_ATTRIBUTE_ON = re.compile(r"[^,;]{1,30}?的[^,;\d的]{2,14}(?:,|$)")
RECEIVER_NOUN = (
    "企业|本科|本科生|研究生|单位|机构|人员|个人|项目|团队|平台|园区|产业园|创业园|基地|高校|院校|毕业生|主体|者|社区|组织|"
    "人才|家庭|农户|合作社|OPC|载体|孵化器|商户|中心|学生|学员|协会|公司|门店|学校"
    "|农民工|士兵|军人|青年|专家|博士|硕士|集体|示范园|校友|超级个体|从业者|大户|旅行社|工坊|综合体|合伙|工作站|实验室|空间|院所|带头人|负责人|导师|法人|机关|工商户|街区|"
    "示范区|市场|品牌|产品|工厂|车间|学会|商会|选手|银行|工作室|总部|创客"
)
_OBJECT = re.compile(r"(?:贷款|费|费用|支出|投入|成本|租金|房租|用房|场地|利息|设备|融资|投资|价格)(?:\([^()]*\))?$")
IS_RECEIVER = re.compile(rf"(?:{RECEIVER_NOUN})(?:\([^()]*\))?(?:等|类)?$")
_DOING = (
    "初次|首次|新|办理|购买|参加|获得|获评|获批|通过|成立|创办|入驻|被|在|经|上市|落户|获|取得|承租|租用|"
    "吸纳|招用|开展|建设|开发|引进|主导|牵头|举办|符合|租赁|申请|认定|投资|自主|返乡(?=创)|从事|支付|完成|"
    r"使用|投保|缴纳|研发|招聘|注册|离校|连续|发生|发放|可凭|凭|\d{1,2}年内|[一二三]年内|产品(?=销|出口)|每(?=孵化|引进|培养|培训|吸纳|新增|为)|出租|转让|开办|开设|被?评为|流转|组织(?!的)|自建|年[^,;]{0,8}(?:增长|达到?|超过|突破)|当年|较上年|引进|招引|出资|聘请|来(?=[\u4e00-\u9fff])|赴|参与|回(?!报)|从事|签订|承办|"
    r"与[^,;]{2,16}(?:签订|合作|共建)"
)
SUBJECT = re.compile(
    rf"^(?![与在对向从由和以为按])(?:[^,;的]{{1,10}}的)?(?P<who>[^,;的]{{0,24}}?(?:{RECEIVER_NOUN}))(?=(?:{_DOING}))"
)
_LOAN_OF = re.compile(r"[^,;的]{0,12}贷款?(?=(?:个人|小微企业|中小企业|企业|个体工商户|合作社)$)")
_NO_CONDITION = re.compile(r"(?:租金|房租|返还|减免|奖励|补贴|贷款|额度|标准|累计)+")
_PER = re.compile(
    r"(?:^|(?<=[,;:])|(?<=[业位构者人园体户队员地台站]))每(?:成功|新增|新?吸纳|招用|引进|培养|培训|孵化|推荐|带动|为)"
)
NOT_SUBJECT = re.compile(
    r"^鼓励|^支持|^引导|^推动|^(?:市|省|县|区)?(?:级)?财政|^由|^按|^设立|^成立|^组建|^单[场个]|^每|^累计|^年度|^根据"
)


@dataclass(frozen=True, slots=True)
class Audience:
    """Places in the sentence: the receiver, the conditions, those of them that the document leaves open."""

    receiver: tuple[int, int] | None
    conditions: tuple[tuple[int, int], ...]
    open_conditions: tuple[tuple[int, int], ...]
    start: int


def audience_of(chars: str, low: int, give: int) -> Audience:
    """The audience of the benefit given at `give`, looking no further back than `low`."""
    opened = tuple(found.span() for found in _OPEN.finditer(chars, low, give))
    leads = _outer_leads(chars, low, give)
    subject = _subject_of(chars, low, give)
    if subject is not None and not (leads and leads[-1].start("to") >= subject[0]):
        return _parted(chars, subject[0], subject[1], opened, subject[0])
    if leads:
        lead = leads[-1]
        end = _trim(chars, lead.end(), _given_from(chars, lead.end() + 1, give))
        return _told_of(chars, end, lead, _parted(chars, lead.end(), end, opened, lead.start("to")))
    return _without_lead(chars, low, give, opened)


def _outer_leads(chars: str, low: int, give: int) -> list[re.Match[str]]:
    """The leads of a segment, without those inside another's attribute: 对为企业输送工人的机构."""
    found: list[re.Match[str]] = []
    for lead in _LEAD.finditer(chars, low, give):
        inside = (
            found and found[-1]["to"] != "为" and lead["to"] in ("为", "向") and lead.start("to") == found[-1].end()
        )
        if not inside:
            found.append(lead)
    return found


def _given_from(chars: str, start: int, give: int) -> int:
    """Where the giving begins; 发放 or 每年 before another 的 is still the receiver's attribute."""
    for stop in _GIVE.finditer(chars, start, give):
        weak = _WEAK_GIVE.match(stop[0]) and chars[stop.start() - 1] != ","
        if not (weak and _ATTRIBUTE_ON.match(chars, stop.end(), give)):
            return stop.start()
    return give


def _told_of(chars: str, end: int, lead: re.Match[str], audience: Audience) -> Audience:
    """对新认定为示范园区的,给予…: without a noun the words after 对 are all there is to say who receives."""
    if audience.receiver is None and end > lead.end() and chars[end - 1] == "的":
        return replace(audience, receiver=(lead.end(), end))
    return audience


def _subject_of(chars: str, low: int, give: int) -> tuple[int, int] | None:
    """领军人才给予…: who stands before the verb of giving in its own clause."""
    start = max(low - 1, *(chars.rfind(mark, low, give) for mark in ",;:")) + 1
    first = _GIVE.search(chars, start, give)
    end = _trim(chars, start, first.start() if first else give)
    words = chars[start:end]
    loan = _LOAN_OF.match(words)
    if loan:
        return (start + loan.end(), end)
    named = 2 <= len(words) <= 40 and IS_RECEIVER.search(words) and not NOT_SUBJECT.match(words)
    return (start, end) if named and not _LEAD.match(words) else None


def _without_lead(chars: str, low: int, give: int, opened: tuple[tuple[int, int], ...]) -> Audience:
    """No 对 or 为: the clause before says who (…的,最高可获; 在新三板挂牌的企业,奖励), or the subject does."""
    clause = max(chars.rfind(",", low, give), chars.rfind(";", low, give), chars.rfind(":", low, give), low - 1) + 1
    first = _GIVE.search(chars, clause, give)
    own = (clause, _trim(chars, clause, first.start() if first else give))
    if own[0] < own[1] and not NOT_SUBJECT.match(chars[own[0] : own[1]]):
        if chars[own[1] - 1] == "的":
            return _headless(chars, own[0], own[1], opened)
        if IS_RECEIVER.search(chars[own[0] : own[1]]):
            return _parted(chars, own[0], own[1], opened, own[0])
        subject = SUBJECT.match(chars[own[0] : own[1]])
        if subject:
            who = (own[0] + subject.start("who"), own[0] + subject.end("who"))
            return Audience(who, _conditions(chars, who[1], own[1]), opened, own[0])
    start = max(low - 1, *(chars.rfind(mark, low, max(low, clause - 1)) for mark in ",;:。")) + 1
    told = _of_clause_before(chars, low, (start, clause - 1), opened, gives=own[0] >= own[1])
    return told or Audience(None, (), opened, clause)


def _of_clause_before(
    chars: str, low: int, place: tuple[int, int], opened: tuple[tuple[int, int], ...], *, gives: bool
) -> Audience | None:
    """What the clause before says of the receiver; `gives`: the clause of the benefit opens with its verb."""
    start, end = place
    if end <= start:
        return None
    if chars[end - 1] == "的":
        return _headless(chars, _clause_of_subject(chars, low, start, end), end, opened)
    if _PER.search(chars, start, min(end, start + 30)):
        return replace(_headless(chars, start, end + 1, opened), start=start)
    bare = gives and end - start <= 30 and not re.search(r"\d", chars[start:end])
    if (bare or "的" in chars[start:end]) and IS_RECEIVER.search(chars[start:end]):
        return _parted(chars, start, end, opened, start)
    until = _GIVE.search(chars, start, end) if gives else None
    ahead = _trim(chars, start, until.start()) if until else start
    words = chars[start:ahead]
    if IS_RECEIVER.search(words) and not re.search("[为对向]", words) and not NOT_SUBJECT.match(words):
        return _parted(chars, start, ahead, opened, start)
    return None


def _clause_of_subject(chars: str, low: int, start: int, end: int) -> int:
    """毕业生在本区首次创业,正常经营满1年的: the subject may stand a clause before."""
    if start <= low or chars[start - 1] != "," or SUBJECT.match(chars[start : end - 1]):
        return start
    ahead = max(low - 1, *(chars.rfind(mark, low, start - 1) for mark in ",;:。")) + 1
    words = chars[ahead : start - 1]
    told = SUBJECT.match(words) and not _GIVE.search(words) and not NOT_SUBJECT.match(words)
    return ahead if told else start


def _trim(chars: str, start: int, end: int) -> int:
    while end > start and (chars[end - 1] in ",、;可将" or chars.startswith(("分别", "依次"), end - 2)):
        end -= 1 if chars[end - 1] in ",、;可将" else 2
    return max(start, end)


def _parted(chars: str, start: int, end: int, opened: tuple[tuple[int, int], ...], lead: int) -> Audience:
    """Conditions before the last 的, the receiver after it; a phrase that ends in 的 is all condition."""
    if end <= start:
        return Audience(None, (), opened, lead)
    if chars[end - 1] == "的":
        comma = chars.find(",", start, end)
        if comma >= 0 and IS_RECEIVER.search(chars[start:comma]):
            inner = _parted(chars, start, comma, opened, lead)
            return Audience(inner.receiver, inner.conditions + _conditions(chars, comma + 1, end - 1), opened, lead)
        parted = _headless(chars, start, end, opened)
        return Audience(parted.receiver, parted.conditions, opened, lead)
    if _is_list(chars, start, end):
        return Audience((start, end), (), opened, lead)
    comma = chars.find(",", start, end)
    if comma >= 0 and IS_RECEIVER.search(chars[start:comma]):
        inner = _parted(chars, start, comma, opened, lead)
        return Audience(inner.receiver, inner.conditions + _conditions(chars, comma + 1, end), opened, lead)
    cut = _last_of(chars, start, end)
    if cut >= 0 and _OBJECT.search(chars[cut + 1 : end]) and IS_RECEIVER.search(chars[start:cut]):
        return Audience((start, cut), (), opened, lead)
    subject = SUBJECT.match(chars[start:end]) if cut >= 0 and _OBJECT.search(chars[cut + 1 : end]) else None
    if subject:
        who = (start + subject.start("who"), start + subject.end("who"))
        return Audience(who, _conditions(chars, who[1], end), opened, lead)
    if cut >= 0:
        return Audience((cut + 1, end), _conditions(chars, start, cut), opened, lead)
    return Audience((start, end), (), opened, lead)


def _is_list(chars: str, start: int, end: int) -> bool:
    """Several groups, each with its own attribute (…推荐的项目、…认定的创业者): they stay whole."""
    groups = chars[start:end].split("、")
    return sum("的" in group.rstrip("的") for group in groups) >= 2


def _last_of(chars: str, start: int, end: int) -> int:
    """The last 的 outside brackets."""
    depth = 0
    for i in range(end - 1, start - 1, -1):
        depth += (chars[i] == ")") - (chars[i] == "(" and depth > 0)
        if chars[i] == "的" and depth == 0:
            return i
    return -1


def _headless(chars: str, start: int, end: int, opened: tuple[tuple[int, int], ...]) -> Audience:
    """返乡人员初次办理注册登记,符合条件的: the subject is the receiver, what it does the condition."""
    subject = SUBJECT.match(chars[start : end - 1])
    at = start + subject.end() if subject else start
    receiver = (start + subject.start("who"), at) if subject else None
    return Audience(receiver, _conditions(chars, at, end - 1), opened, start)


def _conditions(chars: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Parts between commas, blank ones dropped."""
    parts: list[tuple[int, int]] = []
    at = start
    for i in range(start, end + 1):
        if i == end or chars[i] in ",;":
            if i - at >= 2 and not _NO_CONDITION.fullmatch(chars, at, i):
                parts.append((at, i))
            at = i + 1
    return tuple(parts)
