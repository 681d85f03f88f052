"""What the engine and the checks of packs find wrong, in the words of an officer.

Checks speak to implementers, in English, with file and line; at the desk the same faults are read by officers. Each
line of FAULTS is a sentence of a check and how it reads here; tests hold every fault that a draft can have against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

TYPES = {
    "bool": "是或不是",
    "int": "数字",
    "date": "日期",
    "text": "文字",
    "code": "选项",
    "region": "地区",
    "list": "多选",
    "map": "金额表",
    "nothing": "什么都没有",
}
WHOM = {"person": "个人", "organisation": "单位", "project": "项目"}
THINGS = {
    "fact": "事实",
    "parameter": "参数",
    "measure": "措施",
    "item": "事项",
    "region": "地区",
    "document": "文件",
    "plan": "方案",
    "payer": "出资单位",
    "unit kind": "单位类别",
    "key": "项目",
    "function": "函数",
}
Say = str | Callable[[re.Match[str]], str]


def typed(name: str) -> str:
    return TYPES.get(name, name)


def unknown(found: re.Match[str]) -> str:
    thing, name, near = found["thing"], found["name"], found["near"]
    hint = f"是不是{near}？" if near else "请从目录里选。"
    return f"没有“{name}”这个{THINGS.get(thing, thing)}。{hint}"


def about(found: re.Match[str]) -> str:
    kinds = "、".join(WHOM.get(one, one) for one in found[2].split(" and "))
    return f"“{found[1]}”说的是{kinds}的情况，这项措施是给{WHOM.get(found[3], found[3])}的。"


def fill_in(what: str, instead: str) -> str:
    return f"要填{what}，不能写{bare(instead)}。" if bare(instead) else "还没有填写。"


# fmt: off
FAULTS: tuple[tuple[str, Say], ...] = (
    (r"unknown (?P<thing>[a-z ]+) `(?P<name>[^`]*)`\.(?: Did you mean (?P<near>[^?]+)\?)?.*", unknown),
    (r"fact `([^`]+)` is about (.+), this rule is for (\w+)", about),
    (r"`(.+)` is (\w+), not bool: compare it with something",
     lambda m: f"“{m[1]}”是{typed(m[2])}，要写明和什么比。"),
    (r"`(.+)` is (\w+), not an? (\w+)", lambda m: f"“{m[1]}”是{typed(m[2])}，这里要的是{typed(m[3])}。"),
    (r"a (\w+) can't be compared with a (\w+)", lambda m: f"{typed(m[1])}不能和{typed(m[2])}比。"),
    (r"a text in quotes can't be compared with a (\w+)",
     lambda m: f"引号里的文字不能和{typed(m[1])}比，请写{typed(m[1])}。"),
    (r"a (\w+) can't be compared: .*", lambda m: f"{typed(m[1])}不能比大小，只能选“是”“不是”或者“包含”。"),
    (r"a (\w+) has no order: .*", lambda m: f"{typed(m[1])}没有大小，只能用“是”“不是”“是其中之一”。"),
    (r"a fact is compared with itself", "同一个事实不能和自己比。"),
    (r"`(.+)` and `(.+)` have different codes", lambda m: f"“{m[1]}”和“{m[2]}”的选项不一样，不能比。"),
    (r"two texts are compared; one side must be a fact", "比较的两边都是文字，有一边要是事实。"),
    (r"IN takes numbers, texts in quotes and parameters", "“是其中之一”后面只能列数字、选项和参数。"),
    (r"derived facts go in a circle: (.+)", lambda m: f"推算的事实绕成了圈：{m[1]}。"),
    (r"derived fact `(.+)` is declared .*", lambda m: f"推算的事实“{m[1]}”和它的类型不符。"),
    (r"arithmetic and date functions stand only .*", "条件里不能写算式和日期函数；请用已经推算好的事实。"),
    (r"arithmetic takes whole numbers|a product is of .*|\w+ takes .*", "算式写得不对。"),
    (r"`(.+)` has no code '([^']*)'\. Known: (.*)", lambda m: f"“{m[1]}”没有“{m[2]}”这个选项。"),
    (r"parameter `(.+)` has no value, so no condition can use it", lambda m: f"参数“{m[1]}”没有数值，条件里不能用。"),
    (r"parameter `(.+)` has no value for (.+), so .*", lambda m: f"参数“{m[1]}”在{m[2]}没有数值，条件里不能用。"),
    (r"a condition asks `(.+)`, which has no value for (.+)", lambda m: f"条件用到参数“{m[1]}”，它在{m[2]}没有数值。"),
    (r"parameter `(.+)` has the name of a fact", lambda m: f"参数“{m[1]}”和一个事实同名，请另取一个名称。"),
    (r"parameter `(.+)` differs by region, which successive payments may not",
     lambda m: f"分次发放的金额不能按地区不同，参数“{m[1]}”是按地区的。"),
    (r"the rule has (\d+) characters; (\d+) are allowed", lambda m: f"条件太长：{m[1]}字，最多{m[2]}字。请拆成几条。"),
    (r"the rule is nested more than .*", "条件套得太深，请拆成几条。"),
    (r"`(.*)` is not a rule: .*", lambda m: f"“{m[1]}”不成一个条件，请检查有没有少写或者多写。"),
    (r"`(.*)` has a comment; rules have none", "条件里不能写注释。"),
    (r"`(.*)` is not allowed in a rule.*", lambda m: f"条件里不能写“{m[1]}”。"),
    (r"`(.*)` is not allowed as a condition.*", lambda m: f"“{m[1]}”不能当条件。"),
    (r"`(.*)` is not the name of a fact.*", lambda m: f"“{m[1]}”不是事实的名称。"),
    (r"`(.*)` is not a whole number of at most 16 digits", lambda m: f"“{m[1]}”不是整数，或者太大。"),
    (r"`(.*)`: write the fact first, then what it is compared with", lambda m: f"“{m[1]}”：先写事实，再写和什么比。"),
    (r"`(.*)`: \w+ takes a fact and a text in quotes", lambda m: f"“{m[1]}”：括号里先写事实，再写带引号的选项。"),
    (r"'(.*)': (.+)", lambda m: f"“{m[1]}”：{in_chinese(m[2])}"),
    (r"fact `(.+)` \((.+)\): (.+)", lambda m: f"{m[2]}：{in_chinese(m[3])}"),
    (r"`(.+)` is derived from other facts; it can't be given", lambda m: f"“{m[1]}”是推算出来的，案例里不能直接填。"),
    (r"true or false is needed, not (.*)", lambda m: f"要选“是”或“不是”，不能写{bare(m[1])}。"),
    (r"a whole number is needed, not (.*)", lambda m: fill_in("整数", m[1])),
    (r"(-?\d+) is not between (-?\d+) and (-?\d+)", lambda m: f"{m[1]}不在{m[2]}到{m[3]}之间。"),
    (r"(-?\d+) is too large", lambda m: f"{m[1]}太大。"),
    (r"text is needed, not (.*)", lambda m: fill_in("文字", m[1])),
    (r"one of (.+) is needed, not (.*)", lambda m: f"没有{bare(m[2])}这个选项。"),
    (r"a list of ids is needed, not (.*)", lambda m: fill_in("一组选项", m[1])),
    (r"a mapping of ids to amounts is needed, not (.*)", lambda m: fill_in("各项的金额", m[1])),
    (r"`(.*)` is not a day of the calendar: .*", lambda m: f"日历上没有“{m[1]}”这一天。"),
    (r"a day such as 2025-06-09 is needed, not (.*)", lambda m: fill_in("日期，如2025-06-09", m[1])),
    (r"an amount in yuan such as .* is needed, not (.*)",
     lambda m: fill_in("金额，如5000或12.50", m[1])),
    (r"`(.*)` is not a region code.*|(\d+) is not a region code", lambda m: f"“{m[1] or m[2]}”不是地区代码。"),
    (r"the version from (\S+) ends before it begins, on (\S+)",
     lambda m: f"从{m[1]}起的版本{m[2]}就到期了，早于它开始的日子。"),
    (r"the version from (\S+) overlaps the one from (\S+)",
     lambda m: f"从{m[1]}起的版本和从{m[2]}起的版本日期重叠。版本要按日期先后排，前一个到期以后才开始后一个。"),
    (r"somebody can meet the conditions and be in no tier.*",
     "有人符合条件却哪一档都不在：请收紧条件，或者加最后一档“其他的”。"),
    (r"the smallest amount is larger than the largest", "最少的金额比最多的还大。"),
    (r"what was received can't be taken off a sum that is not stated", "没有写明金额，不能扣除先前领过的。"),
    (r"a successive payment needs a sum.*", "分次发放的每一次都要写明金额。"),
    (r"give `value` or `by_region`, not both", "统一的数值和各地区的数值只能填一样。"),
    (r"`by_region` and `on`, .*", "按地区填数值的，要说明按哪个事实里的地区算。"),
    (r"`by_region` names one region twice", "同一个地区填了两次。"),
    (r"give `amount_yuan` or its two ends, not both", "固定金额和最少、最多的金额只能填一样。"),
    (r"give one amount or `payments`, not both", "一次发放的金额和分次发放只能填一样。"),
    (r"with `tiers`, amounts and rates stand in the tiers", "分了档的，金额和比例填在各档里。"),
    (r"tier (\d+) stands without `when` before the last.*", lambda m: f"第{m[1]}档没有写条件，它后面的档谁也到不了。"),
    (r"measure `.+` has no golden cases.*", "还没有标准案例，至少要有一个。"),
    (r"say in `office` where people go with this measure.*", "没有可以申请的事项，要写明人们去哪里办、打什么电话。"),
    (r"item `(.+)` pays in several payments: .*", "分次发放的，要扣除这项措施自己先前发过的，每一次才只发一次。"),
    (r"`once_per` lets item `.+` pay once only; .*",
     "只能领一次的，不能扣除自己先前发过的；分次发放的请选“不限次数”。"),
    (r"nobody can meet `.+`: condition `(.+)` never holds", lambda m: f"谁也不可能符合：条件“{m[1]}”永远不成立。"),
    (r"nobody can meet `.+`: its conditions shut each other out", "谁也不可能符合：这些条件互相矛盾。"),
    (r"nobody who meets the conditions reaches the tier “(.+)”", lambda m: f"符合条件的人谁也到不了“{m[1]}”这一档。"),
    (r"“(.+)”: (\w+) should be .*, and is .*", "结果和标准案例写的不一样。"),
    (r"the (measure|form) is for (\w+), this item for (\w+)",
     lambda m: f"对象不一致：措施给{WHOM.get(m[2], m[2])}，事项给{WHOM.get(m[3], m[3])}。"),
    (r"its measures are for .*", "合在一起定的几项措施对象不同，一个人不可能都领。"),
)
# fmt: on
READY = tuple((re.compile(pattern, re.DOTALL), say) for pattern, say in FAULTS)


def in_chinese(message: str) -> str:
    """The message in plain words; one that is not known is shown as it is, so that nothing is lost."""
    for pattern, say in READY:
        found = pattern.fullmatch(message)
        if found is not None:
            return say if isinstance(say, str) else say(found)
    return f"这里写得不对：{message}"


def bare(shown: str) -> str:
    """What was typed, in Chinese quotes; empty for nothing."""
    text = shown.strip("`'\"")
    return "" if text in ("", "None") else f"“{text}”"


SHAPES: Mapping[str, str] = {
    "missing": "还没有填写。",
    "too_short": "至少要有一条。",
    "tuple_type": "这里要的是一组。",
    "list_type": "这里要的是一组。",
    "dict_type": "这里要分项填写。",
    "mapping_type": "这里要分项填写。",
    "model_type": "这里要分项填写。",
    "string_type": "这里要填文字。",
}


def of_shape(error: ErrorDetails) -> str:
    """A value that does not fit its type, in plain words."""
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"没有“{error['loc'][-1]}”这一项。"
    if kind == "literal_error":
        return f"没有{bare(str(error['input']))}这个选项。" if bare(str(error["input"])) else "还没有选。"
    if kind in SHAPES:
        return "还没有填写。" if error.get("input") is None else SHAPES[kind]
    return in_chinese(error["msg"].removeprefix("Value error, "))
