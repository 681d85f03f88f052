"""Who receives, by where it stands: before the verb of giving, as the subject of its clauses, counted before it."""

from __future__ import annotations

import re

from guiyan.engine.documents.measures.beneficiaries import IS_RECEIVER, NOT_SUBJECT, SUBJECT
from guiyan.engine.documents.view import Span

_GIVEN_HERE = (
    r"(?:一次性|分别|依次|各|均|最高)*(?:给予|予以|奖励|奖补|补贴|补助|资助|按|可享|享受|每月|每年|奖(?=\d)|补(?=\d))"
)
_BEFORE_VERB = re.compile(
    rf"(?:^|(?<=[,;:。]))(?P<who>[^,;:。\d]{{2,40}}?)(?:一次性)?(?:分别|依次|各|均)(?:一次性)?{_GIVEN_HERE}"
)
_QUOTED = re.compile(rf"(?:^|(?<=[,;:、。]))(?P<who>“[^“”]{{1,12}}”[^,;:。\d]{{0,6}}?)(?={_GIVEN_HERE})")
_SHORT = re.compile(
    r"(?:^|(?<=[,;:、。]))(?P<who>(?:全日制)?(?:博士|硕士|本科|大专|专科|高职|技师|高级技师|教授|[一二三四五]星级|[甲乙丙]级|"
    r"国家级|省级|市级|县级|[A-F]类|[一二三]等奖|特等奖)[^,;:。\d]{0,10}?)(?=(?:再)?(?:给予|奖励|补贴|补助|资助)?(?:最高|每[人月年])*\d?$)"
)
_LOAN_GRADE = re.compile(
    r"(?:^|(?<=[,;:、。]))(?P<who>合伙(?:创业|经营)?的?|组建合作社的?|小微企业)(?:借款人)?(?:(?:创业)?(?:担保)?贷款)?"
    r"(?:,?[^,;、。\d]{0,16},?)?(?:最高|不超过)*$"
)
_NAMED = re.compile(
    r"(?:荣获|获评|获批|获得|被评为|评为|评定为|认定为|认定|列为|属于|升级为|入选)(?P<who>(?![后时])[^,;。]{2,30}?)(?:称号)?的(?=,|$)"
)
_COUNTED = re.compile(
    r"(?:评选|评定|认定|遴选|新建|建设|建成|打造|培育|选树|创建|新增|引进|扶持|资助|选拔|征集)"
    r"(?P<who>(?!不|上限)[^,;。\d(]{2,24}?)(?:不超过|不少于|至少|约)?\d{1,5}(?:名|个|家|项|支|人)(?:左右|以上)?(?:\([^()]*\))?,"
    r"[^;。]{0,20}$"
)
_COUNTED_BEHIND = re.compile(
    r"\d{1,5}(?:名|个|家|项|支)(?:左右|以上)?(?P<who>(?![^,;。\d]{0,3}(?:,|$))[^,;。\d]{2,24}?)(?:\([^()]*\))?(?:,|到|赴|参加)[^;。]{0,20}$"
)
_ACTS = re.compile(r"购买|首次|入驻|租用|租赁|参加|创办|招用|面试期间|引进|承租|组织(?=旅游|参)|包机")
_ADDED = re.compile(r"的?,?[再另追]")
_NO_PARTY = re.compile(
    r"(?:财政|基金|资金|券|方向|领域|产业|行业|部分|差额|金额|环节|方式|标准|费用|比例|档|情况|规定|原则)$"
)
_EVENT = re.compile(r"[^,;。\d]{0,16}(?:村|赛事|民宿|群体|景区|酒店|剧场|站点|岗位|微工厂|示范园)$")


def nearest(chars: str, low: int, give: int) -> Span | None:
    """“银雁”给予每年1万元, 硕士5万元: a short name of its own right before the figure, not the last of several."""
    quoted = _QUOTED.search(chars, low, min(len(chars), give + 2))
    grade = _LOAN_GRADE.search(chars, max(low, give - 40), give)
    found = quoted or grade or _SHORT.search(chars, max(low, give - 30), give)
    return found.span("who") if found and not found["who"].endswith(("分别", "依次")) else None


def before_verb(chars: str, low: int, give: int) -> Span | None:
    """二星级、三星级工坊一次性分别奖励: whoever stands right before the giving."""
    for found in reversed(list(_BEFORE_VERB.finditer(chars, low, min(len(chars), give + 2)))):
        if not NOT_SUBJECT.match(found["who"]) and not _NO_PARTY.search(found["who"]):
            return found.span("who")
    return None


def subject_before(chars: str, low: int, give: int) -> tuple[Span, tuple[Span, ...]] | None:
    """高校毕业生从事个体经营,享受…; 引入团队的行政村,按…: the subject of the first clauses, and what they say of it."""
    at = low
    while at < give:
        stop = next((i for i in range(at, give) if chars[i] in ",:"), give)
        words = chars[at:stop]
        subject = SUBJECT.match(words)
        if subject and not NOT_SUBJECT.match(words):
            who = (at + subject.start("who"), at + subject.end("who"))
            rest = (who[1], stop)
            return who, ((rest,) if rest[1] - rest[0] >= 2 and stop < give else ())
        whole = IS_RECEIVER.search(words) or _EVENT.fullmatch(words)
        if (
            stop < give
            and whole
            and 2 <= len(words) <= 40
            and not NOT_SUBJECT.match(words)
            and words[0] not in "对为向"
        ):
            return (at, stop), ()
        at = stop + 1
    return None


def _is_noun(words: str) -> bool:
    """Whether a clause is nothing but the name of a party."""
    if not 2 <= len(words) <= 40 or words[0] in "对为向" or NOT_SUBJECT.match(words):
        return False
    return bool(IS_RECEIVER.search(words) or _EVENT.fullmatch(words))


def said_of_subject(chars: str, low: int, give: int) -> tuple[Span, ...]:
    """What the clauses before the giving say of their subject: 从事个体经营, 购买首套商品房."""
    found = subject_before(chars, low, give)
    if found is not None:
        return found[1]
    stop = chars.find(",", low, give)
    return ((low, stop),) if stop - low >= 4 and _ACTS.match(chars, low) else ()


def named_by(chars: str, low: int, give: int) -> Span | None:
    """荣获示范项目的, 属于脱贫人口的: what the receiver has become names it."""
    found = list(_NAMED.finditer(chars, low, give))
    return found[-1].span("who") if found else None


def counted_before(chars: str, low: int, give: int) -> Span | None:
    """评选工作室5个,各补助; 评选100个优秀项目,按三档给予: those counted in the clause before."""
    for form in (_COUNTED, _COUNTED_BEHIND):
        found = form.search(chars, max(low, give - 70), give)
        if found and (IS_RECEIVER.search(found["who"]) or _EVENT.fullmatch(found["who"])):
            return found.span("who")
    return None


def headless_before(chars: str, low: int, give: int) -> Span | None:
    """自行租赁门店的,按…: without a noun the words up to 的 say who; what is given on top (再, 另) goes to the same."""
    end = chars.rfind("的", low, give)
    while end > low and chars[end + 1 : end + 2] not in (",", "最", "按", "给", "一", "可", "每", "奖", "补"):
        end = chars.rfind("的", low, end)
    if end <= low or _ADDED.match(chars, end):
        return None
    start = max(low - 1, *(chars.rfind(mark, low, end) for mark in ",;:。")) + 1
    return (start, end + 1) if end - start >= 3 else None


def is_party(chars: str, place: Span | None) -> bool:
    """面向新材料等方向, 对300万元以下部分: what something is for, nobody who receives."""
    return place is not None and not _NO_PARTY.search(chars[place[0] : place[1]])
