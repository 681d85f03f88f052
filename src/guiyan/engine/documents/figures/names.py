"""What a figure counts: the noun phrase behind the number (20个省级科研载体) or before it (技术合同交易额70亿元)."""

from __future__ import annotations

import re


def _longest_first(words: str) -> str:
    """Alternatives with the longer ones first, so that matching need never turn back."""
    return "|".join(sorted(set(words.split("|")), key=len, reverse=True))


_MODALS = (
    "力争|争取|确保|努力|计划|预计|全部|累计|总计|共计|共|合计|首批|再|新|分别|同时|并|逐步|全面|加快|着力|"
    "重点|积极|大力|至少|进一步|推动|促进|其中|以及|及|和|率先|持续|完成|实现|达到|总数|不少于"
)
_SCOPES = (
    "市级财政|市财政|县财政|县级财政|各级财政|财政|全市|我市|全省|全区|全县|全国|市区|市级|省级|县级|国家级|各地|各区|各县|各级|每个县(市、区)|"
    "各县(市、区)|各县市区|全域|本市|区域内|辖区内|辖区"
)
_VERBS = (
    "安排|投入|筹集|统筹|落实|引进|聚集|集聚|引育|培育|认定|壮大|发展|打造|建成|投用|投产|建设|新建|改建|扩建|新增|培养|组织|举办|"
    "开展|支持|带动|形成|创建|设立|组建|选聘|选派|选拔|选树|吸引|吸纳|发放|投放|转移转化|转化|改造|提升"
    "|实施|推进|布局|培训|扶持|遴选|评选|推出|发布|策划|谋划|储备|孵化|推荐|推广|招引|签约|新签约|落地|"
    "开工|建立|拥有|服务|帮扶|招聘|对接|入库|纳入|新吸纳|提供|征集|开发|申报|获批|争创|创成|命名|表彰|"
    "奖励|资助|开设|设置|配备|建好"
    "|拓展|单列|预留|集中|联合|共建|牵头|搭建|取得|突破|攻克|引导|鼓励|办好|联手|选送|输送|生产|销售|招收|聘请|"
    "吸收|挂牌|上市|保持|接续|梳理|编制|出台|制定"
)
_PERIOD_WORDS = (
    r"每年度?|年均|到?20\d\d年(?:底|末|度)?(?:之?前)?|[一二三四五六七八九十\d]{1,2}年(?:左右)?(?:时间)?(?:内|"
    r"以内)?|未来|“?十[三四五六]五”?(?:期间|末)?|在?期间|用"
)
_MODAL, _VERB = _longest_first(_MODALS), _longest_first(_VERBS)
_SCOPE = "|".join(re.escape(word) for word in _longest_first(_SCOPES).split("|"))
_SCOPE_LEAD = re.compile(rf"^(?:{_SCOPE})")
_ANY_LEAD = "|".join(re.escape(word) for word in _longest_first("|".join((_MODALS, _SCOPES, _VERBS))).split("|"))
_LEADING_KEEP_VERB = re.compile(
    r"^(?:分别|全年|今年|本年度|全市|我市|全省|全县|全区|使|力争|争取|确保|努力|计划|预计|累计|总计|共计|实现|并|同时|以及|其中|及|和|推动|促进|[,、;:。])++"
)
_BARE_VERB = re.compile(rf"(?:{_ANY_LEAD})++")
_VERB_LEAD = re.compile(rf"(?:{_MODAL}|{_PERIOD_WORDS})*+(?:{_VERB})")
_VERB_END = re.compile(rf"(?:{_VERB})$")
_VERB_ONLY = re.compile(rf"(?:{_PERIOD_WORDS}|{_ANY_LEAD}|[,、;:。及在“”])*+")
_GROWTH_WORDS = _longest_first(
    "同比|环比|平均|保持|较上年|比上年|增长率|增长|增速|增幅|提高|提升|下降|降低|速度|以上|在|到|年|增"
)
_GROWTH_ONLY = re.compile(rf"(?:{_PERIOD_WORDS}|{_MODAL}|{_GROWTH_WORDS})*+")
_PERIOD_LEAD = re.compile(rf"^(?:(?:到|至)?(?:{_PERIOD_WORDS}|\(略\)年(?:底|末)?)|[,、])++")
_TRAILING = re.compile(
    r"(?:(?:各|分别|累计|总计|合计|共计|均|稳定|保持|控制|力争|年均|每年|每年度|逐年|年|同比|"
    r"分别)*+(?:增长|增加|提高|提升|下降|降低|上升|扩大|发展|增|升|降|提|扩|培育|减少)?(?:达到|达|为|是|至|到|在|约|"
    r"近|实现|突破|超过|共|累计)?的?|(?:于|在|较|比)?20\d\d年(?:\d{1,2}月)?[底末]?之?前?)$"
)
_MANNER = re.compile(
    r"^在[^,;\d]{2,40}?(?=新?[设建]|布局|举办|开展|组织|打造)|^(?:通过|采取|采用|按照?|以)[^,;]{1,30}?(?:方式|形式|途径|渠道|模式|办法),?"
)
_BASELINE = re.compile(r"[由从][^,;由从]{1,12}$")
_NOMINAL = re.compile(r"培训|孵化|服务|签约|招聘|改造|转化|对接|扶持|帮扶|减负|培养|征集")
_GROWTH = re.compile(r"增速|增幅|年增|翻|增$|(?:增长|增加|提高|提升|下降|降低|上升|减少)(?![到至])")
_RIGHT_LEAD = re.compile(r"^(?:以上|左右|的|规模的?|高质量|次|,)*的?")
_NEW_VERB = re.compile(
    r"^(?:20\d\d年|推荐|参加|参与|前往|入选|给予|用于|助力|予以|以|由|并|为|在|对|按|从而|使|实现|达到|推动|促进|支撑|形成|覆盖|以及)"
)
_CONJUNCTION = re.compile(r"^(?:、|以及|和|及|与|并|,)+")
_CONJUNCTION_END = re.compile(r"(?:、|以及|和|及|与|并|或|,)+$")
_ADVERB = re.compile(r"推荐(?=参加|到|进)|努力|力争|不断|从而|进而|切实|全面")
_ORGANISED = re.compile(
    r"(?:组织|动员|引导|依托|联合|推动)[^,;]{0,20}?(?:企业|单位|机构|院校|高校|协会|商会|部门|乡镇)"
    r"(?=(?:开发|建设|建成|新建|提供|举办|引进|吸纳|开展|培训).{2})"
)
_OUTCOME = re.compile(
    r"(?:实现|稳定|就近|就地|灵活|自主|成功)*(?:就业|创业|就业创业|创业就业|增收|脱贫|参与|参加|入库|落户|"
    r"达产|投产|开工)"
)


def is_growth(left: str, right: str = "") -> bool:
    return bool(_GROWTH.search(left[-12:]) or _GROWTH.match(right))


def is_verb_only(left: str) -> bool:
    """Nothing before the number but verbs, places and dates: the name stands behind it."""
    return bool(_VERB_ONLY.fullmatch(left))


def has_verb(left: str) -> bool:
    """带动就业1000人: the words before the number begin with a verb."""
    return bool(_VERB_LEAD.match(left))


def ends_in_verb(left: str) -> bool:
    """古城区建设|3万平方米文创园: the words before the number end with what is done."""
    return bool(_VERB_END.search(left))


def is_bare_verb(name: str) -> bool:
    """遴选, 认定: nothing that could be counted."""
    return bool(_BARE_VERB.fullmatch(name)) and not is_nominal(name)


def is_verb_chain(name: str) -> bool:
    """新建改造, 培育认定: two verbs at least, and nothing that could be counted."""
    return len(name) > 2 and bool(_BARE_VERB.fullmatch(name))


def is_nominal(left: str) -> bool:
    """培训10万人次: the verb itself names what is counted."""
    return bool(_NOMINAL.search(left))


def is_growth_only(left: str) -> bool:
    """同比增长, 年均增速: the name is the figure's before."""
    return bool(_GROWTH_ONLY.fullmatch(left)) and bool(left)


def scope_in(left: str) -> str | None:
    found = re.search(_SCOPE, left)
    return found[0] if found else None


def left_name(left: str) -> tuple[int, int]:
    """The part of `left` that names the figure after it."""
    start = 0
    while (lead := _lead_of(left[start:])) > 0:
        start += lead
    yearly = left.rfind("每年", start)
    if yearly > start and _BARE_VERB.match(left, yearly + 2) and not is_verb_only(left[yearly:]):
        start = yearly + 2  # 各县每年新建园区: who does it is not what is counted
    organised = _ORGANISED.match(left, start)
    start = organised.end() if organised else start
    end = len(left)
    found_tail = _TRAILING.search(left, start)
    if found_tail and found_tail.start() > start:
        end = found_tail.start()
    baseline = _BASELINE.search(left, start, end)
    if baseline and baseline.start() > start:
        end = baseline.start()
    return start, end


def _lead_of(words: str) -> int:
    """How many characters of manner, date or adverb stand before the name."""
    found = _MANNER.match(words) or _PERIOD_LEAD.match(words) or _LEADING_KEEP_VERB.match(words)
    return found.end() if found else 0


def right_name(right: str) -> tuple[int, int]:
    """The part of `right` that names the figure before it."""
    lead = _RIGHT_LEAD.match(right)
    start = lead.end() if lead else 0
    stop = _ADVERB.search(right, start)
    right = right[: stop.start()] if stop and stop.start() > start else right
    tail = _CONJUNCTION_END.search(right, start)
    end = tail.start() if tail else len(right)
    words = right[start:end]
    if words.endswith("等"):
        end -= 1
    return start, end


def starts_new_clause(right: str) -> bool:
    return bool(_NEW_VERB.match(right))


def is_outcome(right: str) -> bool:
    """…人就业, …户增收: the verb before the number and this word name the figure together."""
    return bool(_OUTCOME.fullmatch(right))


def at_level(name: str, scope: str | None) -> str:
    """新增国家级工作站 at 省级 → 新增省级工作站; 每个县建成园区 at 全市 → 建成园区."""
    if scope is None:
        return name
    if not scope.endswith("级"):
        return _SCOPE_LEAD.sub("", name) or name
    return re.sub(r"国家级|省级|市级|县级|区级", scope, name, count=1)


def listed(words: str) -> list[tuple[int, int]]:
    """The parts of a list joined by 、 or 和."""
    found: list[tuple[int, int]] = []
    at = 0
    for mark in [*re.finditer(r"、|以及|和|及|(?<=”)(?=“)", words), None]:
        end = mark.start() if mark else len(words)
        if end > at:
            found.append((at, end))
        at = mark.end() if mark else end
    return found


def split_gap(gap: str, *, wanted_left: bool) -> tuple[str, int, str]:
    """Words between two numbers: (name behind the first, where the second's begins, name before the second)."""
    lead = _CONJUNCTION.match(gap)
    if lead:
        return "", lead.end(), gap[lead.end() :]
    tail = _CONJUNCTION_END.search(gap)
    if tail and tail.start() > 0:
        return gap[: tail.start()], len(gap), ""
    if not wanted_left:
        mark = max(gap.rfind(sign) for sign in "、,")
        cut = mark if mark > 0 and is_verb_only(gap[mark + 1 :]) else len(gap)
        return gap[:cut], len(gap), ""
    cuts = [found.end() for found in re.finditer(r"、|以及|和|及|与|,", gap)]
    if not cuts:
        return gap, len(gap), ""
    return gap[: cuts[-1]].rstrip("、和及与以,"), cuts[-1], gap[cuts[-1] :]
