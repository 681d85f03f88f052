"""Text of a rule → tree. SQLGlot reads the SQL; only the exact node types listed here get through."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.expressions import Expr

from guiyan.engine.rules import tree
from guiyan.engine.rules.errors import RuleError

LONGEST = 4000
DEEPEST = 60
NAME = re.compile(r"[a-z][a-z0-9_]*")
COMPARISONS: dict[type[Expr], tree.CompareOp] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
ARITHMETIC: dict[type[Expr], tree.ArithmeticOp] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
INSTEAD: dict[type[Expr], str] = {
    exp.Null: "NULL is not used: a fact not given is unknown by itself",
    exp.Is: "IS is not used: write the fact or NOT the fact",
    exp.Boolean: "TRUE and FALSE are not used: write the fact or NOT the fact",
    exp.Like: "LIKE is not used: compare whole codes",
    exp.Case: "CASE is not used: write one version or measure per case",
    exp.Coalesce: "COALESCE is not used: what is unknown stays unknown",
    exp.Cast: "casts are not used: facts have their types",
    exp.Div: "division is not used: multiply the other side",
    exp.Subquery: "a rule has no subqueries",
    exp.Select: "a rule has no subqueries",
}


@lru_cache(maxsize=4096)
def parse(text: str) -> tree.Tree:
    """The tree of a condition. Raises RuleError that says what is not allowed and what to write instead."""
    return condition(sql(text))


@lru_cache(maxsize=1024)
def parse_operand(text: str) -> tree.Operand:
    """The tree of a derived value or an amount, where arithmetic and date functions are allowed."""
    return operand(sql(text))


def sql(text: str) -> Expr:
    if len(text) > LONGEST:
        raise RuleError(f"the rule has {len(text)} characters; {LONGEST} are allowed")
    try:
        found = sqlglot.parse_one(text)
    except (SqlglotError, RecursionError) as wrong:
        reason = "it is nested too deeply" if isinstance(wrong, RecursionError) else plain_reason(wrong)
        raise RuleError(f"`{text}` is not a rule: {reason}") from None
    if any(node.comments for node in found.walk()):
        raise RuleError(f"`{text}` has a comment; rules have none")
    if deepest(found) > DEEPEST:
        raise RuleError(f"the rule is nested more than {DEEPEST} levels deep")
    return found


def plain_reason(wrong: Exception) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", str(wrong).splitlines()[0])


def deepest(node: Expr) -> int:
    level, waiting = 0, [node]
    while waiting:
        level += 1
        waiting = [child for each in waiting for child in each.iter_expressions()]
    return level


def condition(node: Expr) -> tree.Tree:
    reader = CONDITIONS.get(type(node))
    if reader is None:
        raise refusal(node)
    return reader(node)


def operand(node: Expr) -> tree.Operand:
    reader = OPERANDS.get(type(node))
    if reader is None:
        raise refusal(node)
    return reader(node)


def refusal(node: Expr) -> RuleError:
    instead = next((text for kind, text in INSTEAD.items() if type(node) is kind), "")
    return RuleError(f"`{node.sql()}` is not allowed in a rule" + (f": {instead}" if instead else ""))


def name(node: Expr) -> tree.Name:
    identifier = node.this
    alone = set(filled(node)) == {"this"} and type(identifier) is exp.Identifier and not identifier.args.get("quoted")
    if not alone or not NAME.fullmatch(identifier.this):
        raise RuleError(f"`{node.sql()}` is not the name of a fact: names are small letters, digits and _")
    return tree.Name(identifier.this)


def filled(node: Expr) -> list[str]:
    return [key for key, value in node.args.items() if value not in (None, [], False)]


def literal(node: Expr) -> tree.Operand:
    if node.is_string:
        return tree.Text(str(node.this))
    return tree.Number(whole(str(node.this)))


def whole(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", text):
        raise RuleError(f"`{text}` is not a whole number of at most 16 digits")
    return int(text)


def negative(node: Expr) -> tree.Operand:
    if type(node.this) is exp.Literal and not node.this.is_string and str(node.this.this) != "0":
        return tree.Number(-whole(str(node.this.this)))
    raise refusal(node)


def comparison(node: Expr) -> tree.Tree:
    left = operand(node.this)
    if isinstance(left, tree.Number | tree.Text):
        raise RuleError(f"`{node.sql()}`: write the fact first, then what it is compared with")
    return tree.Compare(COMPARISONS[type(node)], left, operand(node.expression))


def membership(node: Expr) -> tree.Tree:
    if set(filled(node)) != {"this", "expressions"}:
        raise refusal(node)
    return tree.In(operand(node.this), tuple(operand(each) for each in node.expressions))


def between(node: Expr) -> tree.Tree:
    if set(filled(node)) != {"this", "low", "high"}:
        raise refusal(node)
    return tree.Between(operand(node.this), operand(node.args["low"]), operand(node.args["high"]))


def function_condition(node: Expr) -> tree.Tree:
    called = str(node.this)
    if called not in ("has", "region_in"):
        raise RuleError(
            f"`{node.sql()}` is not allowed as a condition; the functions are has(list, 'id'), region_in(fact, 'code')"
        )
    fact, key = fact_and_key(node)
    return tree.Has(fact, key) if called == "has" else tree.RegionIn(fact, key)


def function_operand(node: Expr) -> tree.Operand:
    called = str(node.this)
    if called == "amount":
        return tree.Amount(*fact_and_key(node))
    return tree.Call(called, tuple(operand(each) for each in node.expressions))


def fact_and_key(node: Expr) -> tuple[str, str]:
    arguments = [operand(each) for each in node.expressions]
    match arguments:
        case [tree.Name(fact), tree.Text(key)]:
            return fact, key
    raise RuleError(f"`{node.sql()}`: {node.this} takes a fact and a text in quotes")


def arithmetic(node: Expr) -> tree.Operand:
    return tree.Arithmetic(ARITHMETIC[type(node)], operand(node.this), operand(node.expression))


CONDITIONS: dict[type[Expr], Callable[[Expr], tree.Tree]] = {
    exp.Column: name,
    exp.In: membership,
    exp.Between: between,
    exp.Anonymous: function_condition,
    exp.Not: lambda node: tree.Not(condition(node.this)),
    exp.Paren: lambda node: condition(node.this),
    exp.And: lambda node: tree.all_of([condition(node.this), condition(node.expression)]),
    exp.Or: lambda node: tree.any_of([condition(node.this), condition(node.expression)]),
    **dict.fromkeys(COMPARISONS, comparison),
}
OPERANDS: dict[type[Expr], Callable[[Expr], tree.Operand]] = {
    exp.Column: name,
    exp.Literal: literal,
    exp.Neg: negative,
    exp.Anonymous: function_operand,
    exp.Paren: lambda node: operand(node.this),
    **dict.fromkeys(ARITHMETIC, arithmetic),
}
