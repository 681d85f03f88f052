"""Indicators: every promised figure with its name, comparator, unit, period and parent."""

from __future__ import annotations

import re
from dataclasses import replace

from guiyan.engine.documents import names
from guiyan.engine.documents.figures import (
    LEVEL_UNITS,
    Named,
    Piece,
    is_nested,
    named_figures,
    pieces_of,
    without_attributes,
)
from guiyan.engine.documents.model import ParsedIndicator
from guiyan.engine.documents.passages import Sentence
from guiyan.engine.documents.periods import Period, Reach, governing, periods_in
from guiyan.engine.documents.quantities import Quantity
from guiyan.engine.documents.roles import Reading, Role
from guiyan.engine.documents.view import phrase, strip_span

_NOT_TARGETS = re.compile(
    r"所称|是指|(?:应当?|须|需)(?:同时)?(?:具备|符合|满足)|(?:符合|"
    r"具备)(?:以下|下列)|方可|方能|才可|(?:可|才能)(?:申报|申请认定|申请享受)"
)
_NOT_TARGET_SECTIONS = re.compile(
    r"适用范围|附则|名词解释|解释权|(?:申报|认定|申请|支持|入驻|补贴|评审|审核|准入|退出|复核|考核|资金)"
    r"(?:条件|标准|对象|程序|材料|流程|要求|方式|管理|评价)"
)
_NORM = re.compile(r"(?:明确|配备|安排|指定|确定|配置)$")
_BY_EACH = re.compile(r"每[名位人](?!口)[^,;。]{1,12}(?:结对|帮扶|联系|服务|指导|帮带|带教|带徒)[^,;。]{0,6}$")
_MEMBERS = re.compile(r"(?:[市县区省]直|相关|职能)?(?:部门|单位|成员单位)(?:为|组成|参加|参与)")
_ROUTINE = re.compile(r"(?:通报|调度|报送|汇报|督查|督导|会商|约谈|排名)(?:至少|不少于)?$")
_ONLY = re.compile(r"(?:只能|仅限|只可|只允许|限报|限申报)[^,;。]{0,6}$")
_TOLERATED = re.compile(r"的?(?:亏损|损失|失败|失误)")
_ACTED_ON = re.compile(
    r"(?:实施|组织|开展|启动|推进|建立|打造|设立|建设|评选|举办|开设)(?P<what>(?:“[^“”]{1,16}”)?[^,;。“”]{0,14}),$"
)
_PROMISES = re.compile(r"力争|争取|确保|目标|计划(?!单列)|要|将|预计")
_HELD = re.compile(r"控制|压[减缩降]|降[到至]|限[制于]|不超过$")
_SIZE_BEFORE = re.compile(r"(?P<size>(?:总|投资|资金|管理)?规模)(?:达到?|为|约)?$")
_SIZED_NOUN = re.compile(r"的(?P<what>[^,;。的]{2,24}?(?:基金|资金池|项目库|集群|园区|专项))(?=[,;。]|$)")
_AIM = re.compile(r"的?(?:总|年度)?(?:目标|任务)")
_NO_NAME = re.compile(
    r"(?:费率|利率|收费标准|补贴标准|收费|权重|分值|(?:调度|例|联席|推进|专题|工作)会议?|"
    r"调度|通报|督查|督导|会商|报送|汇报|研究|组成)$|^每[次期批场]$|^(?:累计)?(?:次数|频次|批次)$"
)
_PAST = re.compile(
    r"已(?:经)?(?:累计)?(?:建成|达到?|有|引进|培育|发放|"
    r"完成|实现|拥有|投入)"
)


def indicators_of(text: str, passages: list[Sentence], readings: list[Reading]) -> tuple[ParsedIndicator, ...]:
    """The indicators of the document, in order."""
    found: list[ParsedIndicator] = []
    for sentence, reading in zip(passages, readings, strict=True):
        if any(role is Role.TARGET for role in reading.roles) and _may_promise(sentence):
            found += _of_sentence(text, sentence, reading, found)
    return tuple(found)


def _may_promise(sentence: Sentence) -> bool:
    if sentence.looks_back or _NOT_TARGETS.search(sentence.chars) or _PAST.search(sentence.chars):
        return False
    return not any(_NOT_TARGET_SECTIONS.search(heading[:30]) for heading in sentence.path)


def _of_sentence(
    text: str, sentence: Sentence, reading: Reading, known: list[ParsedIndicator]
) -> list[ParsedIndicator]:
    targets = [
        quantity
        for quantity, role in zip(reading.quantities, reading.roles, strict=True)
        if role is Role.TARGET and not quantity.is_time and not _is_limit(reading.chars, quantity)
    ]
    periods = periods_in(reading.chars)
    found: list[ParsedIndicator] = []
    taken = [each for each in targets if _AIM.match(reading.chars, each.end)]
    found += [again for each in taken if (again := _said_again(sentence, each, known))]
    targets = [each for each in targets if each not in taken]
    for piece in pieces_of(reading):
        mine = [
            each for each in targets if piece.start <= each.core < piece.end and not is_nested(reading, piece, each)
        ]
        mine = without_attributes(reading, piece, mine)
        if mine:
            found += _of_piece(text, sentence, reading, piece, mine, periods, found)
    return found


def _of_piece(
    text: str,
    sentence: Sentence,
    reading: Reading,
    piece: Piece,
    mine: list[Quantity],
    periods: list[Period],
    before: list[ParsedIndicator],
) -> list[ParsedIndicator]:
    found: list[ParsedIndicator] = []
    total = next((each for each in reversed(before) if each.parent is None), None)
    for index, named in enumerate(named_figures(reading, piece, mine)):
        elders = (before + found)[::-1]
        same_unit = (each for each in elders if each.unit == named.quantity.unit and not named.growth)
        elder = next(same_unit, elders[0] if elders else None)
        name, span = _name_words(text, sentence, named, elder)
        if elder is None and named.inherits and names.is_bare_verb(name):
            name = _object_before(text, sentence, piece) or name
        if len(name) == 2 and sentence.path:
            name = _fuller(name, sentence.path[-1])
        if not name or _NO_NAME.search(name) or _is_bare_subject(named, periods, before + found):
            continue
        if _is_norm(reading, piece, named.quantity) or _is_slogan(reading.chars, named.quantity, name):
            continue
        parent = total.name if piece.breakdown and total is not None else None
        if parent is None and before and _goes_on(reading, piece, named, before[-1], total):
            parent = before[-1].parent
        if parent is None and named.inherits and elder is not None:
            parent = elder.parent
        reach = _own_year(reading, periods, piece, mine, index) or governing(
            periods, named.left_start, named.quantity.core
        )
        found.append(_indicator(sentence, named, name, span, reach, parent))
    return found


def _fuller(name: str, heading: str) -> str:
    """全年培训600人次 under 开展技能培训: the heading says which."""
    found = re.search(rf"[\u4e00-\u9fff]{{2,10}}{name}", heading) if re.fullmatch(r"[\u4e00-\u9fff]{2}", name) else None
    if found is None:
        return name
    start, _ = names.left_name(found[0])
    words = found[0][start:]
    return words if len(words) > 2 else name


def _object_before(text: str, sentence: Sentence, piece: Piece) -> str:
    """实施“揭榜挂帅”项目,每年遴选不超过12个: what the clause before acts on."""
    found = _ACTED_ON.search(sentence.chars, max(0, piece.start - 60), piece.start)
    return "".join(phrase(text, sentence.view.span(*found.span("what"))).split()) if found else ""


def _goes_on(
    reading: Reading, piece: Piece, named: Named, last: ParsedIndicator, total: ParsedIndicator | None
) -> bool:
    """其中A 500人,B 300人: the next clause, the same unit, a part of the same total, and no verb of its own."""
    if last.parent is None or total is None or total.name != last.parent or reading.chars[piece.start - 1] != ",":
        return False
    smaller = total.value is not None and named.quantity.value is not None and named.quantity.value < total.value
    left = reading.chars[piece.start : named.quantity.start]
    return smaller and named.quantity.unit == total.unit and not names.has_verb(left)


def _is_limit(chars: str, quantity: Quantity) -> bool:
    """只能承担1个项目, 允许最高100%亏损, 每季度通报1次: what one may do, lose or must report, no target."""
    before = chars[max(0, quantity.start - 30) : quantity.start]
    if _MEMBERS.match(chars, quantity.end) or _ROUTINE.search(before) or _BY_EACH.search(before):
        return True
    return bool(_ONLY.search(before) or (quantity.is_rate and _TOLERATED.match(chars, quantity.end)))


def _said_again(sentence: Sentence, quantity: Quantity, known: list[ParsedIndicator]) -> ParsedIndicator | None:
    """确保12万人目标实现: the target said before, by value and unit."""
    same = (x for x in reversed(known) if (x.value, x.unit) == (quantity.value, quantity.unit))
    first = next(same, None)
    return replace(first, span=sentence.view.span(quantity.start, quantity.end)) if first else None


def _own_year(reading: Reading, periods: list[Period], piece: Piece, mine: list[Quantity], index: int) -> Reach | None:
    """2025年、2026年分别新增20家、25家: each figure has its own year."""
    years = [each.year for each in periods if piece.start <= each.start < mine[0].core and each.year is not None]
    if len(years) < 2 or len(years) != len(mine) or "分别" not in reading.chars[piece.start : mine[0].core]:
        return None
    return Reach(f"by:{years[index]}")


def _is_norm(reading: Reading, piece: Piece, quantity: Quantity) -> bool:
    """明确1名服务专员: what each recipient gets, not what the city reaches."""
    small = quantity.value is not None and quantity.value <= 3 and quantity.unit in ("名", "个", "位", "人")
    left = reading.chars[max(0, quantity.start - 60) : quantity.start]
    return small and bool(_NORM.search(left) or re.search(r"为[^。;]{2,40}(?:明确|配备|安排|指定)", left))


def _is_bare_subject(named: Named, periods: list[Period], before: list[ParsedIndicator]) -> bool:
    """4个县区先后…: a sentence that opens with a number tells of its subject and promises nothing."""
    quantity = named.quantity
    opens = quantity.core == named.left_start and not before and not periods
    return opens and not quantity.is_rate and not quantity.compared


def _is_slogan(chars: str, quantity: Quantity, name: str) -> bool:
    """10条措施 counts the document's own words, not what it promises."""
    words = name + chars[quantity.end : quantity.end + 16]
    return quantity.unit in ("条", "项", "类", "种") and bool(re.search(r"举措|措施|政策(?!性)|条例|意见", words))


def _name_words(
    text: str, sentence: Sentence, named: Named, elder: ParsedIndicator | None
) -> tuple[str, tuple[int, int]]:
    quantity = named.quantity
    own = sentence.view.span(quantity.start, quantity.end)
    sized = _SIZE_BEFORE.search(sentence.chars, named.left_start, quantity.start)
    noun = _SIZED_NOUN.match(sentence.chars, quantity.end) if sized and quantity.is_money else None
    if sized and noun:
        place = sentence.view.span(*noun.span("what"))
        return phrase(text, place) + sized["size"], (own[0], place[1])
    if elder is not None and named.inherits:
        return names.at_level(elder.name, named.scope), own
    if named.name is not None and named.name[0] < named.name[1]:
        span = strip_span(text, sentence.view.span(*named.name), "。,，、;；:： 的")
        if named.name[0] < quantity.start < named.name[1]:
            verb = sentence.view.span(named.name[0], quantity.start)
            behind = sentence.view.span(quantity.end, named.name[1])
            return phrase(text, verb) + phrase(text, behind), (min(own[0], verb[0]), behind[1])
        words = "".join(phrase(text, span).split()) if span[0] < span[1] else ""
        if len(words) >= 2 and re.search(r"[\u4e00-\u9fffA-Za-z]{2}", words):
            return words, (min(own[0], span[0]), max(own[1], span[1]))
    return "", own


def _indicator(
    sentence: Sentence, named: Named, name: str, span: tuple[int, int], reach: Reach, parent: str | None
) -> ParsedIndicator:
    quantity = named.quantity
    return ParsedIndicator(
        name=name,
        comparator=quantity.comparator,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        kind=_kind(quantity, name, named.growth),
        span=span,
        period=reach.period,
        parent=parent,
        deadline=reach.deadline,
        approx=quantity.approx,
        redacted=quantity.value is None,
        scope=named.scope,
        horizon=reach.horizon,
        confidence=_confidence(quantity, name, named, firm=_is_firm(sentence.chars, quantity, reach)),
        section_path=sentence.path,
        plan=sentence.plan,
    )


def _kind(quantity: Quantity, name: str, growth: bool) -> str:
    if quantity.is_rate:
        return "growth_rate" if growth or re.search(r"增[长幅速]", name) else "ratio"
    if re.search(r"每(?:万|千|百|亿)[人元户]|人均|每人", name):
        return "ratio"
    return "level" if quantity.unit in LEVEL_UNITS else "count"


def _is_firm(chars: str, quantity: Quantity, reach: Reach) -> bool:
    """Whether the sentence itself says that the figure is promised: a bound, a period, or a word that looks ahead."""
    before = chars[max(0, quantity.core - 240) : quantity.core]
    if quantity.comparator in (">=", ">") or reach.period in ("per_year", "cumulative") or _PROMISES.search(before):
        return True
    if quantity.comparator == "<=":
        return bool(_HELD.search(before) or chars[: quantity.end].endswith(("以内", "之内")))
    year = (reach.period or "by:none")[3:]
    return bool(re.search(rf"[到至]{year}|“十|{year}年?[底末前]", before))


def _confidence(quantity: Quantity, name: str, named: Named, *, firm: bool) -> float:
    """What makes a reading doubtful: no word of promise, no unit, a name that is borrowed, very short or long."""
    value = 0.95 - 0.1 * (not firm) - 0.1 * (len(name) <= 2)
    value -= 0.15 * (not quantity.unit) + 0.15 * named.inherits + 0.1 * (len(name) > 25) + 0.1 * quantity.spelled
    return round(max(value, 0.3), 2)
