"""Tree → the Chinese sentence that it means, for officers and applicants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from guiyan.engine.rules import tree
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.model import Fact
from guiyan.engine.values import region_code

OPERATORS: dict[tree.CompareOp, str] = {
    "=": "是",
    "<>": "不是",
    "<": "不到",
    "<=": "不超过",
    ">": "超过",
    ">=": "不少于",
}
DATE_OPERATORS: dict[tree.CompareOp, str] = {**OPERATORS, "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
FUNCTIONS = {
    "years_after": "{0}之后{1}年的那天",
    "months_after": "{0}之后{1}个月的那天",
    "days_after": "{0}之后{1}天的那天",
    "full_years": "从{0}到{1}的整年数",
    "full_months": "从{0}到{1}的整月数",
}


def sentence(node: tree.Tree, catalogue: Catalogue, parameters: Mapping[str, Parameter] | None = None) -> str:
    """是返乡人员，并且办理注册登记的次数是1次。A parameter reads as its value; one that differs by region says each."""
    if parameters:
        catalogue = Worded(catalogue.facts, catalogue.names, parameters)
    return said(node, catalogue)


@dataclass(frozen=True, eq=False)
class Worded(Catalogue):
    """A catalogue with the parameters of a version."""

    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def said(node: tree.Tree, catalogue: Catalogue) -> str:
    match node:
        case tree.And(parts):
            return "，并且".join(bracketed(part, catalogue, tree.Or) for part in parts)
        case tree.Or(parts):
            return "，或者".join(bracketed(part, catalogue, tree.And) for part in parts)
        case tree.Not(part):
            return negated(part, catalogue)
        case tree.Name(name):
            return yes(catalogue.get(name), name)
        case tree.Compare(op, left, right):
            fact = fact_of(left, catalogue)
            words = DATE_OPERATORS if fact is not None and fact.type == "date" else OPERATORS
            return f"{operand(left, catalogue, None)}{words[op]}{operand(right, catalogue, fact)}"
        case tree.In(left, values):
            fact = fact_of(left, catalogue)
            choices = "、".join(operand(value, catalogue, fact) for value in values)
            return f"{operand(left, catalogue, None)}是{choices}{'之一' if len(values) > 1 else ''}"
        case tree.Between(left, low, high):
            fact = fact_of(left, catalogue)
            ends = f"{operand(low, catalogue, fact)}到{operand(high, catalogue, fact)}"
            return f"{operand(left, catalogue, None)}在{ends}之间（含两头）"
        case tree.Has(list_, key):
            return f"{label(catalogue.get(list_), list_)}里有“{code(catalogue.get(list_), key, catalogue)}”"
        case tree.RegionIn(name, region):
            return f"{label(catalogue.get(name), name)}在{place(region, catalogue)}"


def bracketed(part: tree.Tree, catalogue: Catalogue, kind: type) -> str:
    text = said(part, catalogue)
    return f"（{text}）" if isinstance(part, kind) else text


def negated(part: tree.Tree, catalogue: Catalogue) -> str:
    match part:
        case tree.Name(name):
            fact = catalogue.get(name)
            return fact.no if fact is not None and fact.no else f"不是{label(fact, name)}"
        case tree.Has(list_, key):
            return f"{label(catalogue.get(list_), list_)}里没有“{code(catalogue.get(list_), key, catalogue)}”"
        case tree.RegionIn(name, region):
            return f"{label(catalogue.get(name), name)}不在{place(region, catalogue)}"
    return f"并非（{said(part, catalogue)}）"


def yes(fact: Fact | None, name: str) -> str:
    return fact.yes if fact is not None and fact.yes else f"是{label(fact, name)}"


def label(fact: Fact | None, name: str) -> str:
    return fact.label if fact is not None else name


def fact_of(node: tree.Operand, catalogue: Catalogue) -> Fact | None:
    match node:
        case tree.Name(name):
            return catalogue.get(name)
        case tree.Amount(name, _):
            return catalogue.get(name)
    return None


def operand(node: tree.Operand, catalogue: Catalogue, fact: Fact | None) -> str:
    """`fact`: what the value is compared with; it gives codes their labels and numbers their unit."""
    match node:
        case tree.Name(name):
            parameter = catalogue.parameters.get(name) if isinstance(catalogue, Worded) else None
            return label(catalogue.get(name), name) if parameter is None else valued(parameter, fact, catalogue)
        case tree.Number(value):
            return number(value, fact.unit if fact is not None else "")
        case tree.Text(value):
            return text(value, fact, catalogue)
        case tree.Amount(name, key):
            found = catalogue.get(name)
            return f"{label(found, name)}（{code(found, key, catalogue)}）"
        case tree.Arithmetic(op, left, right):
            words = {"+": "加", "-": "减", "*": "乘以"}
            return f"（{operand(left, catalogue, fact)}{words[op]}{operand(right, catalogue, fact)}）"
        case tree.Call(function, arguments):
            shown = [operand(each, catalogue, None) for each in arguments]
            return FUNCTIONS[function].format(*shown) if function in FUNCTIONS else function


def valued(parameter: Parameter, fact: Fact | None, catalogue: Catalogue) -> str:
    """45周岁；按地区不同的：补贴标准（通山县6,000元，咸宁市5,000元）"""

    def one(written: str | None) -> str:
        if written is None:
            return "未公布"
        node = tree.Number(int(written)) if parameter.type == "int" else tree.Text(written)
        return operand(node, catalogue, fact)

    if not parameter.by_region:
        return one(parameter.value)
    each = "，".join(f"{place(code, catalogue)}{one(value)}" for code, value in parameter.by_region.items())
    return f"{parameter.label}（{each}）"


def number(value: int, unit: str) -> str:
    if unit == "元" and value and value % 10_000 == 0:
        return f"{value // 10_000:,}万元"
    return f"{value:,}{unit}"


def text(value: str, fact: Fact | None, catalogue: Catalogue) -> str:
    if fact is None or fact.type == "text":
        return f"“{value}”"
    if fact.type == "date":
        shown = dt.date.fromisoformat(value)
        return f"{shown.year}年{shown.month}月{shown.day}日"
    if fact.type == "region":
        return place(value, catalogue)
    return code(fact, value, catalogue)


def code(fact: Fact | None, key: str, catalogue: Catalogue) -> str:
    own = fact.codes.get(key) if fact is not None else None
    return own or catalogue.names.get(key, key)


def place(region: str, catalogue: Catalogue) -> str:
    return catalogue.names.get(str(region_code(region)), region)
