"""Core → Polars expressions, three-valued: null is unknown. The calendar is computed in whole numbers, here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import polars as pl

from guiyan.engine.population.plan import Question
from guiyan.engine.population.polars_calendar import CALENDAR
from guiyan.engine.population.polars_values import LIMITS, Value
from guiyan.engine.population.terms import is_wide, span
from guiyan.engine.rules.closures import OPERATORS
from guiyan.engine.rules.core import All, AnyOf, Ask, Computed, Constant, Core, No, Term, Test, Variable
from guiyan.engine.rules.tree import CompareOp

Values = Mapping[Variable, Value]


def condition(core: Core, names: Mapping[Core, str], always: pl.Expr) -> pl.Expr:
    """A rule over the columns of its questions. `always`: an expression that is true in every row."""
    match core:
        case No(part):
            return ~condition(part, names, always)
        case All(parts) | AnyOf(parts):
            if not parts:
                return always if isinstance(core, All) else ~always
            join = pl.Expr.__and__ if isinstance(core, All) else pl.Expr.__or__
            return reduce(join, (condition(part, names, always) for part in parts))
        case _:
            return pl.col(names[core])


def asked(question: Question, values: Values) -> pl.Expr:
    atom = question.atom
    if isinstance(atom, Ask):
        return values[atom.variable].expr
    if question.bounded:
        return pair(atom, values)
    return compared(atom.op, atom.left, atom.right, values)


def compared(op: CompareOp, left: Term, right: Term, values: Values) -> pl.Expr:
    for one, other, turned in ((left, right, op), (right, left, TURNED[op])):
        if isinstance(one, Variable) and isinstance(other, Constant):
            value = values[one]
            return run(turned, value.expr, literal(other, value))
    return run(op, term(left, values), term(right, values))


def run(op: CompareOp, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    found = OPERATORS[op](left, right)
    assert isinstance(found, pl.Expr)
    return found


TURNED: dict[CompareOp, CompareOp] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def literal(constant: Constant, value: Value) -> pl.Expr:
    """In the column's own type where it fits, so that the column is not widened."""
    if isinstance(constant.value, str):
        return pl.lit(constant.value)
    wanted = constant.value - value.shift
    low, high = LIMITS[type(value.dtype)]
    return pl.lit(wanted, value.dtype if low <= wanted <= high else pl.Int64)


def pair(test: Test, values: Values) -> pl.Expr:
    """Two facts compared. With one unknown it is decided where even the other end of its bounds changes nothing."""
    left, right = term(test.left, values), term(test.right, values)
    (left_low, left_high), (right_low, right_high) = span(test.left), span(test.right)
    if test.op in (">", ">="):
        left_low, left_high, right_low, right_high = left_high, left_low, right_high, right_low
    surely = run(test.op, left.fill_null(left_high), right.fill_null(right_low))
    possibly = run(test.op, left.fill_null(left_low), right.fill_null(right_high))
    return pl.when(surely).then(True).when(~possibly).then(False)


def term(node: Term, values: Values) -> pl.Expr:
    """Whole numbers in 64 bits (128 where they may need it), dates as ordinals; texts as they are."""
    match node:
        case Constant():
            return pl.lit(node.value, pl.String if isinstance(node.value, str) else pl.Int64)
        case Variable():
            value = values[node]
            return value.expr if node.bounds is None else value.expr.cast(pl.Int64) + value.shift
        case Computed(name, arguments):
            one, two = (term(argument, values) for argument in arguments)
            if is_wide(node):
                one, two = one.cast(pl.Int128), two.cast(pl.Int128)
            return CALENDAR[name](one, two)
