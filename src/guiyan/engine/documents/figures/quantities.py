"""Numbers with their units, scales and comparators, as tokens: 不少于30万名, 1—2家, 50%左右, (略)万元, 三分之二."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from guiyan.engine.values.chinese import chinese_number

_MULT = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_UNIT = (
    "人次|人天|人年|场次|个基点|基点|个百分点|百分点|平方米|平方公里|平方千米|立方米|公顷|公里|千米|千瓦时|兆瓦时|"
    "千瓦|兆瓦|卡时|核时|机时|学时|课时|小时|分钟|个工作日|工作日|个月"
    "|元人民币|元|人民币|美元|欧元|港元|个(?!性|体|转企)|家(?!庭|装|政|电|具|乡|校)|名(?!牌|优(?!秀|质)|老)|"
    "人(?!才|员|口|工|民|群|士|物|大|社)|位(?!于|置)|户(?!籍)"
    "|次(?!生)|场(?!景|地|所|馆|站|租)|项(?!目)|处(?!于|理|置)|所(?!有|得|需)|件|门(?!户|店|类|诊)|亩|吨|"
    "张|套(?!餐)|辆|台(?!湾|商|账)|座|条(?!件|例)|支(?!持|撑|出|付)|只|种(?!植|业|子)|类"
    "|批|期|节(?!约|能|点)|部(?!门|分)|篇|册|对(?!口|接|外|于)|组(?!织|建)|例|宗|笔|款|天(?!使)|日(?!常)|"
    "月|年|岁|周|倍|头|株|棵|米|幢|栋|间|床|班|堂|档|届|片(?!区)|块|艘|架|根|枚|颗|辑|幅|册|封"
    "|PFLOPS|EFLOPS|TB|PB|GB|MW|kW|P(?![A-Za-z])|T(?![A-Za-z])|㎡|m2"
)
_NUM = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "万亿|千亿|百亿|十亿|千万|百万|亿|万|千(?![瓦米克])|百(?!分)"
_CORE = re.compile(
    rf"(?:(?P<a>{_NUM})(?P<am>{_SCALE})?(?:(?:%|‰|元)?(?:-{{1,2}}|~|至|"
    rf"到)(?!20\d\d年)(?P<b>{_NUM})(?P<bm>{_SCALE})?)?|(?P<gap>\((?:略)\)|"
    rf"[×xX]{{1,4}}(?=[万亿个名家元%]))(?P<gm>{_SCALE})?)"
    rf"(?P<odd>余|多(?=[万亿个名家人元]))?(?P<om>{_SCALE})?(?:\(含\))?(?P<unit>%|‰|(?:{_UNIT})(?:\([个件套次台项户人家]\))?)?"
)
_CN = "一二两三四五六七八九十百"
_RATIO = re.compile(r"(?<![\d/.])(?P<part>\d)/(?P<whole>[2-9]|10)(?![\d/])(?=$|[以,;。、)])")
_FRACTION = re.compile(rf"(?P<whole>百|[{_CN}]{{1,3}})分之(?P<part>[{_CN}零]{{1,4}})")
_TENTHS = re.compile(
    r"(?<!\d)(?<!\d\.)(?<!\d[年月])(?P<tenths>[一二三四五六七八九](?:\.?[一二三四五六七八九五])?|\d(?:\.\d)?)折(?!叠|腾|射)"
)
_IN_TENTHS = re.compile(
    r"(?<![完形达建生构组变促养落现赞])(?P<part>[一二两三四五六七八九])成(?![立为功员果熟效长本就品交型年都活套群])"
)
_TO_ONE = re.compile(r"(?<![\d:.])(?P<part>\d{1,3}(?:\.\d{1,3})?)[:∶]1(?![\d:.])(?!比例?配套)")
_PROPORTION = re.compile(r"(?:之比|比例|比值|比)(?:达到?|为|超过|不低于|提高到|提高至)*$")
_HALF = re.compile(r"(?<=的)一半(?!以[上下])")
_DOUBLED = re.compile(r"翻(?P<times>[一两二三])番")
_SPELLED = re.compile(
    rf"(?P<cmp>不少于|不低于|至少|不超过|最长|最多)(?P<cn>[{_CN}]{{1,3}})(?P<unit>{_UNIT})|"
    rf"(?P<cn2>[{_CN}]{{1,3}})(?P<unit2>{_UNIT})(?:\(含\))?(?P<cmp2>及?以上|以内|以下)"
)
_BEFORE = re.compile(
    r"(?P<ge>不少于|不低于|不小于|不得少于|不得低于|至少[\u4e00-\u9fff]{0,4}|大于等于|大于或等于|≥|"
    r">=)(?P<tail>[约达为有到]{0,2})$"
    r"|(?P<gt>超过|超出|超|突破|高于|大于|多于|>)(?P<tail2>[约达为有到]{0,2})$"
    r"|(?P<le>不超过|不得超过|不超|不高于|不大于|不多于|不得高于|原则上不超过|最[高多](?:可|能|不|超过|"
    r"高于|分别|给予|予以|奖励|奖补|补贴|补助|资助|支持|扶持|享受?|获得?|申领|提高到|提高至|贷|补偿|返还|报销|贴息|减免|申请|一次性|按照?|每年|至|其|"
    r"的|资金|贷款|额度|金额|\()*|最长(?:可|不超过|为)?|至多|封顶|上限为?|低于|小于|少于|控制在|≤|<=|"
    r"<)(?P<tail3>[约达为到]{0,2})$"
)
_AFTER = re.compile(
    r"(?:/[亩人户家年月])?(?:(?:\((?:含|含本数|不含)[^()]{0,6}\))?(?P<ge>及其?以上|以上)|(?:\((?:含|不含)[^()]{0,6}\))?"
    r"(?P<le>及?以下|以内|之内|封顶|为(?:最高)?(?:限额|上限|限))|(?P<about>左右|上下))"
)
_NEAR = 16
_CODE_BEFORE = re.compile(r"[A-Za-z第前+.\-/×]$")
_QUOTED = re.compile(
    r"“[^“”]{0,40}”|《[^《》]{0,120}》|\(\d{4}\)\d+号|\d+号|\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{4}年?|"
    r"\d{4}[-.]\d{1,2}[-.]\d{1,2}"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number token. `start:end` covers comparators too, `core:core_end` digits to unit; `price`: 六折."""

    start: int
    core: int
    core_end: int
    end: int
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    comparator: str
    compared: bool
    approx: bool = False
    spelled: bool = False
    scaled: bool = False
    price: bool = False

    @property
    def is_money(self) -> bool:
        return self.unit == "元"

    @property
    def is_rate(self) -> bool:
        return self.unit in ("%", "个百分点")

    @property
    def is_time(self) -> bool:
        return self.unit in _TIMES


_TIMES = frozenset(("年", "月", "个月", "日", "天", "岁", "周", "小时", "分钟", "工作日", "个工作日"))


def quantities_in(chars: str) -> list[Quantity]:
    """The quantities of a sentence; numbers in quotes, titles, dates and codes are not quantities."""
    shut = [found.span() for found in _QUOTED.finditer(chars)]
    found = [*_figures(chars), *_words(chars)]
    found.sort(key=lambda each: (each.core, -each.core_end))
    kept: list[Quantity] = []
    for each in found:
        while shut and shut[0][1] <= each.core:
            shut.pop(0)
        if shut and shut[0][0] <= each.core:
            continue
        if not kept or each.core >= kept[-1].core_end:
            kept.append(each)
    return kept


def _figures(chars: str) -> Iterator[Quantity]:
    for match in _CORE.finditer(chars):
        if match["a"] and _CODE_BEFORE.search(chars[max(0, match.start() - 1) : match.start()]):
            continue
        token = _figure(chars, match)
        if token is not None:
            yield token


def _figure(chars: str, match: re.Match[str]) -> Quantity | None:
    unit = _unit(match["unit"] or "")
    scale = match["om"] or match["bm"] or match["am"] or match["gm"] or ""
    if not unit and not set(scale) & set("万亿"):
        return None
    value, value_max = _values(match, scale)
    if match["unit"] == "‰":
        value = None if value is None else value / 10
        value_max = None if value_max is None else value_max / 10
    begin, comparator = _comparator_before(chars, match.start())
    end, comparator, approx = _comparator_after(chars, match.end(), comparator)
    if match["odd"]:
        comparator = comparator or ">"
    return Quantity(
        begin,
        match.start(),
        match.end(),
        end,
        value,
        value_max,
        unit,
        comparator or "=",
        bool(comparator),
        approx,
        scaled=bool(scale),
    )


def _unit(word: str) -> str:
    if word in ("元", "元人民币", "人民币"):
        return "元"
    return {"‰": "%", "百分点": "个百分点", "㎡": "平方米", "m2": "平方米"}.get(word, word)


def _values(match: re.Match[str], scale: str) -> tuple[Decimal | None, Decimal | None]:
    if not match["a"]:
        return None, None
    own = match["am"] or (scale if match["b"] is None or not match["am"] else "")
    low = _whole(Decimal(match["a"].replace(",", "")) * _MULT[own])
    if match["b"] is None:
        return low, None
    high = _whole(Decimal(match["b"].replace(",", "")) * _MULT[match["bm"] or match["om"] or ""])
    return (low, high) if low < high else (low, None)


def _whole(value: Decimal) -> Decimal:
    """5.7万 is 57000, not 57000.0."""
    return value.to_integral_value() if value == value.to_integral_value() else value


def _comparator_before(chars: str, at: int) -> tuple[int, str]:
    found = _BEFORE.search(chars[max(0, at - _NEAR) : at])
    if found is None:
        return at, ""
    sign = ">=" if found["ge"] else ">" if found["gt"] else "<="
    return max(0, at - _NEAR) + found.start(), sign


def _comparator_after(chars: str, at: int, comparator: str) -> tuple[int, str, bool]:
    found = _AFTER.match(chars, at)
    if found is None:
        return at, comparator, False
    if found["about"]:
        return found.end(), comparator, True
    return found.end(), (">=" if found["ge"] else "<=") if comparator != ">" else comparator, False


def _words(chars: str) -> Iterator[Quantity]:
    """Fractions, tenths off, doublings and spelled numbers with a comparator."""
    for match in _FRACTION.finditer(chars):
        whole, part = _spelled(match["whole"]), _spelled(match["part"])
        if whole:
            share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")).normalize()
            yield _word(chars, match, Decimal(int(share)) if share == int(share) else share, "%")
    for match in _IN_TENTHS.finditer(chars):
        yield _word(chars, match, Decimal(10 * _spelled(match["part"])), "%")
    for match in _RATIO.finditer(chars):
        share = _whole((Decimal(match["part"]) * 100 / Decimal(match["whole"])).quantize(Decimal("0.01")))
        yield _word(chars, match, share, "%")
    for match in _TO_ONE.finditer(chars):
        if _PROPORTION.search(chars[max(0, match.start() - 8) : match.start()]):
            yield replace(_word(chars, match, _whole(Decimal(match["part"])), ""), spelled=False)
    for match in _HALF.finditer(chars):
        yield _word(chars, match, Decimal(50), "%")
    for match in _DOUBLED.finditer(chars):
        yield _word(chars, match, Decimal(100 * (2 ** _spelled(match["times"]) - 1)), "%")
    for match in _TENTHS.finditer(chars):
        digits = "".join(str(_spelled(c)) if c in _CN else c for c in match["tenths"])
        tenths = Decimal(digits) / 10 if len(digits) == 2 and digits.isdigit() else Decimal(digits)
        yield replace(_word(chars, match, tenths * 10, "%"), price=True)
    for match in _SPELLED.finditer(chars):
        word, unit = match["cn"] or match["cn2"], match["unit"] or match["unit2"]
        core = match.start("cn") if match["cn"] else match.start("cn2")
        core_end = match.end("unit") if match["unit"] else match.end("unit2")
        sign = "<=" if (match["cmp"] or match["cmp2"]) in ("不超过", "最长", "最多", "以内", "以下") else ">="
        yield Quantity(
            match.start(),
            core,
            core_end,
            match.end(),
            Decimal(_spelled(word)),
            None,
            _unit(unit),
            sign,
            True,
            spelled=True,
        )


def _word(chars: str, match: re.Match[str], value: Decimal, unit: str) -> Quantity:
    begin, comparator = _comparator_before(chars, match.start())
    end, comparator, approx = _comparator_after(chars, match.end(), comparator)
    return Quantity(
        begin,
        match.start(),
        match.end(),
        end,
        value,
        None,
        unit,
        comparator or "=",
        bool(comparator),
        approx,
        spelled=True,
    )


def _spelled(word: str) -> int:
    return chinese_number(word.replace("两", "二"))
