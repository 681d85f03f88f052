"""The builder's words: which operators a fact has, what is wrong with a line, and a typed value as an operand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiyan.engine.rules import tree
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.building import UNCHOSEN, Line, Operator, Row, name_of
from guiyan.engine.rules.catalogue import ON_DAY, READERS, Catalogue, bounds
from guiyan.engine.rules.model import Fact, FactType, SubjectKind
from guiyan.engine.rules.sentence import DATE_OPERATORS, OPERATORS
from guiyan.engine.values import region_code

RANGES: dict[Operator, str] = {"between": "在…之间（含两头）", "one_of": "是其中之一"}
OPERATORS_OF: dict[FactType, dict[Operator, str]] = {
    "bool": {"is": "是", "is_not": "不是"},
    "int": {**{op: OPERATORS[op] for op in ("<=", ">=", "<", ">", "=", "<>")}, **RANGES},
    "date": {**{op: DATE_OPERATORS[op] for op in (">=", "<=", "<", ">", "=", "<>")}, **RANGES},
    "code": {**{op: OPERATORS[op] for op in ("=", "<>", ">=", "<=", ">", "<")}, **RANGES},
    "text": {"=": "是", "<>": "不是", "one_of": "是其中之一"},
    "region": {"in_region": "在", "not_in_region": "不在", "=": "正好是", "<>": "不是", "one_of": "是其中之一"},
    "list": {"has": "里有", "has_not": "里没有"},
    "map": {},
}
OPERATORS_OF["map"] = OPERATORS_OF["int"]
# How many values an operator takes; None: one or more.
VALUES: dict[Operator, int | None] = {"is": 0, "is_not": 0, "between": 2, "one_of": None}
NEEDS = {
    "int": "请填整数，例如45",
    "date": "请填日期，例如2026-06-09",
    "code": "请选一个",
    "text": "请填内容",
    "region": "请选一个地方",
    "list": "请选一个",
}


@dataclass(frozen=True)
class Saying:
    """What the lines of one version may name, and for whom they are."""

    catalogue: Catalogue
    parameters: Mapping[str, Parameter]
    kind: SubjectKind

    def fact(self, name: str) -> Fact | None:
        return self.catalogue.get(name)

    def type_of(self, operand: tree.Operand) -> FactType | None:
        """The type of a name or amount; None for literals and for what nobody knows."""
        match operand:
            case tree.Name(name) if name in self.parameters:
                return self.parameters[name].type
            case tree.Name(name):
                fact = self.fact(name)
                return fact.type if fact is not None else None
            case tree.Amount():
                return "map"
        return None

    def facts(self) -> list[Fact]:
        """Every fact that lines of this kind may ask, the day last."""
        of_kind = [fact for fact in self.catalogue.facts.values() if self.kind in fact.kinds]
        day = self.fact(ON_DAY)
        return [*of_kind, *([day] if day is not None else [])]


def typed(raw: str, type_: FactType | None) -> tree.Operand:
    """What was typed, as the operand of that type; what doesn't fit stays the text that it was."""
    raw = raw.strip()
    plain = raw.replace(",", "").replace("，", "")
    if type_ in ("int", "map") and re.fullmatch(r"0|-?[1-9][0-9]{0,15}", plain):
        return tree.Number(int(plain))
    return tree.Text(raw)


def faults(row: Row, saying: Saying) -> Iterator[tuple[tuple[int, ...], str]]:
    """(place, sentence) of every line that is not finished or can't be: (0, 2) is the third row of the first group."""
    if isinstance(row, Line):
        if wrong := fault(row, saying):
            yield (), wrong
        return
    if not row.rows:
        yield (), "这一组还没有条件，请加一行，或者删掉这一组"
    for place, each in enumerate(row.rows):
        yield from (((place, *inner), wrong) for inner, wrong in faults(each, saying))


def fault(line: Line, saying: Saying) -> str:
    """What is wrong with the line, in words for whoever writes it; empty when it is finished."""
    name = name_of(line)
    type_ = saying.type_of(line.about)
    fact = saying.fact(name)
    if name == UNCHOSEN:
        return "请选一项事实"
    if type_ is None:
        return f"没有“{name}”这项事实，请另选一项"
    if fact is not None and name != ON_DAY and saying.kind not in fact.kinds:
        return f"“{fact.label}”问的不是这类对象，请另选一项"
    if isinstance(line.about, tree.Amount) and not line.about.key:
        return "请选是哪一项政策的金额"
    if line.operator not in OPERATORS_OF[type_]:
        return "这项事实不能这样比，请另选一个比法"
    takes = VALUES.get(line.operator, 1)
    values = line.values if takes is None else [*line.values, *([tree.Text("")] * 2)][:takes]
    if takes is None and not values:
        return NEEDS["int" if type_ == "map" else type_]
    wrong = next((found for value in values if (found := value_fault(value, type_, fact, saying))), "")
    return wrong or ends_fault(line)


def value_fault(value: tree.Operand, type_: FactType, fact: Fact | None, saying: Saying) -> str:
    wanted: FactType = "int" if type_ == "map" else type_
    match value:
        case tree.Text(text):
            return text_fault(text, wanted, fact)
        case tree.Number(number):
            return number_fault(number, type_, fact)
        case tree.Name(name) if name in saying.parameters and saying.parameters[name].value is None:
            if not saying.parameters[name].by_region:
                return f"参数“{saying.parameters[name].label}”还没有值"
    other = saying.type_of(value)
    if other is None:
        return "请选一个参数或一项事实"
    return "" if ("int" if other == "map" else other) == wanted else "两边不是同一类，不能比"


def text_fault(text: str, wanted: FactType, fact: Fact | None) -> str:
    if not text or wanted == "int":
        return NEEDS[wanted]
    if wanted == "list":
        return "" if fact is None or not fact.codes or text in fact.codes else NEEDS["list"]
    if wanted == "region":
        return "" if is_region(text) else NEEDS["region"]
    try:
        READERS[wanted](text, fact)
    except ValueError:
        return NEEDS[wanted]
    return ""


def is_region(text: str) -> bool:
    try:
        region_code(text)
    except ValueError:
        return False
    return True


def number_fault(number: int, type_: FactType, fact: Fact | None) -> str:
    if type_ not in ("int", "map"):
        return NEEDS.get(type_, "请另填一个值")
    if fact is None:
        return ""
    least, most = bounds(fact)
    if least <= number <= most:
        return ""
    if number < least:
        return f"“{fact.label}”最小是{least}，请核对这个数"
    return f"“{fact.label}”最大是{most}，请核对这个数"


def ends_fault(line: Line) -> str:
    """A between whose ends stand the wrong way round is never met."""
    match line.operator, line.values:
        case "between", (tree.Number(low), tree.Number(high)) if low > high:
            return "前一个数比后一个大，没有人能满足"
        case "between", (tree.Text(low_day), tree.Text(high_day)) if low_day[:1].isdigit() and low_day > high_day:
            return "前一天比后一天晚，没有人能满足"
    if len(line.values) == 1 and line.values[0] == line.about:
        return "两边是同一项，不能跟自己比"
    return ""
