"""A condition as rows that a builder draws: groups of lines, nested to any depth. Tree ↔ rows, exactly.

    tree_of(rows_of(tree)) == tree                  for every tree that can be written in a measure
    rows_of(tree_of(rows)) == normal(rows)          for all rows; it means the same, and `normal` says what it joins

A line is a fact, an operator and values. A `none` group (都不满足) is NOT over any of its rows. What is not finished
is a tree as well (no fact chosen: `UNCHOSEN`; no value yet: an empty text), and nothing that resolves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiyan.engine.rules import tree
from guiyan.engine.rules.errors import RuleError

GroupKind = Literal["all", "any", "none"]
Operator = Literal[
    "is", "is_not", "has", "has_not", "in_region", "not_in_region", "=", "<>", "<", "<=", ">", ">=", "between", "one_of"
]  # fmt: skip
Subject = tree.Name | tree.Amount  # what a line is about
UNCHOSEN = "unchosen"
COMPARISONS: tuple[tree.CompareOp, ...] = ("=", "<>", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Line:
    """`values`: none for is and is_not; the key of has, the code of in_region; two for between, any for one_of."""

    about: Subject
    operator: Operator
    values: tuple[tree.Operand, ...] = ()


@dataclass(frozen=True)
class Group:
    kind: GroupKind
    rows: tuple[Row, ...]


Row = Line | Group
EMPTY_LINE = Line(tree.Name(UNCHOSEN), "=", (tree.Text(""),))


def rows_of(node: tree.Tree) -> Row:
    """Raises RuleError for what only derived facts may hold: arithmetic and date functions."""
    match node:
        case tree.And(parts):
            return Group("all", tuple(rows_of(part) for part in parts))
        case tree.Or(parts):
            return Group("any", tuple(rows_of(part) for part in parts))
        case tree.Not(part):
            return negated(part)
    return line_of(node)


def negated(part: tree.Tree) -> Row:
    match part:
        case tree.Name():
            return Line(part, "is_not")
        case tree.Has(fact, key):
            return Line(tree.Name(fact), "has_not", (tree.Text(key),))
        case tree.RegionIn(fact, code):
            return Line(tree.Name(fact), "not_in_region", (tree.Text(code),))
        case tree.Or(parts):
            return Group("none", tuple(rows_of(each) for each in parts))
    return Group("none", (rows_of(part),))


def line_of(node: tree.Name | tree.Compare | tree.In | tree.Between | tree.Has | tree.RegionIn) -> Line:
    match node:
        case tree.Name():
            return Line(node, "is")
        case tree.Compare(op, left, right):
            return Line(subject(left), op, (plain(right),))
        case tree.Between(left, low, high):
            return Line(subject(left), "between", (plain(low), plain(high)))
        case tree.In(left, values):
            return Line(subject(left), "one_of", tuple(plain(value) for value in values))
        case tree.Has(fact, key):
            return Line(tree.Name(fact), "has", (tree.Text(key),))
        case tree.RegionIn(fact, code):
            return Line(tree.Name(fact), "in_region", (tree.Text(code),))


def subject(node: tree.Operand) -> Subject:
    if isinstance(node, tree.Name | tree.Amount):
        return node
    raise RuleError("arithmetic and date functions stand only in derived facts: declare one and compare it")


def plain(node: tree.Operand) -> tree.Operand:
    if isinstance(node, tree.Arithmetic | tree.Call):
        raise RuleError("arithmetic and date functions stand only in derived facts: declare one and compare it")
    return node


def tree_of(row: Row) -> tree.Tree:
    """An empty group is a line that is not finished, so nothing without a condition ever counts as one that holds."""
    if isinstance(row, Line):
        return line_tree(row)
    parts = [tree_of(each) for each in row.rows or (EMPTY_LINE,)]
    match row.kind:
        case "all":
            return tree.all_of(parts)
        case "any":
            return tree.any_of(parts)
        case "none":
            return tree.Not(tree.any_of(parts))


def line_tree(line: Line) -> tree.Tree:
    match line.operator:
        case "is" | "is_not":
            name = tree.Name(name_of(line))
            return name if line.operator == "is" else tree.Not(name)
        case "has" | "has_not":
            held = tree.Has(name_of(line), written(line))
            return held if line.operator == "has" else tree.Not(held)
        case "in_region" | "not_in_region":
            inside = tree.RegionIn(name_of(line), written(line))
            return inside if line.operator == "in_region" else tree.Not(inside)
        case "between":
            return tree.Between(line.about, value(line, 0), value(line, 1))
        case "one_of":
            return tree.In(line.about, line.values or (tree.Text(""),))
    return tree.Compare(line.operator, line.about, value(line, 0))


def name_of(line: Line) -> str:
    return line.about.id if isinstance(line.about, tree.Name) else line.about.map


def value(line: Line, place: int) -> tree.Operand:
    return line.values[place] if place < len(line.values) else tree.Text("")


def written(line: Line) -> str:
    """The key or code of the line, as text."""
    match value(line, 0):
        case tree.Text(text):
            return text
        case tree.Number(number):
            return str(number)
        case tree.Name(id_):
            return id_
    return ""


def normal(row: Row) -> Row:
    """What an officer's rows become when they are kept. Each step means the same:

    a group of one row is the row; a group inside one of its own kind is part of it, and an `any` group is part of the
    `none` group around it; `none` over one is/has/in_region line is that line turned round.
    """
    return rows_of(tree_of(row))
