"""Core → SQL, three-valued by SQL's own NULL. Written apart from the Polars expressions, to check them."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.engine.population.plan import Question
from guiyan.engine.population.sql_dialects import Dialect
from guiyan.engine.population.terms import is_wide, span
from guiyan.engine.rules.core import All, AnyOf, Ask, Computed, Constant, Core, No, Term, Test, Variable

Names = Mapping[Variable, str]


def condition(core: Core, names: Mapping[Core, str]) -> str:
    """A rule over the columns of its questions."""
    match core:
        case No(part):
            return f"(NOT {condition(part, names)})"
        case All(parts):
            return f"({' AND '.join(condition(part, names) for part in parts) or 'TRUE'})"
        case AnyOf(parts):
            return f"({' OR '.join(condition(part, names) for part in parts) or 'FALSE'})"
        case _:
            return names[core]


def asked(question: Question, names: Names, dialect: Dialect) -> str:
    atom = question.atom
    if isinstance(atom, Ask):
        return names[atom.variable]
    left, right = term(atom.left, names, dialect), term(atom.right, names, dialect)
    if question.bounded:
        return pair(atom, left, right)
    return f"({left} {atom.op} {right})"


def pair(test: Test, left: str, right: str) -> str:
    """With one side unknown, it is decided if it comes out alike at both ends of what that side can be."""
    ends = [
        f"(coalesce({left}, {left_end}) {test.op} coalesce({right}, {right_end}))"
        for left_end in span(test.left)
        for right_end in span(test.right)
    ]
    return f"CASE WHEN {' AND '.join(ends)} THEN TRUE WHEN NOT ({' OR '.join(ends)}) THEN FALSE END"


def term(node: Term, names: Names, dialect: Dialect) -> str:
    match node:
        case Constant(value):
            return dialect.quoted(value) if isinstance(value, str) else f"CAST({value} AS BIGINT)"
        case Variable():
            return names[node]
        case Computed(name, arguments):
            one, two = (term(argument, names, dialect) for argument in arguments)
            if is_wide(node):
                one, two = (f"CAST({each} AS {dialect.wide})" for each in (one, two))
            return dialect.computed(name, one, two)
